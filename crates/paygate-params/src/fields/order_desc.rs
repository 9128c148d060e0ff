//! `OrderDesc`: the text that can switch Paygate to simulation, and therefore never may by accident.

#[cfg(feature = "fit")]
mod fit;

use super::{Field, redacted_debug, wrong_literal};
use crate::format::{Ascii, Digits, Format, FormatError, Latin1, Text, is_blank};
use alloc::format;
use alloc::string::String;

/// `OrderDesc`: goods and prices, and the text on the statement of account. 1 to 768 characters.
///
/// A text that begins with `Test:` makes Paygate simulate the payment, also for a live account (test
/// guide of the vendor). [`OrderDesc::new`] refuses every spelling of that; [`OrderDesc::simulation`] is
/// the way to ask for it, and only a merchant marked as test seals it. Nor may it begin with a blank.
///
/// It is a text of the shop, and may hold `=`. Words that customers write (an engraving, a comment) do not belong
/// here: whoever can write `=` can write blocks that look like parameters, and ECB lets him paste them. For those
/// there is `OrderDesc::fit`, which folds it.
///
/// ```
/// use paygate_params::{FormatError, OrderDesc};
/// assert!(OrderDesc::new("2 × Earl Grey").is_ok());
/// assert_eq!(OrderDesc::new("tEsT : 0000"), Err(FormatError::Simulation));
/// assert!(OrderDesc::simulation("0000", "2 × Earl Grey")?.is_simulation());
/// # Ok::<(), FormatError>(())
/// ```
///
/// In the source, such a text does not even compile:
///
/// ```compile_fail
/// use paygate_params::OrderDesc;
/// const DESC: OrderDesc = OrderDesc::from_static("Test:0000");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OrderDesc {
    text: Latin1<Text, 1, 768>,
    simulation: bool,
}

impl OrderDesc {
    /// Takes a text that keeps the format and does not ask for simulation.
    ///
    /// The limit is that of the vendor's page "Trustly", and the prefix that of its "Test Guide".
    ///
    /// ```
    /// use paygate_params::{FormatError, OrderDesc};
    /// assert_eq!(OrderDesc::new("size=L")?.as_str(), "size=L");
    /// assert_eq!(OrderDesc::new(" Test:0000"), Err(FormatError::BlankAtStart));
    /// # Ok::<(), FormatError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = Latin1::new(text)?;
        match broken_rule(text.as_str()) {
            Some(rule) => Err(rule),
            None => Ok(Self { text, simulation: false }),
        }
    }

    /// Takes a text that stands in the source; in a `const`, a wrong one does not compile.
    ///
    /// # Panics
    ///
    /// If the text breaks the format and this is not called in a `const`.
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        if broken_rule(text).is_some() {
            wrong_literal();
        }
        Self { text: Latin1::from_static(text), simulation: false }
    }

    /// Asks for a simulated payment that ends with the detail `code` (`0000` succeeds, `0305` is rejected).
    ///
    /// `code` is four digits; `text` follows it and may be empty.
    ///
    /// # Errors
    ///
    /// If the code is not four digits, or the whole breaks the format.
    pub fn simulation(code: &str, text: &str) -> Result<Self, FormatError> {
        let code = Ascii::<Digits, 4, 4>::new(code)?;
        let gap = if text.is_empty() { "" } else { " " };
        Ok(Self { text: Latin1::new(format!("Test:{code}{gap}{text}"))?, simulation: true })
    }

    /// Whether Paygate would simulate the payment.
    #[must_use]
    pub fn is_simulation(&self) -> bool {
        self.simulation
    }

    /// The text as it will be sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

/// The rule of descriptions that a text breaks, which is not the format's.
const fn broken_rule(text: &str) -> Option<FormatError> {
    let text = text.as_bytes();
    if let Some(position) = soft_hyphen(text) {
        Some(FormatError::Character { position, allowed: "visible ones, no soft hyphen" })
    } else if skip_blanks(text).len() != text.len() {
        Some(FormatError::BlankAtStart)
    } else if asks_for_simulation(text) {
        Some(FormatError::Simulation)
    } else {
        None
    }
}

/// Where a soft hyphen stands, in characters from 1. Comparisons of texts that mind languages pass over it, so that
/// `Test:` with one inside is `Test:` to them, and no statement of account has a use for it.
const fn soft_hyphen(mut rest: &[u8]) -> Option<usize> {
    let mut position: usize = 1;
    loop {
        rest = match rest {
            [0xC2, 0xAD, ..] => return Some(position),
            [byte, tail @ ..] => {
                // Not the first byte of a character in UTF-8.
                if *byte & 0xC0 != 0x80 {
                    position = position.saturating_add(1);
                }
                tail
            }
            [] => return None,
        }
    }
}

