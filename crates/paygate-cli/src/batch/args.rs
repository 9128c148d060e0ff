//! What may stand behind `paygate batch`.

use super::help;
use clap::{Args, Subcommand, ValueEnum};
use paygate::MerchantId;
use paygate_batch::{BatchDate, Transport, Version};
use std::path::PathBuf;

/// What `paygate batch` does.
#[derive(Debug, Subcommand)]
pub(crate) enum BatchCommand {
    /// Write the file of many refunds from a list, whole or not at all
    #[command(after_help = help::WRITE, arg_required_else_help = true)]
    Write(WriteArgs),

    /// Check a file, handed over or answered, to its end
    #[command(after_help = help::CHECK, arg_required_else_help = true)]
    Check(CheckArgs),

    /// Hold an answered file against the one that was sent, and tell what became of each refund
    #[command(after_help = help::REPORT, arg_required_else_help = true)]
    Report(ReportArgs),
}

/// What `paygate batch write` takes.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    /// The version of the file: 1.0, 2.0, or 1.x and 2.x with the number that Computop has told
    #[arg(long, value_name = "V", value_parser = |text: &str| text.parse::<Version>())]
    pub(crate) version: Version,

    /// The list of refunds; `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) from: PathBuf,

    /// The directory that the file goes to, which must be there; all files of the merchant there are earlier ones
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,

    /// How the list is written, where its extension does not tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,

    /// The merchant, if not that of PAYGATE_MERCHANT_ID; with --master, the master MID
    #[arg(long, value_name = "MID", value_parser = |text: &str| MerchantId::new(text))]
    pub(crate) merchant_id: Option<MerchantId>,

    /// By which way the file will be handed over; it decides the file's name
    #[arg(long, value_name = "WAY", default_value = "sftp")]
    pub(crate) transport: Way,

    /// The day of the file, YYYYMMDD; today, by the clock of this place, where none is given
    #[arg(long, value_name = "DAY", value_parser = |text: &str| text.parse::<BatchDate>())]
    pub(crate) date: Option<BatchDate>,

    /// The file is that of a master MID: each refund names its slave MID
    #[arg(long)]
    pub(crate) master: bool,

    /// Take several currencies in one file, whose sum then means nothing
    #[arg(long)]
    pub(crate) allow_mixed_currencies: bool,

    /// The least amount, in the smallest unit; under 100 the account must be enabled
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) least_amount: u64,

    /// What limits refunds.
    #[command(flatten)]
    pub(crate) known: KnownArgs,

    /// Take no notice of files that were written into DIR and moved away, and that --earlier does not name
    #[arg(long)]
    pub(crate) ignore_moved: bool,

    /// End lines with LF, not CR LF
    #[arg(long)]
    pub(crate) lf: bool,
}

/// What `paygate batch check` takes.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The file; `-` reads it from standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Stop at the first line that is wrong
    #[arg(long)]
    pub(crate) first: bool,

    /// What limits refunds.
    #[command(flatten)]
    pub(crate) known: KnownArgs,
}

/// What is known besides a file.
#[derive(Debug, Args)]
pub(crate) struct KnownArgs {
    /// A list of payments (PayID, Amount, Currency): no other payment is given back, and none more than was paid
    #[arg(long, value_name = "FILE")]
    pub(crate) paid: Option<PathBuf>,

    /// A file that was made before, or a directory of them: no TransID of theirs may come again
    #[arg(long, value_name = "PATH")]
    pub(crate) earlier: Vec<PathBuf>,
}

/// What `paygate batch report` takes.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The file that was handed over
    #[arg(value_name = "SENT")]
    pub(crate) sent: PathBuf,

    /// The file that came back
    #[arg(value_name = "ANSWERED")]
    pub(crate) answered: PathBuf,

    /// Write what was not paid back as CSV into a new file; `-` prints it, and the report goes to standard error
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,

    /// Write into the CSV what was paid back, too
    #[arg(long, requires = "csv")]
    pub(crate) all: bool,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Commas between values, names of columns in the first line.
    #[value(help = "commas between values, names of columns in the first line")]
    Csv,
    /// An object a line.
    #[value(help = "a JSON object a line")]
    Jsonl,
}

/// By which way a file goes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Way {
    /// SFTP or FTP.
    #[value(help = "SFTP or FTP: T20261122001YourMerchantId.dat")]
    Sftp,
    /// By hand.
    #[value(help = "by hand on Computop's pages: T20261122YourMerchantId001.dat")]
    Upload,
}

impl From<Way> for Transport {
    fn from(way: Way) -> Self {
        match way {
            Way::Sftp => Self::Sftp,
            Way::Upload => Self::Upload,
        }
    }
}
