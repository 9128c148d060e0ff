//! A description made of any text, which never asks for simulation.

use super::{OrderDesc, asks_for_simulation};
use crate::fields::fitted_into;
use crate::fit::{FILLER, Fitted, Folded, Kind};
use crate::format::Alphabet;
use alloc::format;
use alloc::string::String;

impl OrderDesc {
    /// Takes any text, bent until it fits and does not ask for simulation.
    ///
    /// The rules are those of [`FirstName::fit`](crate::FirstName::fit), for 768 characters (vendor's page
    /// "Trustly"). Two more hold here: blanks at the start are left out; and where the text, once it is spelled in
    /// ISO-8859-1, begins with `Test:` in any spelling (vendor's "Test Guide"), or with `Test` and two blanks,
    /// ` -` stands for what follows `Test`.
    ///
    /// A `=`, which [`OrderDesc::new`] takes from the shop, becomes `-` here: descriptions are fitted because
    /// customers' words are in them, and those could be pasted over other parameters.
    ///
    /// ```
    /// use paygate_params::{Change, OrderDesc};
    ///
    /// assert_eq!(OrderDesc::fit("2 × Earl Grey").value().as_str(), "2 × Earl Grey");
    /// assert_eq!(OrderDesc::fit("For Ania ♥: a=b").value().as_str(), "For Ania : a-b");
    ///
    /// let fitted = OrderDesc::fit(" tEsT :0000");
    /// assert_eq!(fitted.value().as_str(), "tEsT -:0000");
    /// assert_eq!(fitted.changes(), [Change::BlankAtStart { count: 1 }, Change::Simulation]);
    ///
    /// // Full-width letters would be spelled as the prefix.
    /// assert_eq!(OrderDesc::fit("Ｔｅｓｔ：0000").value().as_str(), "Test -0000");
    /// ```
    pub fn fit(text: &str) -> Fitted<Self> {
        let filler = const { Self::from_static(FILLER) };
        Folded::new(text, Alphabet::CustomerText, 768, Kind::Description)
            .defused(defuse)
            .finish(Self::new, filler)
    }
}

/// The text with ` -` for the blank or colon behind `Test`, where it asks for simulation.
fn defuse(text: &str) -> Option<String> {
    if !asks_for_simulation(text.as_bytes()) {
        return None;
    }
    let (word, tail) = text.split_at_checked(4)?;
    let mut tail = tail.chars();
    tail.next();
    Some(format!("{word} -{}", tail.as_str()))
}

fitted_into!(OrderDesc);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Change;

    fn fitted(text: &str) -> String {
        String::from(OrderDesc::fit(text).value().as_str())
    }

    #[test]
    fn a_defused_text_keeps_the_rest() {
        for (text, expected) in [
            ("Test:0000", "Test -0000"),
            ("TEST : 0305", "TEST -: 0305"),
            ("Test  kit", "Test - kit"),
            ("test\u{A0}kit", "test -kit"),
            ("Test:", "Test -"),
            ("Test::", "Test -:"),
            ("Test\n:0000", "Test -:0000"),
        ] {
            assert_eq!(fitted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_soft_hyphen_hides_nothing() {
        for text in
            ["T\u{AD}est:0000", "Test\u{AD}:0000", "\u{AD}Test:0000", "\u{AD} Te\u{AD}\u{AD}st\u{AD}:0000"]
        {
            assert_eq!(fitted(text), "Test -0000", "{text:?}");
        }
        assert_eq!(fitted("Test\u{AD}paket"), "Testpaket");
    }

    #[test]
    fn what_only_looks_like_the_prefix_stays() {
        for text in ["Tester: x", "A Test: x", "Tes: t", "Test - x", "Test", "Test kit", "Tést:0000"] {
            assert_eq!(OrderDesc::fit(text).changes(), [], "{text:?}");
        }
    }

    #[test]
    fn a_defused_text_keeps_the_limit() {
        let fitted = OrderDesc::fit(&format!("Test:{}", "x".repeat(763)));
        assert_eq!(fitted.value().as_str(), format!("Test -{}", "x".repeat(762)));
        assert_eq!(fitted.changes(), [Change::Simulation, Change::Cut { found: 769, max: 768 }]);
    }

    #[test]
    fn blanks_before_a_long_description_cost_nothing_of_it() {
        let fitted = OrderDesc::fit(&format!("{}tea", " ".repeat(2000)));
        assert_eq!(fitted.value().as_str(), "tea");
        assert_eq!(fitted.changes(), [Change::BlankAtStart { count: 2000 }]);
    }

    #[test]
    fn a_customer_cannot_write_a_pair_into_a_description() {
        assert_eq!(fitted("For Ania&Amount=1＆a＝b"), "For Ania+Amount-1+a-b");
        assert!(OrderDesc::new("size=L").is_ok());
    }

    #[test]
    fn no_fitted_text_is_a_simulation() {
        assert!(!OrderDesc::fit("Test:0000").value().is_simulation());
    }
}
