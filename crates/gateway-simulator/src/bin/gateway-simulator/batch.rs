//! `gateway-simulator batch`: a batch file is answered, and no server started.

use crate::{MISUSED, NOT_STARTED, say};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use gateway_simulator::paygate::{BatchError, BatchRule, BatchRules, UnknownPayIds, WithoutPayments};
use paygate::{EnvironmentError, Settings};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const RULES: &str = "\
A rule is CONDITION:EFFECT, or cut-off. The first rule whose condition a refund meets decides about it.

Conditions: every=N (each N-th refund of the file), trans-id=TEXT, trans-id-begins=TEXT, amount-ends=DIGITS, \
amount-at-least=N (in the smallest unit), slave=MID.

Effects: a Code as 21550957 (FAILED with it), STATUS/CODE as PENDING/60000000, and what spoils the answer: drop (the line is \
missing), double (it stands twice), change-amount. With cut-off, the answer ends before FOOT.

Files of the MerchantID in PAYGATE_MERCHANT_ID are taken; where it is not set, those of any.

Exit code: 0 answered, 1 refused, not readable or not writable, 2 called or configured wrongly.

Example:
  gateway-simulator batch T20261122001YourMerchantId.dat --rule every=10:21550957";

/// Answer a batch file, as Paygate would answer refunds of payments that were paid
#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Batch {
    /// The file that a shop wrote, T….dat
    #[arg(value_name = "FILE")]
    sent: PathBuf,

    /// Write the answer here: a directory, in which it is called P….dat, or a file, which must not be there
    #[arg(long, value_name = "FILE|DIR")]
    to: Option<PathBuf>,

    /// What becomes of refunds, as there are no payments to look at
    #[arg(long, value_name = "WORD", default_value = "pay-back", value_parser = unknown())]
    unknown_pay_ids: UnknownPayIds,

    /// Let refunds go wrong; may be given more than once
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<BatchRule>,
}

fn unknown() -> impl TypedValueParser<Value = UnknownPayIds> {
    let words = [
        (UnknownPayIds::PayBack, "each is paid back, but for the rules"),
        (UnknownPayIds::Refuse, "each fails with 20160001, but for the rules"),
    ];
    let values = words.map(|(word, help)| PossibleValue::new(word.as_str()).help(help));
    PossibleValuesParser::new(values).try_map(|word| word.parse::<UnknownPayIds>())
}

impl Batch {
    /// Prints the path of the answer.
    pub(crate) fn run(self) -> ExitCode {
        let account = match Settings::from_env().merchant_id() {
            Ok(mid) => WithoutPayments::of(mid),
            Err(EnvironmentError::Missing { .. }) => WithoutPayments::of_anybody(),
            Err(error) => {
                say(&error.to_string());
                return MISUSED.into();
            }
        };
        let rules: BatchRules = self.rules.into_iter().collect();
        let rules = rules.unknown_pay_ids(self.unknown_pay_ids);
        match account.batch_file(&self.sent, self.to.as_deref(), &rules) {
            Ok(answered) => {
                // It is there, whether or not anybody reads where.
                let _ = writeln!(io::stdout(), "{}", answered.display());
                ExitCode::SUCCESS
            }
            Err(error) => {
                say(&error.to_string());
                if let BatchError::Lines { first, .. } = &error {
                    for line in first {
                        say(&format!("  {line}"));
                    }
                }
                NOT_STARTED.into()
            }
        }
    }
}
