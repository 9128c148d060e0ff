//! What `fit` can change in a text. No change holds anything of the text itself.

use core::fmt;

/// One kind of change, and how often it was made.
///
/// ```
/// use paygate_params::{Change, OrderDesc};
///
/// let fitted = OrderDesc::fit("Test: a=1");
/// assert_eq!(fitted.changes(), [Change::Replaced { count: 1 }, Change::Simulation]);
/// let words: Vec<String> = fitted.changes().iter().map(ToString::to_string).collect();
/// assert_eq!(words, ["separators replaced: 1", "kept from asking for simulation"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// Characters outside ISO-8859-1 were spelled with those within: `Ł` as `L`, `Ж` as `Zh`.
    Transliterated {
        /// How many characters.
        count: usize,
    },
    /// Characters that have no such spelling became `?`.
    Unknown {
        /// How many characters.
        count: usize,
    },
    /// `&` became `+`, and where customers write, `=` became `-`.
    Replaced {
        /// How many characters.
        count: usize,
    },
    /// Control characters and ends of lines became a blank each.
    Control {
        /// How many characters.
        count: usize,
    },
    /// Invisible characters, pictographs, and marks that have no letter in ISO-8859-1 were left out.
    Dropped {
        /// How many characters.
        count: usize,
    },
    /// Blanks at the start of a description were left out.
    BlankAtStart {
        /// How many characters.
        count: usize,
    },
    /// A description would have made Paygate simulate the payment, or could have been completed to do so.
    Simulation,
    /// The end was cut off.
    Cut {
        /// Characters there were, after all other changes.
        found: usize,
        /// Characters allowed, and left.
        max: usize,
    },
    /// Nothing was left, or blanks only: `-` stands for it, since Paygate refuses an empty mandatory parameter.
    Filled,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transliterated { count } => write!(f, "characters spelled in ISO-8859-1: {count}"),
            Self::Unknown { count } => write!(f, "characters without a spelling, written as ?: {count}"),
            Self::Replaced { count } => write!(f, "separators replaced: {count}"),
            Self::Control { count } => write!(f, "control characters replaced by a blank: {count}"),
            Self::Dropped { count } => write!(f, "invisible characters and pictographs left out: {count}"),
            Self::BlankAtStart { count } => write!(f, "blanks at the start left out: {count}"),
            Self::Simulation => f.write_str("kept from asking for simulation"),
            Self::Cut { found, max } => write!(f, "cut from {found} characters to {max}"),
            Self::Filled => f.write_str("empty, filled with -"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_told_in_words() {
        for (change, told) in [
            (Change::Transliterated { count: 2 }, "characters spelled in ISO-8859-1: 2"),
            (Change::Unknown { count: 3 }, "characters without a spelling, written as ?: 3"),
            (Change::Replaced { count: 4 }, "separators replaced: 4"),
            (Change::Control { count: 5 }, "control characters replaced by a blank: 5"),
            (Change::Dropped { count: 6 }, "invisible characters and pictographs left out: 6"),
            (Change::BlankAtStart { count: 7 }, "blanks at the start left out: 7"),
            (Change::Simulation, "kept from asking for simulation"),
            (Change::Cut { found: 9, max: 8 }, "cut from 9 characters to 8"),
            (Change::Filled, "empty, filled with -"),
        ] {
            assert_eq!(alloc::string::ToString::to_string(&change), told);
        }
    }
}
