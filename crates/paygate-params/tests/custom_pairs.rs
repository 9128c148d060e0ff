//! Properties of `Custom`: pairs that are joined come apart again as they were.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate_params::Custom;
use proptest::prelude::*;

proptest! {
    #[test]
    fn joined_pairs_come_apart_as_they_were(
        pairs in prop::collection::vec(("[a-z \u{E4}]{1,6}x", "[ -%'-{}~\u{A0}-\u{FF}]{0,12}"), 1..12),
    ) {
        let custom = Custom::from_pairs(pairs.iter().map(|(key, value)| (key, value))).unwrap();
        let apart: Vec<_> = custom.pairs().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        prop_assert_eq!(apart, pairs);
        prop_assert_eq!(Custom::from_pairs(custom.pairs()), Ok(custom.clone()));
    }

    #[test]
    fn pairs_of_any_text_are_joined_reversibly_or_refused(
        pairs in prop::collection::vec((".{0,4}|[a-d=|]{0,3}", ".{0,4}|[a-d=|&]{0,3}"), 0..4),
    ) {
        if let Ok(custom) = Custom::from_pairs(pairs.clone()) {
            let apart: Vec<_> = custom.pairs().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            prop_assert_eq!(apart, pairs);
        }
    }

    #[test]
    fn a_text_without_empty_keys_is_joined_from_its_pairs(
        text in "[a-d=|% ]{1,20}|([a-d]{1,3}=[ -~]{0,4}\\|)*a=b",
    ) {
        if let Ok(custom) = Custom::new(text) && custom.pairs().all(|(key, _)| !key.trim().is_empty()) {
            prop_assert_eq!(Custom::from_pairs(custom.pairs()), Ok(custom.clone()));
        }
    }
}
