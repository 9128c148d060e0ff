//! The fields of a file's lines, in the vendor's words.

use std::fmt;

/// A field of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// `Type`: HEAD, FOOT or Trustly; a..11.
    Type,
    /// `Action`: Credit; a..20.
    Action,
    /// `MID`: the slave MID, in files of a master MID; ans..30.
    Mid,
    /// `Amount` in the smallest unit of the currency; n..10.
    Amount,
    /// `Currency`; a3.
    Currency,
    /// `TransID`; ans..64.
    TransId,
    /// `RefNr`; ans..30.
    RefNr,
    /// `PayID`; an32.
    PayId,
    /// `Status`; a..50.
    Status,
    /// `Code`; an8.
    Code,
    /// `MerchantID` of HEAD; ans..30.
    MerchantId,
    /// `Date` of HEAD.
    Date,
    /// `Version` of HEAD.
    Version,
    /// `CountRecords` of FOOT.
    CountRecords,
    /// `SumAmount` of FOOT, in the smallest unit of the currency.
    SumAmount,
}

impl Field {
    /// The vendor's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Action => "Action",
            Self::Mid => "MID",
            Self::Amount => "Amount",
            Self::Currency => "Currency",
            Self::TransId => "TransID",
            Self::RefNr => "RefNr",
            Self::PayId => "PayID",
            Self::Status => "Status",
            Self::Code => "Code",
            Self::MerchantId => "MerchantID",
            Self::Date => "Date",
            Self::Version => "Version",
            Self::CountRecords => "CountRecords",
            Self::SumAmount => "SumAmount",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
