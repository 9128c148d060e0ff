//! What can be wrong with a text that should become a parameter. No error holds the text itself.

use super::notation::Format;
use crate::fields::url::UrlRule;
use alloc::string::String;

/// The rule that a text breaks. Positions count characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// Nothing is there.
    #[error("is empty")]
    Empty,
    /// More characters than the format allows.
    #[error("has {found} characters, at most {max} are allowed")]
    TooLong {
        /// Characters allowed.
        max: usize,
        /// Characters found.
        found: usize,
    },
    /// Fewer characters than the format demands.
    #[error("has {found} characters, at least {min} are needed")]
    TooShort {
        /// Characters needed.
        min: usize,
        /// Characters found.
        found: usize,
    },
    /// The length is fixed, and this is another.
    #[error("has {found} characters, exactly {expected} are needed")]
    WrongLength {
        /// Characters needed.
        expected: usize,
        /// Characters found.
        found: usize,
    },
    /// A character outside the alphabet of this parameter.
    #[error("character {position} is not allowed, only {allowed}")]
    Character {
        /// Which one, from 1.
        position: usize,
        /// The characters allowed, in words.
        allowed: &'static str,
    },
    /// A character that ISO-8859-1 does not have.
    #[error("character {position} is outside ISO-8859-1")]
    NotLatin1 {
        /// Which one, from 1.
        position: usize,
    },
    /// An identifier or a URL begins or ends with a blank.
    #[error("begins or ends with a blank")]
    BlankAtEnd,
    /// A description begins with a blank, behind which a pasted block could ask for simulation.
    #[error("begins with a blank")]
    BlankAtStart,
    /// The value is none of the few that are allowed.
    #[error("is none of: {allowed}")]
    NotOneOf {
        /// The values allowed, as text.
        allowed: &'static str,
    },
    /// The text is no point in time.
    #[error("is no point in time written as YYYY-MM-DDThh:mm:ss")]
    DateTime,
    /// The text is no amount of money.
    #[error("is no amount: {rule}")]
    Amount {
        /// What an amount must be.
        rule: &'static str,
    },
    /// The text makes Paygate simulate the payment, or could be completed to do so.
    #[error(
        "begins with Test and `:` or two blanks, which can make Paygate simulate the payment; \
         a test account asks for that by `Test:` and four digits"
    )]
    Simulation,
    /// The text is no e-mail address.
    #[error("is no e-mail address: {rule}")]
    Email {
        /// What an address must be.
        rule: &'static str,
    },
    /// The text is no URL that Paygate takes.
    #[error("is no usable URL: {0}")]
    Url(UrlRule),
    /// The text is no IP address.
    #[error("is neither an IPv4 nor an IPv6 address")]
    IpAddr,
    /// A key inside `Custom` would shadow a parameter of the protocol when it is echoed.
    #[error("key {position} is, or could be read as, the name of a parameter of the protocol")]
    ShadowsProtocol {
        /// Which key, from 1.
        position: usize,
    },
}

/// What is wrong with one parameter of a request; a list of them says all at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParamError {
    /// A mandatory parameter is not there.
    #[error("{name} is missing; its format is {format}")]
    Missing {
        /// The vendor's name of it.
        name: &'static str,
        /// The format it must have.
        format: Format,
    },
    /// A parameter breaks its format.
    #[error("{name} ({format}) {rule}")]
    Format {
        /// The vendor's name of it.
        name: &'static str,
        /// The format of the table.
        format: Format,
        /// The rule that it breaks.
        rule: FormatError,
    },
    /// A parameter stands twice.
    #[error("{name} stands twice")]
    Doubled {
        /// The vendor's name of it.
        name: &'static str,
    },
    /// The table of the message has no such parameter.
    #[error("{name:?} is no parameter of this message")]
    Unknown {
        /// The name as given, cut at 64 characters.
        name: String,
    },
}

impl ParamError {
    /// What kind of error it is, as one word that stays the same from release to release: `missing`, `format`, `doubled`
    /// or `unknown`.
    ///
    /// ```
    /// use paygate_params::{Request, methods::trustly::PaymentRequest};
    /// let errors = PaymentRequest::parse([("Colour", "red")]).unwrap_err();
    /// assert_eq!(errors[0].kind(), "unknown");
    /// assert!(errors[1..].iter().all(|error| error.kind() == "missing"));
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Format { .. } => "format",
            Self::Doubled { .. } => "doubled",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The parameter that the error is about, in the vendor's spelling where there is one.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Missing { name, .. } | Self::Format { name, .. } | Self::Doubled { name } => name,
            Self::Unknown { name } => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_error_has_its_word_and_its_name() {
        let name = "TransID";
        for (error, kind) in [
            (ParamError::Missing { name, format: Format::literal("ans..64") }, "missing"),
            (
                ParamError::Format { name, format: Format::literal("ans..64"), rule: FormatError::Empty },
                "format",
            ),
            (ParamError::Doubled { name }, "doubled"),
            (ParamError::Unknown { name: name.into() }, "unknown"),
        ] {
            assert_eq!((error.kind(), error.name()), (kind, name));
        }
    }
}
