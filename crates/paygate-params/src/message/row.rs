//! Rows of a table, and what every message and every request can do.

use super::names::Names;
use crate::format::{Format, ParamError};
use crate::{Money, TransId};
use alloc::vec::Vec;

/// Whether a parameter must be there (the column CND of the vendor's tables).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// `M`: must be there.
    Mandatory,
    /// `O`: may be there.
    Optional,
    /// `C`: a rule says when.
    Conditional,
}

impl Presence {
    /// The vendor's letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandatory => "M",
            Self::Optional => "O",
            Self::Conditional => "C",
        }
    }
}

/// Who gives a parameter of a request its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Filler {
    /// The shop, for each payment.
    Shop,
    /// The merchant's configuration.
    Merchant,
    /// Sealing computes it.
    Seal,
}

impl Filler {
    /// One word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Merchant => "merchant",
            Self::Seal => "seal",
        }
    }
}

/// What the MAC of an answer has to do with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coverage {
    /// The MAC covers it: strict in its format, and never twice.
    Signed,
    /// It is the MAC.
    Mac,
    /// No MAC covers it, and the shop acts on it all the same, as in an answer from server to server: never twice.
    Strict,
    /// The MAC does not cover it: kept whatever it holds, and good for no decision.
    Unsigned,
}

impl Coverage {
    /// One word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Mac => "mac",
            Self::Strict => "strict",
            Self::Unsigned => "unsigned",
        }
    }
}

/// One row of a message's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The name in the vendor's spelling; it compares without case.
    pub name: &'static str,
    /// A second name that means the same.
    pub alias: Option<&'static str>,
    /// The format.
    pub format: Format,
    /// Whether it must be there.
    pub presence: Presence,
    /// Who fills it; [`Filler::Shop`] in results, where it says nothing.
    pub filler: Filler,
    /// What the MAC of an answer has to do with it; [`Coverage::Unsigned`] in requests, where it says nothing.
    pub coverage: Coverage,
    /// The documentation of the row.
    pub doc: &'static str,
}

impl Row {
    /// Whether `name` is this row's, in any case.
    #[must_use]
    pub fn is_named(&self, name: &[u8]) -> bool {
        // Most senders write the vendor's spelling, and equal bytes are found sooner than letters.
        let same = |known: &str| {
            let known = known.as_bytes();
            known == name || known.eq_ignore_ascii_case(name)
        };
        same(self.name) || self.alias.is_some_and(same)
    }
}

/// Whether a table has a row of exactly this name; in a `const`, so that no message costs a search.
///
/// ```
/// use paygate_params::Message;
/// use paygate_params::follow_ups::credit::CreditRequest;
/// use paygate_params::message::has_row;
/// const CREDIT_HAS_A_MAC: bool = has_row(CreditRequest::ROWS, "MAC");
/// assert!(CREDIT_HAS_A_MAC && !has_row(CreditRequest::ROWS, "Response"));
/// ```
#[must_use]
pub const fn has_row(rows: &[Row], name: &str) -> bool {
    number_of(rows, name).is_some()
}

/// Where in a table the row of exactly this name stands; for a `const`, so that no message costs a search.
pub(crate) const fn number_of(mut rows: &[Row], name: &str) -> Option<usize> {
    let mut number: usize = 0;
    while let [row, rest @ ..] = rows {
        if same_bytes(row.name.as_bytes(), name.as_bytes()) {
            return Some(number);
        }
        rows = rest;
        number = number.wrapping_add(1);
    }
    None
}

