//! Any pairs are sealed or refused with every rule that they break; what is sealed holds each name once, and no value of one
//! parameter has become another one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{Merchant, SealError, Trustly, testing};
use std::net::IpAddr;

const VALID: [(&str, &str); 10] = [
    ("TransID", "order-1"),
    ("Amount", "1999"),
    ("Currency", "EUR"),
    ("OrderDesc", "tea"),
    ("FirstName", "Anna"),
    ("LastName", "Tea"),
    ("Email", "anna@example.com"),
    ("URLSuccess", "https://shop.example/s"),
    ("URLFailure", "https://shop.example/f"),
    ("URLNotify", "https://shop.example/n"),
];

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let given: Vec<_> = text.split('\n').filter_map(|line| line.split_once('=')).collect();
    let is_given = |name: &str| given.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let standard = VALID.into_iter().filter(|(name, _)| !is_given(name));
    // One that is marked as test may ask for a simulation.
    let merchant = Merchant::new(testing::MERCHANT_ID, testing::keys(&testing::merchant()).clone());
    let sealed = match merchant.seal_pairs::<Trustly>(standard.chain(given.iter().copied())) {
        Ok(sealed) => sealed,
        Err(SealError::Rules(rules)) => return assert!(!rules.is_empty()),
        Err(error) => panic!("{error}"),
    };
    let sent = testing::sent(&merchant, &sealed.redirect).expect("what was sealed");
    for (at, (name, value)) in sent.iter().enumerate() {
        assert!(
            !sent[..at].iter().any(|(earlier, _)| earlier.eq_ignore_ascii_case(name)),
            "{name} stands twice"
        );
        let is_ours = matches!(name.as_str(), "MerchantID" | "MAC" | "ReqId" | "Response");
        // An address is written in its shortest way.
        let says =
            |text: &str| text == value || text.parse::<IpAddr>().is_ok_and(|ip| value.parse() == Ok(ip));
        let is_a_pair_of = |(given, text): &(&str, &str)| given.eq_ignore_ascii_case(name) && says(text);
        assert!(
            is_ours || given.iter().any(is_a_pair_of) || VALID.iter().any(is_a_pair_of),
            "{name} was not given so"
        );
    }
    let description = sent.iter().find(|(name, _)| name == "OrderDesc").expect("it is mandatory");
    let description = description.1.trim().to_lowercase();
    let asks = description.strip_prefix("test").is_some_and(|rest| rest.trim_start().starts_with(':'));
    assert!(!asks, "a simulation that nobody asked for");
});
