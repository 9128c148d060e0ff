//! Texts bent until they fit: the value that came of one, and what was changed for it.

mod change;
mod dropped;
mod fold;

pub use change::Change;
pub(crate) use fold::{Folded, Kind};

use alloc::vec::Vec;

/// Stands where nothing of a text is left: every alphabet of texts has it.
pub(crate) const FILLER: &str = "-";

/// A value made of a text that may have broken the format, and what was changed in that text.
///
/// No customer is turned away over a letter: what ISO-8859-1 lacks is spelled with what it has, what
/// Paygate would misread is replaced, and what is too long is cut. The value keeps every rule that `new` checks.
///
/// ```
/// use paygate_params::{Change, LastName};
///
/// let fitted = LastName::fit("Wałęsa & Søn");
/// assert_eq!(fitted.value().as_str(), "Walesa + Søn");
/// assert_eq!(fitted.changes(), [Change::Transliterated { count: 2 }, Change::Replaced { count: 1 }]);
/// ```
///
/// Where the changes do not matter, [`into`](Into::into) is enough:
///
/// ```
/// use paygate_params::FirstName;
/// let name: FirstName = FirstName::fit("Łukasz").into();
/// assert_eq!(name.as_str(), "Lukasz");
/// ```
///
/// Nothing of the text shows, neither in `Debug` nor in the changes, so both may be logged:
///
/// ```
/// use paygate_params::FirstName;
/// assert_eq!(
///     format!("{:?}", FirstName::fit("Łukasz")),
///     "Fitted { value: FirstName([redacted]), changes: [Transliterated { count: 1 }] }"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Fitted<T> {
    value: T,
    changes: Vec<Change>,
}

impl<T> Fitted<T> {
    /// The value.
    ///
    /// ```
    /// use paygate_params::Plain;
    /// assert_eq!(Plain::fit("Čaj").value().as_str(), "Caj");
    /// ```
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone, for a request.
    ///
    /// ```
    /// use paygate_params::Plain;
    /// let plain: Plain = Plain::fit("shop 2").into_value();
    /// assert_eq!(plain.as_str(), "shop 2");
    /// ```
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// What was changed, each kind once, in the order in which the rules apply.
    ///
    /// Counts are of the whole text, also of what was cut off. That a letter and its accent became one
    /// character (NFC) is no change: they are two spellings of the same.
    ///
    /// ```
    /// use paygate_params::{Change, FirstName};
    /// assert_eq!(FirstName::fit("Ana\tМария").changes(), [
    ///     Change::Transliterated { count: 5 },
    ///     Change::Control { count: 1 },
    /// ]);
    /// assert_eq!(FirstName::fit("u\u{308}").changes(), []);
    /// ```
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether the value reads otherwise than the text that it was made of.
    ///
    /// ```
    /// use paygate_params::LastName;
    /// assert!(!LastName::fit("Müller").is_changed());
    /// assert!(LastName::fit("Müller 🎉").is_changed());
    /// ```
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The same changes around another type.
    pub(crate) fn map<U>(self, wrap: impl FnOnce(T) -> U) -> Fitted<U> {
        Fitted { value: wrap(self.value), changes: self.changes }
    }
}
