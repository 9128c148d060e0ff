//! Why the answer to a call says nothing.

use crate::error::OpenError;
use paygate_params::Code;
use paygate_params::message::SignedError;

/// An answer from server to server cannot be taken. What the call did is *unknown*: ask by an inquiry.
///
/// Where the other side told a code, it is kept: [`AnswerError::code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// More than 64 KiB.
    #[error("the answer is larger than 64 KiB")]
    TooLarge,
    /// Nothing is in the answer.
    #[error("the answer is empty (HTTP status {status})")]
    Empty {
        /// The HTTP status.
        status: u16,
    },
    /// The page that Paygate shows where it cannot read `Data`: a wrong merchant id, a wrong key, or another cipher.
    #[error("Paygate answers \"Unexpected exception\": merchant id, key or cipher are not the account's")]
    UnexpectedException,
    /// Some other HTML page: a proxy's, a firewall's, or a Paygate that is being maintained.
    #[error("the answer is an HTML page (HTTP status {status})")]
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// An HTTP status other than success, with something that could be an answer.
    #[error("the HTTP status is {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The code of what came with it, where it could be read.
        code: Option<Code>,
    },
    /// The answer is not encrypted, and the merchant has not opted in to such answers.
    #[error("the answer is not encrypted")]
    Plain {
        /// The code that it holds, which anybody on the way may have written.
        code: Option<Code>,
    },
    /// The answer is neither encrypted nor a list of parameters.
    #[error("the answer holds no Data and no parameters")]
    Unreadable,
    /// `Len` and `Data` cannot be opened. No MAC tells where the text ends, so a `Len` that leaves anything but padding
    /// behind it is refused: cut too early, an amount would be smaller. A wrong key reads like that too.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A field that decides is missing or breaks its format; with a wrong key all of them are missing.
    #[error("{error}")]
    Field {
        /// Which field, and what is wrong with it.
        error: SignedError,
        /// The code, where that can be read.
        code: Option<Code>,
    },
    /// `mid` is another merchant than the one that called.
    #[error("mid is another merchant than the one that called")]
    OtherMerchant {
        /// The code of the answer.
        code: Code,
    },
    /// `PayID` is another payment than the call was about.
    #[error("PayID is another payment than the call was about")]
    OtherPayId {
        /// The code of the answer.
        code: Code,
    },
    /// `TransID` is another one than the call had.
    #[error("TransID is another one than the call had")]
    OtherTransId {
        /// The code of the answer.
        code: Code,
    },
}

impl AnswerError {
    /// The code that the answer held, where it held one.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Plain { code } | Self::Status { code, .. } | Self::Field { code, .. } => *code,
            Self::OtherMerchant { code } | Self::OtherPayId { code } | Self::OtherTransId { code } => {
                Some(*code)
            }
            _ => None,
        }
    }
}
