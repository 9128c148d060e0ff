//! Why a command ends without its result, and what it says about that.

use crate::batch::faults::Faults;
use crate::seal::Rule;
use crate::settings::EnvFileError;
use paygate::crypto::{CutError, DataError, EncryptError, MacError};
use paygate::params::message::SignedError;
use paygate::{EnvironmentError, OpenError, VerifyError};
use paygate_batch::{FileName, LineError, OutboxError, ReconcileError};
use serde_json::{Map, Value, json};
use std::io;
use std::path::{Path, PathBuf};

/// Why a command ends without its result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The file of `--env-file` is unreadable or malformed.
    #[error(transparent)]
    EnvFile(#[from] EnvFileError),
    /// A variable is missing or wrong in the environment.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// A variable is missing or wrong in the file of `--env-file`.
    #[error("{}: {error}", .path.display())]
    InFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: EnvironmentError,
    },
    /// A file that is named cannot be read or written.
    #[error("{}: {error}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The arguments do not go together.
    #[error("{0}")]
    Called(String),
    /// Standard input cannot be read.
    #[error("standard input: {0}")]
    Stdin(io::Error),
    /// Standard output cannot be written.
    #[error("standard output: {0}")]
    Stdout(io::Error),
    /// The input is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Why an input is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Standard input is too long.
    #[error("standard input has more than {limit} bytes")]
    TooLarge {
        /// What the command was about to do.
        step: &'static str,
        /// How long it may be.
        limit: usize,
    },
    /// `encrypt`: there are no random bytes.
    #[error(transparent)]
    Encrypt(#[from] EncryptError),
    /// `decrypt`: Data is malformed.
    #[error(transparent)]
    Data(#[from] DataError),
    /// `decrypt`: Len does not fit Data.
    #[error(transparent)]
    Cut(#[from] CutError),
    /// `mac`: a part holds the separator.
    #[error(transparent)]
    Mac(#[from] MacError),
    /// `seal`: all rules that the request breaks.
    #[error("the request breaks {} rule(s)", .0.len())]
    Seal(Vec<Rule>),
    /// `open`: the callback cannot be believed.
    #[error(transparent)]
    Open(#[from] VerifyError),
    /// `batch`: what is wrong with a list of refunds or of payments.
    #[error("something is wrong with the list")]
    Rows(Faults),
    /// `batch write`: the list has no refund.
    #[error("{file}: has no records")]
    NoRecords {
        /// The list.
        file: String,
    },
    /// `batch`: a file cannot be understood.
    #[error("{file}: {error}")]
    File {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: LineError,
    },
    /// `batch`: an earlier file is none of this merchant.
    #[error("{file}: HEAD names another merchant")]
    OtherMerchant {
        /// The file.
        file: String,
    },
    /// `batch`: an earlier file and its answer are not of one file, or not whole.
    #[error("{sent} and {answered}: {error}")]
    Earlier {
        /// The file.
        sent: String,
        /// Its answer.
        answered: String,
        /// What is wrong with the two.
        error: String,
    },
    /// `batch write`: files were moved away, and what stood in them is not known.
    #[error(
        "{} was moved out of the directory, and what stood in it could be handed over twice: name where it is by --earlier",
        listed(.0)
    )]
    MovedAway(Vec<FileName>),
    /// `batch write`: the day's counter is not to be had.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// `batch report`: the files cannot be held against each other.
    #[error(transparent)]
    Reconcile(#[from] ReconcileError),
}

/// The first of many names. By which way a file went is not known, so the name may have another order.
fn listed(names: &[FileName]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [first, others @ ..] => format!("{first}, as {} more,", others.len()),
    }
}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        Self::Open(error.into())
    }
}

impl Failure {
    /// Names the file that the variables came from, since those of the environment were not looked at.
    pub(crate) fn about(self, env_file: Option<&Path>) -> Self {
        match (self, env_file) {
            (Self::Environment(error), Some(path)) => Self::InFile { path: path.to_owned(), error },
            (other, _) => other,
        }
    }

    /// What to print on standard error, line by line.
    pub(crate) fn lines(&self) -> Vec<String> {
        match self {
            Self::Refused(Refusal::Seal(rules)) => rules.iter().map(|rule| rule.message.clone()).collect(),
            Self::Refused(Refusal::Rows(faults)) => faults.lines(),
            Self::Refused(Refusal::Open(error)) => {
                let mut lines = vec![error.to_string()];
                if let Some(signed) = error.kept() {
                    let pairs = signed.pairs().map(|(name, value)| format!("{name}={value}"));
                    lines.push(format!("its MAC held, so it is a matter for a person: {}", pairs.join(" ")));
                }
                if matches!(error, VerifyError::MacMissing | VerifyError::Field(SignedError::Missing { .. }))
                {
                    lines.push("a wrong encryption key or a changed Data reads like this too".to_owned());
                }
                lines
            }
            other => vec![other.to_string()],
        }
    }

    /// The failure for programs.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Refused(refusal) => refusal.json(),
            other => json!({ "error": { "step": "configuration", "message": other.to_string() } }),
        }
    }
}

impl Refusal {
    /// The refusal for programs.
    fn json(&self) -> Value {
        if let Self::Seal(rules) = self {
            let rules: Vec<Value> = rules
                .iter()
                .map(|rule| json!({ "parameter": rule.parameter, "message": rule.message }))
                .collect();
            return json!({ "errors": rules });
        }
        if let Self::Rows(faults) = self {
            return faults.json();
        }
        let mut error = Map::new();
        error.insert("step".to_owned(), self.step().into());
        error.insert("message".to_owned(), self.to_string().into());
        if let Self::Open(open) = self
            && let Some(signed) = open.kept()
        {
            // The MAC held, so a person can be told which payment it is.
            let signed: Map<String, Value> =
                signed.pairs().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            error.insert("signed".to_owned(), signed.into());
        }
        json!({ "error": error })
    }

    /// The step at which the input was refused.
    fn step(&self) -> &'static str {
        match self {
            Self::TooLarge { step, .. } => step,
            Self::Encrypt(_) => "encrypt",
            Self::Data(_) | Self::Cut(_) => "decrypt",
            Self::Mac(_) => "mac",
            Self::Seal(_) => "seal",
            Self::Open(VerifyError::Open(_)) => "open",
            Self::Open(_) => "verify",
            Self::Rows(_)
            | Self::NoRecords { .. }
            | Self::File { .. }
            | Self::OtherMerchant { .. }
            | Self::Earlier { .. }
            | Self::MovedAway(_)
            | Self::Outbox(_)
            | Self::Reconcile(_) => "batch",
        }
    }
}
