//! What is odd about the fields of a result, in texts of one charset and of two.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate_params::message::{Fields, Index, IssueKind, ResultMessage};
use paygate_params::methods::trustly::PaymentResult;
use paygate_params::{Charset, Message};

/// Notes every pair of a text.
fn index(text: &[u8]) -> Index<PaymentResult> {
    let mut index = Index::default();
    let mut start = 0;
    for pair in text.split(|byte| *byte == b'&') {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap();
        let (value, end) = (start + equals + 1, start + pair.len());
        index.insert(text, &pair[..equals], value..end).unwrap();
        start = end + 1;
    }
    index
}

#[test]
fn a_field_is_judged_by_itself_whatever_charset_its_neighbours_have() {
    let cities: [&[u8]; 4] = [b"Koeln", b"K\xC3\xB6ln", b"K\xF6ln", b"\xC5\x81\xC3\xB3d\xC5\xBA"];
    for charset in [Charset::Detect, Charset::Latin1, Charset::Utf8] {
        for street in cities {
            for city in cities {
                let text = [b"AddrStreet=", street, b"&IBAN=x&AddrCity=", city].concat();
                let index = index(&text);
                let fields = Fields::new(&text, &index, charset);
                let judged = |name: &str| {
                    let found = fields.issues().into_iter().find(|issue| issue.name == name);
                    found.map(|issue| issue.kind.to_string())
                };
                for (name, value) in [("AddrStreet", street), ("AddrCity", city), ("IBAN", b"x")] {
                    let row = PaymentResult::row(name.as_bytes()).unwrap();
                    let alone = PaymentResult::check(row, &charset.decode(value));
                    assert_eq!(
                        judged(name),
                        alone.err().map(|rule| rule.to_string()),
                        "{charset:?} {name} {value:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn signed_fields_are_found_under_either_name_of_the_merchant() {
    let rest = "PayID=7bbb448155234d8cbee323778952ce28&TransID=order-1&Status=OK&Code=00000000&MAC=00";
    for name in ["mid", "MID", "MerchantID", "merchantid"] {
        let text = format!("{name}=shop&{rest}");
        let index = index(text.as_bytes());
        assert_eq!(index.signed(text.as_bytes()).unwrap().mid().as_str(), "shop", "{name}");
        assert_eq!(index.mac(text.as_bytes()), Some(&b"00"[..]));
    }
    let without = index(rest.as_bytes());
    assert_eq!(without.signed(rest.as_bytes()).unwrap_err().to_string(), "mid is missing");
}

/// Found by the fuzz target `inner_pairs`, which took it for too many.
#[test]
fn a_long_name_is_told_each_time_and_that_it_stands_twice_once() {
    let name = "x".repeat(65);
    let pair = (name.as_bytes(), &b""[..]);
    let kinds: Vec<_> = Fields::<PaymentResult>::unknown_issues([pair; 3].into_iter())
        .into_iter()
        .map(|issue| issue.kind)
        .collect();
    assert_eq!(kinds, [IssueKind::LongName, IssueKind::LongName, IssueKind::Doubled, IssueKind::LongName]);
}