/// Whether a reader who folds case finds `Test`, blanks, `:` at the start; or would, if whoever holds `Data`
/// pasted a block of his own behind the first six characters, which share a block of Blowfish with the `=` before them.
const fn asks_for_simulation(mut rest: &[u8]) -> bool {
    let mut word: &[u8] = b"test";
    while let [expected, word_rest @ ..] = word {
        match rest {
            [byte, tail @ ..] if byte.to_ascii_lowercase() == *expected => rest = tail,
            _ => return false,
        }
        word = word_rest;
    }
    let after = skip_blanks(rest);
    let blanks = rest.len().saturating_sub(after.len());
    matches!(after, [b':', ..]) || blanks >= 2
}

/// Whether a text is what [`OrderDesc::simulation`] makes: `Test:`, four digits, and nothing or a blank behind them.
fn is_written_simulation(text: &str) -> bool {
    let Some((code, tail)) = text.strip_prefix("Test:").and_then(|rest| rest.split_at_checked(4)) else {
        return false;
    };
    code.bytes().all(|byte| byte.is_ascii_digit()) && (tail.is_empty() || tail.starts_with(' '))
}

/// What is left after the blanks of ISO-8859-1; U+0085 and U+00A0 are two bytes in UTF-8.
const fn skip_blanks(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [byte, tail @ ..] if is_blank(*byte as char) && byte.is_ascii() => tail,
            [0xC2, 0x85 | 0xA0, tail @ ..] => tail,
            _ => return rest,
        }
    }
}

impl Field for OrderDesc {
    const FORMAT: Format = Format::literal("ans..768");
    /// `OrderDesc=` and the first six characters fill the first two blocks of Blowfish. A block of a customer's text
    /// that is pasted over the second would have to hold the `=`, which customers cannot write; one that is pasted
    /// behind it comes too late, since no description begins with blanks or with `Test` and blanks.
    const FIRST: bool = true;

    fn parse(text: &str) -> Result<Self, FormatError> {
        match Self::new(text) {
            // A pair list is written by the shop's own people, who may ask for what `simulation` makes.
            Err(FormatError::Simulation) if is_written_simulation(text) => {
                Ok(Self { text: Latin1::new(text)?, simulation: true })
            }
            other => other,
        }
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(self.as_str());
    }
}

redacted_debug!(OrderDesc);

/// As [`OrderDesc::new`]: only a list of pairs, which the shop's own people write, may ask for simulation by its text.
impl core::str::FromStr for OrderDesc {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

/// As [`OrderDesc::new`].
impl TryFrom<&str> for OrderDesc {
    type Error = FormatError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_the_simulation_prefix_is_refused() {
        for text in
            ["Test:0000", "test:0000", "TEST: 0000", "Test :0000", "Test\u{A0}:x", "tEsT  : x", "Test:"]
        {
            assert_eq!(OrderDesc::new(text), Err(FormatError::Simulation), "{text:?}");
        }
        for text in ["  Test:0000", "\u{A0}tEST  : x", " x"] {
            assert_eq!(OrderDesc::new(text), Err(FormatError::BlankAtStart), "{text:?}");
        }
        // A pasted block could complete these.
        for text in ["Test  kit", "test\u{A0}kit", "Test  "] {
            assert_eq!(OrderDesc::new(text), Err(FormatError::Simulation), "{text:?}");
        }
        for (text, position) in [
            ("T\u{AD}est:0000", 2),
            ("Test\u{AD}:0000", 5),
            ("\u{AD}Test:0000", 1),
            ("für Test\u{AD}paket", 9),
        ] {
            let refused = OrderDesc::new(text).unwrap_err();
            assert!(
                matches!(refused, FormatError::Character { position: found, .. } if found == position),
                "{text:?}"
            );
        }
        for text in [
            "Tester: x",
            "A Test: x",
            "Tes: t",
            "Test - x",
            "Test",
            "Test kit",
            "Best: x",
            "Text: x",
            "Rest  kit",
        ] {
            assert!(OrderDesc::new(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_parsed_is_no_simulation_either() {
        assert_eq!("Test:0000".parse::<OrderDesc>(), Err(FormatError::Simulation));
        assert_eq!(OrderDesc::try_from("Test:0000 tea"), Err(FormatError::Simulation));
    }

    #[test]
    fn a_written_simulation_is_read_back_as_one() {
        for tail in ["", "2 × Earl Grey"] {
            let simulation = OrderDesc::simulation("0305", tail).unwrap();
            assert_eq!(<OrderDesc as Field>::parse(simulation.as_str()), Ok(simulation));
        }
        for text in ["Test: 0000", "test:0000", "Test:00", "Test:0000x", "Test:abcd", "Test:00é0"] {
            assert_eq!(<OrderDesc as Field>::parse(text), Err(FormatError::Simulation), "{text:?}");
        }
    }

    #[test]
    fn a_simulation_says_that_it_is_one() {
        assert!(OrderDesc::simulation("0000", "").unwrap().is_simulation());
        assert!(!OrderDesc::new("Test kit").unwrap().is_simulation());
    }
}
