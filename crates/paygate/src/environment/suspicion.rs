//! What makes a text look as if it was copied with its surroundings, or never replaced by the real one.

use super::finding::About;
use paygate_crypto::Zeroizing;

/// The pairs of quotation marks that files, pages and word processors put around a value.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('<', '>')];

/// What documents, samples and tests write where a real value belongs; in small letters.
const PLACEHOLDERS: [&str; 12] = [
    "0123456789abcdef",
    "16charkeylength!",
    "computopsecrethmackey!",
    "example",
    "hmac",
    "merchant_id",
    "merchantid",
    "mid",
    "password",
    "secret",
    "test_merchant",
    "todo",
];
const PLACEHOLDER_PARTS: [&str; 6] =
    ["changeme", "change-me", "change_me", "mysecret", "placeholder", "replace"];
const PLACEHOLDER_STARTS: [&str; 3] = ["throw-away", "throwaway", "your"];

/// Notes quotation marks at the ends.
pub(super) fn quotes(text: &str, about: &mut About) {
    let pair = QUOTES
        .iter()
        .any(|(open, close)| text.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)));
    let one = QUOTES.iter().flat_map(|(open, close)| [open, close]).any(|quote| {
        matches!(quote, '"' | '\'' | '`') && (text.starts_with(*quote) || text.ends_with(*quote))
    });
    if pair {
        about.problem("stands in quotation marks or brackets, which would be part of it");
    } else if one {
        about.advice("begins or ends with a quotation mark: was it copied whole, and not more than that?");
    }
}

/// Notes characters that no password of Computop's has: most are copied from a page and look like others.
pub(super) fn characters(text: &str, about: &mut About) {
    if !text.is_ascii() {
        about.problem(
            "holds a character that is not ASCII, most often a copied blank or mark; if it is meant, write it as hex:…",
        );
    } else if text.contains(|character: char| character.is_ascii_control()) {
        about.problem("holds a line break, a tab or the like; if it is meant, write it as hex:…");
    }
}

/// Notes what stands for a value and is none. Against a simulator on this machine it may.
pub(super) fn placeholder(text: &str, simulated: bool, about: &mut About) {
    if !is_placeholder(text) {
        return;
    }
    if simulated {
        about.advice("is a sample or a placeholder, good for the simulator alone");
    } else {
        about.problem("is a sample or a placeholder, and not what Computop gave you");
    }
}

fn is_placeholder(text: &str) -> bool {
    let small = Zeroizing::new(text.to_ascii_lowercase());
    let first = small.chars().next();
    PLACEHOLDERS.contains(&small.as_str())
        || PLACEHOLDER_PARTS.iter().any(|part| small.contains(part))
        || PLACEHOLDER_STARTS.iter().any(|start| small.starts_with(start))
        || (small.len() > 1 && small.chars().all(|character| Some(character) == first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Finding, Severity};

    fn found(look: impl FnOnce(&mut About)) -> Option<Severity> {
        let mut about = About::new("subject");
        look(&mut about);
        about.or_fine("").first().map(Finding::severity)
    }

    #[test]
    fn quotation_marks_around_a_text_are_a_problem_and_one_alone_is_worth_a_look() {
        for text in ["\"key\"", "'key'", "`key`", "“key”", "„key“", "«key»", "<key>", "''"] {
            assert_eq!(found(|about| quotes(text, about)), Some(Severity::Problem), "{text}");
        }
        for text in ["\"key", "key'", "`key"] {
            assert_eq!(found(|about| quotes(text, about)), Some(Severity::Advice), "{text}");
        }
        for text in ["key", "k\"e'y", "<key", "key>", ""] {
            assert_eq!(found(|about| quotes(text, about)), Some(Severity::Fine), "{text}");
        }
    }

    #[test]
    fn characters_that_look_like_others_or_like_nothing_are_a_problem() {
        for text in ["ke\u{a0}y", "key\u{200b}", "schlüssel", "ke\ny", "ke\ty", "\u{feff}key"] {
            assert_eq!(found(|about| characters(text, about)), Some(Severity::Problem), "{text:?}");
        }
        assert_eq!(found(|about| characters("k e!y~", about)), Some(Severity::Fine));
    }

    #[test]
    fn a_placeholder_is_a_problem_but_for_a_simulator() {
        for text in [
            "mySecret",
            "ChangeMe123",
            "change-me",
            "throw-away-key-1",
            "YourMerchantId",
            "xxxxxxxxxxxxxxxx",
            "16CharKeyLength!",
            "SECRET",
        ] {
            assert_eq!(found(|about| placeholder(text, false, about)), Some(Severity::Problem), "{text}");
            assert_eq!(found(|about| placeholder(text, true, about)), Some(Severity::Advice), "{text}");
        }
        for text in ["Xk4!pQ9?zR2_mN7=", "secretly", "m", ""] {
            assert_eq!(found(|about| placeholder(text, false, about)), Some(Severity::Fine), "{text}");
        }
    }
}
