//! `Custom` as the pairs that it is made of.

use super::{Custom, shadows_protocol};
use crate::format::{Alphabet, FormatError, check};
use alloc::string::String;

/// Why pairs make no `Custom`. Pairs are numbered from 1, and nothing of them is shown.
///
/// ```
/// use paygate_params::Custom;
/// let refused = Custom::from_pairs([("session", "42"), ("", "de")]).unwrap_err();
/// assert_eq!(refused.to_string(), "the key of pair 2 is empty");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairError {
    /// A key is empty, holds `|`, `=` or `&`, or breaks the format otherwise.
    #[error("the key of pair {pair} {rule}")]
    Key {
        /// Which pair.
        pair: usize,
        /// The rule that the key breaks.
        rule: FormatError,
    },
    /// A value holds `|` or `&`, or breaks the format otherwise.
    #[error("the value of pair {pair} {rule}")]
    Value {
        /// Which pair.
        pair: usize,
        /// The rule that the value breaks.
        rule: FormatError,
    },
    /// A key would shadow a parameter of the protocol when it is echoed.
    #[error("the key of pair {pair} is, or could be read as, the name of a parameter of the protocol")]
    ShadowsProtocol {
        /// Which pair.
        pair: usize,
    },
    /// There are no pairs, or all of them together are too long.
    #[error("the text of all pairs {0}")]
    Whole(FormatError),
}

const LIMIT: usize = 1024;
const IN_KEYS: &str = "ISO-8859-1 without &, |, = and control characters";
const IN_VALUES: &str = "ISO-8859-1 without &, | and control characters";

impl Custom {
    /// Joins pairs of key and value, in their order: `session=42|lang=de`.
    ///
    /// Paygate appends the text to its answers with `&` for `|`, unescaped (vendor's page "Custom"). So no key may
    /// be empty or hold `|`, `=` or `&`, and no value `|` or `&`; a value may be empty, and may hold `=`.
    ///
    /// ```
    /// use paygate_params::{Custom, PairError};
    ///
    /// let custom = Custom::from_pairs([("session", "42"), ("lang", "de")])?;
    /// assert_eq!(custom.as_str(), "session=42|lang=de");
    ///
    /// let refused = Custom::from_pairs([("session", "42"), ("a|b", "1")]).unwrap_err();
    /// assert!(matches!(refused, PairError::Key { pair: 2, .. }));
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "the key of pair 2 character 2 is not allowed, only ISO-8859-1 without &, |, = and control characters"
    /// );
    /// # Ok::<(), PairError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first rule that a pair or the whole breaks.
    pub fn from_pairs<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, PairError>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let mut text = String::new();
        for (index, (key, value)) in pairs.into_iter().enumerate() {
            let (key, value, pair) = (key.as_ref(), value.as_ref(), index.saturating_add(1));
            part(key, Alphabet::CustomerText, 1, IN_KEYS).map_err(|rule| PairError::Key { pair, rule })?;
            part(value, Alphabet::Text, 0, IN_VALUES).map_err(|rule| PairError::Value { pair, rule })?;
            if shadows_protocol(key) {
                return Err(PairError::ShadowsProtocol { pair });
            }
            if index > 0 {
                text.push('|');
            }
            text.push_str(key);
            text.push('=');
            text.push_str(value);
        }
        Self::new(text).map_err(PairError::Whole)
    }

    /// The pairs, in their order.
    ///
    /// Keys end at the first `=`. A segment without one is a value that Paygate echoes without a key (vendor's page
    /// "Custom": `V1|V2` comes back as `&V1&V2`), and has the empty key here.
    ///
    /// ```
    /// use paygate_params::{Custom, FormatError};
    ///
    /// let custom = Custom::new("session=42|token=YQ==|V1")?;
    /// let pairs: Vec<_> = custom.pairs().collect();
    /// assert_eq!(pairs, [("session", "42"), ("token", "YQ=="), ("", "V1")]);
    /// # Ok::<(), FormatError>(())
    /// ```
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.as_str().split('|').map(|segment| segment.split_once('=').unwrap_or(("", segment)))
    }
}

/// Checks a key or a value, which besides its alphabet has no `|`.
fn part(text: &str, alphabet: Alphabet, min: usize, allowed: &'static str) -> Result<(), FormatError> {
    if let Some(before) = text.chars().take(LIMIT).position(|character| character == '|') {
        return Err(FormatError::Character { position: before.saturating_add(1), allowed });
    }
    match check(text, alphabet, min, LIMIT) {
        Err(FormatError::Character { position, .. }) => Err(FormatError::Character { position, allowed }),
        other => other.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_pair() {
        let key = |pair, position| {
            Err(PairError::Key { pair, rule: FormatError::Character { position, allowed: IN_KEYS } })
        };
        let value = |pair, position| {
            Err(PairError::Value { pair, rule: FormatError::Character { position, allowed: IN_VALUES } })
        };
        assert_eq!(Custom::from_pairs([("a", "1"), ("b|c", "2")]), key(2, 2));
        assert_eq!(Custom::from_pairs([("a=b", "1")]), key(1, 2));
        assert_eq!(Custom::from_pairs([("a", "1"), ("b", "2"), ("&", "3")]), key(3, 1));
        assert_eq!(Custom::from_pairs([("a", "1|Status")]), value(1, 2));
        assert_eq!(Custom::from_pairs([("a", "1&Status")]), value(1, 2));
        for empty in ["", " ", "\u{A0}"] {
            let refused = Err(PairError::Key { pair: 1, rule: FormatError::Empty });
            assert_eq!(Custom::from_pairs([(empty, "1")]), refused, "{empty:?}");
        }
    }

    #[test]
    fn a_pair_cannot_shadow_the_protocol() {
        for name in ["Status", "sTATUS", " Len ", "L%65n"] {
            let refused = Err(PairError::ShadowsProtocol { pair: 2 });
            assert_eq!(Custom::from_pairs([("a", "Status"), (name, "OK")]), refused, "{name}");
        }
    }

    #[test]
    fn the_whole_has_a_length_too() {
        let none: [(&str, &str); 0] = [];
        assert_eq!(Custom::from_pairs(none), Err(PairError::Whole(FormatError::Empty)));
        let half = "x".repeat(600);
        assert_eq!(
            Custom::from_pairs([("a", &half), ("b", &half)]),
            Err(PairError::Whole(FormatError::TooLong { max: 1024, found: 1205 }))
        );
    }

    #[test]
    fn an_empty_value_is_one() {
        assert_eq!(Custom::from_pairs([("a", ""), ("b", "")]).unwrap().as_str(), "a=|b=");
    }
}
