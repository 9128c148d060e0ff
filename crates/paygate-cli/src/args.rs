//! What may stand on the command line.

use crate::batch;
use crate::batch::args::BatchCommand;
use crate::input::Operand;
use crate::named;
use crate::open::{OpenAs, Opening};
use crate::params::{Page, Paging};
use crate::seal::{SealAs, Sealing};
use crate::{doctor, help};
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use paygate::{Code, Method, TransId, Trustly};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::SystemTime;

/// Seals, opens and inspects messages of Computop Paygate.
#[derive(Debug, Parser)]
#[command(name = "paygate", version, after_help = help::PAYGATE, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Read the PAYGATE_* variables from FILE alone, and none from the environment
    ///
    /// Lines are NAME=VALUE, with `export ` before and quotes around the value where you like; nothing is expanded.
    /// Lines that are blank or begin with `#`, and names that do not begin with PAYGATE_, are passed over.
    #[arg(long, global = true, value_name = "FILE", help_heading = "For all commands")]
    pub(crate) env_file: Option<PathBuf>,

    /// Print one line of JSON; a refusal is {"error":{"step":…,"message":…}}, from seal and batch {"errors":[…]}
    ///
    /// A wrong configuration is {"error":…} from all commands; a wrong command line is told on standard error alone.
    #[arg(long, global = true, help_heading = "For all commands")]
    pub(crate) json: bool,

    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Encrypt standard input into Len and Data
    #[command(after_help = help::ENCRYPT)]
    Encrypt,

    /// Decrypt Data, cut it at Len and print it byte for byte
    #[command(after_help = help::DECRYPT, arg_required_else_help = true)]
    Decrypt(DecryptArgs),

    /// Compute the MAC of a request or of an answer
    #[command(after_help = help::MAC, subcommand)]
    Mac(MacMessage),

    /// Check a payment request and seal it into the URL or the form that the customer is sent to
    #[command(after_help = help::SEAL, arg_required_else_help = true)]
    Seal(SealArgs),

    /// Open a callback, verify its MAC, bind it to an attempt and tell the outcome
    #[command(after_help = help::OPEN, arg_required_else_help = true)]
    Open(OpenArgs),

    /// Show the parameters of a payment method or of a follow-up: name, format, condition, meaning
    #[command(after_help = help::PARAMS, arg_required_else_help = true)]
    Params {
        /// The payment method or the follow-up
        #[arg(value_name = "METHOD", value_parser = named::message(Paging))]
        page: Page,
    },

    /// Explain a response code in the vendor's words
    #[command(after_help = help::CODE, arg_required_else_help = true)]
    Code {
        /// The code, eight characters
        #[arg(value_parser = |text: &str| Code::new(text))]
        code: Code,
    },

    /// Check the shop's own page around Trustly's form
    #[command(after_help = help::TEMPLATE, subcommand)]
    Template(TemplateCommand),

    /// Write, check and read back files of many refunds, for the Batch Manager
    #[command(after_help = batch::help::BATCH, subcommand)]
    Batch(BatchCommand),

    /// Examine account, keys, profile, clock and root certificates, without sending anything
    #[command(after_help = help::DOCTOR)]
    Doctor {
        /// The time to take for the clock's, in seconds since 1970; for tests.
        #[arg(long, value_name = "SECONDS", hide = true, value_parser = doctor::time)]
        now: Option<SystemTime>,
    },

    /// Print the script with which a shell completes the command line
    #[command(after_help = help::COMPLETIONS, arg_required_else_help = true)]
    Completions {
        /// The shell
        shell: Shell,
    },

    /// Print the manual page, or write those of all commands
    #[command(after_help = help::MAN)]
    Man {
        /// Write one page for each command into this directory, which must be there
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// What `paygate template` does.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplateCommand {
    /// Hold a page for URLTemplate against Trustly's guidelines
    #[command(after_help = help::TEMPLATE_CHECK, arg_required_else_help = true)]
    Check {
        /// The page; `-` reads it from standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What `paygate decrypt` takes.
#[derive(Debug, Args)]
pub(crate) struct DecryptArgs {
    /// The value of Len: how many bytes of the decrypted blocks are text
    #[arg(long, value_name = "N")]
    pub(crate) len: usize,

    /// The value of Data, hex digits of either case; `-` reads it from standard input
    #[arg(value_name = "DATA", value_parser = OsStringValueParser::new().map(Operand::from))]
    pub(crate) data: Operand,
}

/// Which MAC `paygate mac` computes.
#[derive(Debug, Subcommand)]
pub(crate) enum MacMessage {
    /// The MAC over PayID*TransID*MerchantID*Amount*Currency
    #[command(after_help = help::MAC_REQUEST)]
    Request {
        /// What both messages have.
        #[command(flatten)]
        payment: PaymentParts,
        /// Amount, in the smallest unit of the currency
        #[arg(
            long,
            value_name = "A",
            default_value = "",
            hide_default_value = true,
            allow_hyphen_values = true
        )]
        amount: OsString,
        /// Currency, three letters
        #[arg(
            long,
            value_name = "C",
            default_value = "",
            hide_default_value = true,
            allow_hyphen_values = true
        )]
        currency: OsString,
    },
    /// The MAC over PayID*TransID*MerchantID*Status*Code
    #[command(after_help = help::MAC_RESPONSE)]
    Response {
        /// What both messages have.
        #[command(flatten)]
        payment: PaymentParts,
        /// Status
        #[arg(
            long,
            value_name = "S",
            default_value = "",
            hide_default_value = true,
            allow_hyphen_values = true
        )]
        status: OsString,
        /// Code, eight characters
        #[arg(
            long,
            value_name = "C",
            default_value = "",
            hide_default_value = true,
            allow_hyphen_values = true
        )]
        code: OsString,
    },
}

/// The parts of both MACs that name a payment; the merchant is that of the settings.
#[derive(Debug, Args)]
pub(crate) struct PaymentParts {
    /// PayID, which a first payment does not have yet
    #[arg(long, value_name = "P", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub(crate) pay_id: OsString,
    /// TransID
    #[arg(long, value_name = "T", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub(crate) trans_id: OsString,
}

/// What `paygate seal` takes.
#[derive(Debug, Args)]
pub(crate) struct SealArgs {
    /// The payment method
    #[arg(value_name = "METHOD", value_parser = named::method(Sealing))]
    pub(crate) seal_as: SealAs,

    /// The parameters of the request; a single `-` reads them from standard input, one a line
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub(crate) pairs: Vec<OsString>,

    /// Print an HTML page with a form that submits itself, not a URL
    #[arg(long)]
    pub(crate) form: bool,

    /// The merchant is a test account: OrderDesc may ask for simulation (`Test:0000`)
    #[arg(long)]
    pub(crate) test: bool,
}

/// What `paygate open` takes.
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// The payment method of the attempt, whose table says what a result may hold
    #[arg(long = "method", value_name = "M", default_value = Trustly::NAME, value_parser = named::method(Opening))]
    pub(crate) open_as: OpenAs,

    /// The attempt that the callback must belong to
    #[arg(long, value_name = "T", value_parser = |text: &str| TransId::new(text), allow_hyphen_values = true)]
    pub(crate) trans_id: Option<TransId>,

    /// The query or the form body, or the URL with its query; `-` reads it from standard input
    #[arg(value_name = "CALLBACK", value_parser = OsStringValueParser::new().map(Operand::from))]
    pub(crate) callback: Operand,
}
