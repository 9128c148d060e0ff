//! What of a result counts: which fields may stand twice, which are shown, and what is odd about them.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate_params::message::{Doubled, Fields, Index, Issue, IssueKind};
use paygate_params::methods::trustly::PaymentResult;
use paygate_params::{Charset, FormatError};

const SIGNED: &str =
    "mid=shop&PayID=7bbb448155234d8cbee323778952ce28&TransID=order-1&Status=OK&Code=00000000";

/// Notes every pair of a text.
fn read(text: &str) -> Result<Index<PaymentResult>, Doubled> {
    let mut index = Index::default();
    let mut start = 0;
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        let end = start + pair.len();
        index.insert(text.as_bytes(), name.as_bytes(), end - value.len()..end)?;
        start = end + 1;
    }
    Ok(index)
}

fn with_fields<T>(text: &str, look: impl FnOnce(Fields<'_, PaymentResult>) -> T) -> T {
    let index = read(text).unwrap();
    look(Fields::new(text.as_bytes(), &index, Charset::Detect))
}

/// What is odd about a field; nothing is odd about any other one, but that XID and Description are missing.
fn odd(text: &str, name: &str) -> Vec<IssueKind> {
    let (of_field, others): (Vec<Issue>, Vec<Issue>) =
        with_fields(text, |fields| fields.issues()).into_iter().partition(|issue| issue.name == name);
    assert!(others.iter().all(|issue| issue.kind == IssueKind::Missing), "{others:?}");
    of_field.into_iter().map(|issue| issue.kind).collect()
}

#[test]
fn a_field_that_decides_may_not_stand_twice_even_with_one_value() {
    for name in ["mid", "PayID", "TransID", "Status", "Code", "MAC"] {
        for second in [name, &name.to_uppercase(), &name.to_lowercase()] {
            assert_eq!(read(&format!("{name}=1&x=2&{second}=1")).err(), Some(Doubled { name }), "{second}");
        }
    }
}

#[test]
fn the_merchant_may_stand_under_each_of_its_names_once_with_one_value() {
    for taken in ["mid=a&MerchantID=a", "MerchantID=a&mid=a", "MERCHANTID=a&x=1&MID=a", "MerchantID=a"] {
        assert!(read(taken).is_ok(), "{taken}");
    }
    for refused in [
        "mid=a&MerchantID=b",
        "MerchantID=a&mid=b",
        "MerchantID=a&merchantid=a",
        "mid=a&MerchantID=a&mid=a",
        "mid=a&MerchantID=a&MerchantID=a",
        "MerchantID=a&mid=a&mid=a",
        "MerchantID=a&mid=a&MerchantID=a",
    ] {
        assert_eq!(read(refused).err(), Some(Doubled { name: "mid" }), "{refused}");
    }
}

#[test]
fn of_a_field_that_decides_nothing_the_first_value_counts_and_the_second_is_an_issue() {
    let twice = "AddrCity=Ulm&x=1&addrcity=Bonn";
    with_fields(twice, |fields| assert_eq!(fields.text("AddrCity").unwrap(), "Ulm"));
    assert_eq!(odd(twice, "AddrCity"), [IssueKind::Doubled]);
    assert_eq!(odd("AddrCity=Ulm&AddrStreet=Ring", "AddrCity"), []);
}

#[test]
fn only_what_decides_nothing_is_shown() {
    let text = format!("{SIGNED}&AddrCity=Ulm&MAC=00");
    with_fields(&text, |fields| {
        assert_eq!(fields.raw("addrcity"), Some(&b"Ulm"[..]));
        assert_eq!((fields.raw("AddrStreet"), fields.raw("unheard-of")), (None, None));
        for name in ["mid", "MerchantID", "PayID", "TransID", "Status", "Code", "MAC"] {
            assert_eq!((fields.raw(name), fields.text(name)), (None, None), "{name}");
        }
        let shown = format!("{fields:?}");
        assert!(shown.contains("\"AddrCity\"") && shown.contains("\"mid\""), "{shown}");
        assert!(!shown.contains("AddrStreet") && !shown.contains("Ulm"), "{shown}");
    });
}

#[test]
fn the_five_signed_fields_are_told_in_the_vendors_words() {
    let index = read(SIGNED).unwrap();
    let signed = index.signed(SIGNED.as_bytes()).unwrap();
    let pairs = signed.pairs().map(|(name, value)| format!("{name}={value}"));
    assert_eq!(pairs.join("&"), SIGNED);
    assert_eq!(index.value(SIGNED.as_bytes(), "STATUS"), Some(&b"OK"[..]));
    assert_eq!(index.value(SIGNED.as_bytes(), "AddrCity"), None);
    assert_eq!(index.mac(SIGNED.as_bytes()), None);
}

#[test]
fn a_mandatory_field_is_missed_and_an_optional_one_may_be_empty() {
    assert_eq!(odd("AddrCity=Ulm", "XID"), [IssueKind::Missing]);
    assert_eq!(odd("AddrCity=", "AddrCity"), []);
    assert_eq!(odd("AddrCity=Ulm", "AddrStreet"), []);
    assert!(matches!(odd("XID=", "XID")[..], [IssueKind::Format(_)]));
}

#[test]
fn a_value_of_up_to_8_kib_is_judged_by_its_format_and_a_longer_one_is_not() {
    let long = |length: usize| odd(&format!("AddrCity={}", "x".repeat(length)), "AddrCity");
    assert!(matches!(long(8192)[..], [IssueKind::Format(_)]));
    assert_eq!(long(8193), [IssueKind::LongValue]);
}

/// What is odd about a pair of a name that the table does not know.
fn stranger(name: &[u8], value: &[u8]) -> Option<Issue> {
    Fields::<PaymentResult>::unknown_issues([(name, value)].into_iter()).pop()
}

#[test]
fn a_pair_that_no_table_knows_is_odd_where_it_is_too_long() {
    let odd = |name: usize, value: usize| {
        let pair = ("n".repeat(name), vec![b'v'; value]);
        stranger(pair.0.as_bytes(), &pair.1).map(|issue| (issue.name.len(), issue.kind))
    };
    assert_eq!(odd(64, 8192), None);
    assert_eq!(odd(65, 1), Some((64, IssueKind::LongName)));
    assert_eq!(odd(64, 8193), Some((64, IssueKind::LongValue)));
    assert_eq!(odd(65, 8193), Some((64, IssueKind::LongName)));
}

#[test]
fn an_issue_names_a_known_field_and_redacts_a_stranger_in_debug() {
    let known = with_fields("AddrCity=a&AddrCity=b", |fields| fields.issues());
    let known = known.iter().find(|issue| issue.name == "AddrCity").unwrap();
    assert_eq!(known.to_string(), "AddrCity stands more than once");
    assert_eq!(format!("{known:?}"), "Issue { name: \"AddrCity\", kind: Doubled }");
    let stranger = stranger(b"Anna\n", &[b'v'; 8193]).unwrap();
    assert_eq!(stranger.to_string(), "Anna\\n has a value of more than 8 KiB");
    assert_eq!(format!("{stranger:?}"), "Issue { name: \"[redacted]\", kind: LongValue }");
}

#[test]
fn a_field_is_read_in_its_type_or_says_which_rule_it_breaks() {
    let of =
        |text: &str| with_fields(text, |fields| (fields.xid(), fields.addr_city(), fields.description()));
    let (xid, city, description) = of("AddrCity=Kln&XID=short");
    assert_eq!(xid, Some(Err(FormatError::WrongLength { expected: 32, found: 5 })));
    assert_eq!(city.unwrap().unwrap().as_str(), "Kln");
    assert_eq!(description, None);
}

#[test]
fn a_pair_that_no_table_knows_is_told_once_to_stand_twice() {
    let odd = |names: &[&'static str]| {
        let pairs = names.iter().map(|name| (name.as_bytes(), &b"1"[..]));
        Fields::<PaymentResult>::unknown_issues(pairs)
            .into_iter()
            .map(|issue| (issue.name.into_owned(), issue.kind))
            .collect::<Vec<_>>()
    };
    assert_eq!(odd(&["x", "y", ""]), []);
    assert_eq!(odd(&["x", "y", "X", "x"]), [("X".to_owned(), IssueKind::Doubled)]);
    assert_eq!(odd(&["", "", ""]), [], "what has no name is no name twice");
}
