//! Why a readable request is not carried out: a code that names the parameter, and reasons in words.

use paygate::params::format::FormatError;
use paygate::{Code, ParamError};

/// A request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    /// Every reason; the code is that of the first.
    pub(crate) reasons: Vec<String>,
}

/// What is wrong with a parameter: characters 2 to 4 of the code (vendor's page "A4 Error codes").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Missing,
    Format,
    Invalid,
    TooShort,
    TooLong,
    Empty,
    Unknown,
    AlreadyThere,
}

impl Wrong {
    const fn module(self) -> &'static str {
        match self {
            Self::Missing => "010",
            Self::Format => "011",
            Self::Invalid => "012",
            Self::TooShort => "013",
            Self::TooLong => "014",
            Self::Empty => "015",
            Self::Unknown => "016",
            Self::AlreadyThere => "017",
        }
    }
}

/// Characters 5 to 8 of a code about a parameter. Three parameters of the page have no number in any list that is known.
const DETAILS: [(&str, &str); 26] = [
    ("PayID", "0001"),
    ("TransID", "0002"),
    ("MerchantID", "0003"),
    ("ReqId", "0004"),
    ("Amount", "0005"),
    ("Currency", "0006"),
    ("Data", "0007"),
    ("Len", "0008"),
    ("Response", "0010"),
    ("OrderDesc", "0011"),
    ("Plain", "0014"),
    ("URLSuccess", "0020"),
    ("URLFailure", "0021"),
    ("URLNotify", "0022"),
    ("MobileNo", "0029"),
    ("Email", "002C"),
    ("RefNr", "0032"),
    ("FirstName", "0037"),
    ("MAC", "0044"),
    ("LastName", "0976"),
    ("CustomerId", "1233"),
    ("UserData", "1283"),
    ("SocialSecurityNumber", "1362"),
    ("Language", "1365"),
    ("CountryCode", "1472"),
    ("", "0000"),
];

/// The code that says what is wrong with which parameter.
pub(crate) fn code(wrong: Wrong, parameter: &str) -> Code {
    let detail = DETAILS.iter().find(|(name, _)| *name == parameter).map_or("0000", |(_, detail)| detail);
    // The parts are digits and letters; state 2 is "error".
    Code::new(&["2", wrong.module(), detail].concat()).unwrap_or(Code::from_static("20110000"))
}

impl Refusal {
    pub(crate) fn one(code: Code, reason: impl Into<String>) -> Self {
        Self { code, reasons: vec![reason.into()] }
    }

    pub(crate) fn parameter(wrong: Wrong, parameter: &str, reason: impl Into<String>) -> Self {
        Self::one(code(wrong, parameter), reason)
    }

    /// All that is wrong with single parameters; `None` where nothing is.
    pub(crate) fn of_parameters(errors: &[ParamError]) -> Option<Self> {
        let first = errors.first()?;
        let reasons = errors.iter().map(ToString::to_string).collect();
        Some(Self { code: code(wrong(first), first.name()), reasons })
    }
}

fn wrong(error: &ParamError) -> Wrong {
    match error {
        ParamError::Missing { .. } => Wrong::Missing,
        ParamError::Doubled { .. } => Wrong::AlreadyThere,
        ParamError::Format { rule, .. } => match rule {
            FormatError::Empty => Wrong::Empty,
            FormatError::TooShort { .. } => Wrong::TooShort,
            FormatError::WrongLength { expected, found } if found < expected => Wrong::TooShort,
            FormatError::WrongLength { .. } | FormatError::TooLong { .. } => Wrong::TooLong,
            FormatError::NotOneOf { .. } => Wrong::Unknown,
            _ => Wrong::Format,
        },
        _ => Wrong::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_the_parameter_that_it_is_about() {
        for (parameter, _) in DETAILS.iter().filter(|(name, _)| !name.is_empty()) {
            let code = code(Wrong::Format, parameter);
            assert_eq!(code.explain().parameter(), Some(*parameter), "{}", code.as_str());
        }
        assert_eq!(code(Wrong::TooLong, "Custom").as_str(), "20140000");
    }
}
