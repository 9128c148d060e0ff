//! Any text that is sealed with the right MAC behind it opens to the pairs that stand in it, each of them once and in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::testing::{self, Callback};
use paygate::{IssueKind, OpenError, RawCallback, Route, Trustly, VerifyError};

fuzz_target!(|input: &[u8]| {
    let merchant = testing::merchant();
    let mut text =
        Callback::paid(&testing::expected(&merchant, "order-1", 1999)).plaintext(&merchant).expect("a text");
    text.push(b'&');
    text.extend_from_slice(input);
    let form = testing::seal_text(&merchant, &text).expect("Blowfish");
    let opened = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()));

    // The straightforward way.
    let pairs: Vec<(&[u8], &[u8])> = text
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            pair.iter()
                .position(|byte| *byte == b'=')
                .map_or((pair, &b""[..]), |at| (&pair[..at], &pair[at + 1..]))
        })
        .collect();
    let count =
        |name: &str| pairs.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name.as_bytes())).count();
    // Two names of one thing may stand there, if they say the same.
    let another_mid = |(name, value): &(&[u8], &[u8])| {
        name.eq_ignore_ascii_case(b"MerchantID") && *value != b"test_merchant"
    };
    let is_doubled =
        ["mid", "MerchantID", "PayID", "TransID", "Status", "Code", "MAC"].iter().any(|name| count(name) > 1)
            || pairs.iter().any(another_mid);
    match opened {
        Ok(callback) => {
            assert!(!is_doubled, "a signed name stands twice");
            let whole = callback.pairs().eq(pairs.iter().copied());
            // Zeros at the end are padding that Len counts in.
            assert!(whole || text.ends_with(&[0]), "other pairs");
            // A pair is odd by itself once, and stands twice once, however often it stands.
            let issues = callback.issues();
            let doubled = issues.iter().filter(|issue| matches!(issue.kind, IssueKind::Doubled)).count();
            assert!(2 * doubled <= pairs.len() && issues.len() <= pairs.len() + doubled);
            assert!(
                callback
                    .bind(&testing::expected(&merchant, "order-1", 1999))
                    .expect("it is its own")
                    .paid()
                    .is_some()
            );
        }
        Err(VerifyError::Open(OpenError::Doubled(_))) => assert!(is_doubled),
        Err(error) => assert!(pairs.len() > 256 || text.len() > 30_000, "{error}"),
    }
});
