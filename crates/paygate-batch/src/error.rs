//! What can be wrong with a line. No error holds the text itself, and none an amount.

use crate::{Field, UnknownVersion};
use paygate_params::FormatError;
use std::fmt;
use std::io;

/// What is wrong with a line, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Which line of the file, from 1: that of HEAD.
    pub line: u64,
    /// Which character of the line, from 1.
    pub column: usize,
    /// Which field, where it is one.
    pub field: Option<Field>,
    /// The rule that it breaks.
    pub rule: Rule,
}

/// The rule that a line breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    /// The first line is no HEAD.
    #[error("a file begins with HEAD,MerchantID,Date,Version")]
    Head,
    /// The file is cut off, or was never finished.
    #[error("the file ends without FOOT")]
    FootMissing,
    /// The file ends in the middle of a record, or its line end is missing.
    #[error("the file ends within this line")]
    Cut,
    /// Something stands behind FOOT.
    #[error("nothing may stand behind FOOT")]
    AfterFoot,
    /// The line is empty.
    #[error("the line is empty")]
    Empty,
    /// The line is longer than any line of a file.
    #[error("the line has more than {max} bytes")]
    TooLong {
        /// How long one may be.
        max: usize,
    },
    /// A byte is not ASCII.
    #[error("only ASCII is allowed")]
    NotAscii,
    /// There are too many fields, or too few.
    #[error("there are {found} fields instead of {expected}")]
    Fields {
        /// Fields found.
        found: usize,
        /// Fields that the line should have.
        expected: usize,
    },
    /// A field that is the same in each line is another.
    #[error("is not {expected}")]
    Other {
        /// What it must be.
        expected: &'static str,
    },
    /// A value breaks the format of its field.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// A value holds what separates values or lines, and nothing can be quoted.
    #[error("holds a comma, a quotation mark or a line end, which a file has no way to write")]
    Separator,
    /// The version is unknown.
    #[error(transparent)]
    Version(#[from] UnknownVersion),
    /// The layout has no field for the value.
    #[error("has no field in this version's lines")]
    NoField,
    /// The layout has a field that must be filled.
    #[error("is missing")]
    Missing,
    /// It is no number.
    #[error("is no number")]
    Number,
    /// The amount is nothing.
    #[error("is 0: nothing would go back")]
    Nothing,
    /// The amount has more digits than the rules of the writer allow.
    #[error("has more than {max} digits")]
    Digits {
        /// How many there may be.
        max: usize,
    },
    /// The amount is smaller than the rules of the writer allow.
    #[error("is under {least}, for which the account must be enabled")]
    Small {
        /// The least that is allowed.
        least: u64,
    },
    /// The currency is another than in the lines before.
    #[error("is another than in the lines before, so that the sum would mean nothing")]
    Mixed,
    /// FOOT counts other than there are.
    #[error("is {stated}, and the file has {counted} records")]
    Count {
        /// What FOOT says.
        stated: u64,
        /// How many there are.
        counted: u64,
    },
    /// FOOT's sum is not that of the amounts.
    #[error("is not the sum of the amounts")]
    Sum,
}

/// Why a file cannot be read on, or what is wrong with one of its lines.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A line is wrong. The next ones can be read all the same.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl ReadError {
    /// What is wrong with a line; `None` where the file cannot be read.
    #[must_use]
    pub const fn line(&self) -> Option<&LineError> {
        match self {
            Self::Line(error) => Some(error),
            Self::Io(_) => None,
        }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, rule } = self;
        match field {
            Some(field) => write!(f, "line {line}, column {column}: {field}: {rule}"),
            None => write!(f, "line {line}, column {column}: {rule}"),
        }
    }
}

impl std::error::Error for LineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.rule)
    }
}