const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b) {
        if *first_a != *first_b {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

/// Closes the traits of tables to other crates: who could write another `classify` could call any answer paid.
pub trait Closed {}

/// A message: a table of rows. Only this crate implements it.
pub trait Message: Closed {
    /// The rows, in the order of the vendor's page.
    const ROWS: &'static [Row];

    /// Where in [`Message::ROWS`] the parameter of this name stands; the case of the name does not matter.
    ///
    /// ```
    /// use paygate_params::Message;
    /// use paygate_params::methods::trustly::PaymentRequest;
    /// assert_eq!(PaymentRequest::row(b"REFNR"), PaymentRequest::row(b"refnr"));
    /// assert_eq!(PaymentRequest::row(b"nonsense"), None);
    /// ```
    #[must_use]
    fn row(name: &[u8]) -> Option<usize> {
        const { &Names::of(Self::ROWS) }.row(Self::ROWS, name)
    }
}

/// Takes the pairs of a request, one after the other.
pub trait PairSink {
    /// Takes one pair; the value is of ISO-8859-1 and holds no `&`.
    fn pair(&mut self, name: &'static str, value: &str);
}

/// A request that a shop makes.
pub trait Request: Message + Sized {
    /// The same request with any field still missing.
    type Draft: Default;

    /// Reads pairs into a draft, and lists all that is wrong with them.
    fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self::Draft, Vec<ParamError>);

    /// Completes a draft.
    ///
    /// # Errors
    ///
    /// Every mandatory parameter that is missing.
    fn complete(draft: Self::Draft) -> Result<Self, Vec<ParamError>>;

    /// Reads a request from pairs of names, in any case, and values.
    ///
    /// # Errors
    ///
    /// All that is wrong with all pairs.
    fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<ParamError>> {
        let (draft, errors) = Self::read(pairs);
        Self::complete_after(draft, errors)
    }

    /// Completes a draft in whose reading `errors` were found.
    ///
    /// # Errors
    ///
    /// These, and every mandatory parameter that is missing.
    fn complete_after(draft: Self::Draft, errors: Vec<ParamError>) -> Result<Self, Vec<ParamError>> {
        match Self::complete(draft) {
            Ok(request) if errors.is_empty() => Ok(request),
            Ok(_) => Err(errors),
            Err(missing) => Err(with_missing(errors, missing)),
        }
    }

    /// Writes every pair that the request holds.
    fn write(&self, sink: &mut impl PairSink);

    /// What the rules over several fields look at.
    fn facts(&self) -> super::Facts<'_>;

    /// The same of a draft.
    fn draft_facts(draft: &Self::Draft) -> super::Facts<'_>;
}

/// A request that begins a payment.
pub trait Payment: Request {
    /// The method that the request belongs to.
    type Method: super::Method;

    /// Which attempt the request makes, and how much it is about.
    fn order(&self) -> (&TransId, Money);
}

/// Adds what is missing; a parameter that is there and wrong is not missing besides.
fn with_missing(mut errors: Vec<ParamError>, missing: Vec<ParamError>) -> Vec<ParamError> {
    let read = errors.len();
    for error in missing {
        if !errors.iter().take(read).any(|known| known.name() == error.name()) {
            errors.push(error);
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow_ups::credit::CreditRequest;

    #[test]
    fn a_row_has_exactly_its_own_name() {
        for (number, row) in CreditRequest::ROWS.iter().enumerate() {
            assert_eq!(number_of(CreditRequest::ROWS, row.name), Some(number));
            assert!(has_row(CreditRequest::ROWS, row.name));
            for cut in 0..row.name.len() {
                let (start, end) = row.name.split_at_checked(cut).unwrap();
                assert!(!has_row(CreditRequest::ROWS, start), "{start}");
                assert!(cut == 0 || !has_row(CreditRequest::ROWS, end), "{end}");
            }
            assert!(!has_row(CreditRequest::ROWS, &[row.name, "s"].concat()), "{}s", row.name);
        }
    }

    #[test]
    fn what_a_row_says_has_a_word() {
        let presences = [Presence::Mandatory, Presence::Optional, Presence::Conditional];
        assert_eq!(presences.map(Presence::as_str), ["M", "O", "C"]);
        let fillers = [Filler::Shop, Filler::Merchant, Filler::Seal];
        assert_eq!(fillers.map(Filler::as_str), ["shop", "merchant", "seal"]);
        let coverages = [Coverage::Signed, Coverage::Mac, Coverage::Strict, Coverage::Unsigned];
        assert_eq!(coverages.map(Coverage::as_str), ["signed", "mac", "strict", "unsigned"]);
    }
}
