//! `Test:0000` in OrderDesc: the payment is simulated, also for a live account (vendor's page "Test Guide").

use crate::paygate::ledger::state::Said;
use paygate::Code;
use std::borrow::Cow;

/// What a description asks to be simulated: `Test`, blanks, `:`, blanks and four digits, in any case.
pub(crate) fn asked_for(order_desc: &str) -> Option<Said> {
    let (word, rest) = order_desc.trim_start().split_at_checked(4)?;
    if !word.eq_ignore_ascii_case("test") {
        return None;
    }
    let digits = rest.trim_start().strip_prefix(':')?.trim_start().get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits == "0000" {
        return Some(Said::PAID);
    }
    Code::new(&["2155", digits].concat()).ok().map(Said::failed)
}

/// A description as the rules of descriptions are held against it: the type refuses every text that asks for simulation
/// or nearly does, which the real Paygate takes.
pub(crate) fn disarmed(order_desc: &str) -> Cow<'_, str> {
    let text = order_desc.trim_start();
    match text.split_at_checked(4) {
        Some((word, rest)) if word.eq_ignore_ascii_case("test") => Cow::Owned(["Text", rest].concat()),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_enough_in_either_spelling_of_the_guide() {
        for text in ["Test:0000", "Test: 0000", "test : 0000 Order X-1", " TEST:0000"] {
            assert_eq!(asked_for(text), Some(Said::PAID), "{text}");
        }
        assert_eq!(asked_for("Test:0305").unwrap().code.as_str(), "21550305");
        for text in ["", "Tes", "Test", "Test 0000", "Test:00", "Test:00a0", "Tests:0000", "a Test:0000"] {
            assert_eq!(asked_for(text), None, "{text}");
        }
    }
}
