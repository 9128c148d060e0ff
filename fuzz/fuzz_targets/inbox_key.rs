//! Two callbacks have one key exactly where all that was signed is the same, mid in any case; and no two lists of parts have one.
#![no_main]

use gateway_inbox::Key;
use gateway_inbox::paygate::{callback_key, stored_key};
use libfuzzer_sys::fuzz_target;
use paygate::Signed;

fuzz_target!(|input: &[u8]| {
    let split = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (one, other) = (parts(&input[..split]), parts(input.get(split + 1..).unwrap_or_default()));
    assert_eq!(Key::of("kind", &one) == Key::of("kind", &other), one == other);
    assert_ne!(Key::of("one kind", &one), Key::of("kind", &one));
    assert_eq!(Key::from_bytes(input).is_some(), input.len() == Key::LEN);

    let (Some(one), Some(other)) = (signed(&one), signed(&other)) else { return };
    let folded = |signed: &Signed| {
        signed.pairs().map(
            |(name, value)| {
                if name == "mid" { value.to_ascii_lowercase() } else { value.to_owned() }
            },
        )
    };
    assert_eq!(
        callback_key("trustly", &one) == callback_key("trustly", &other),
        folded(&one) == folded(&other)
    );
    assert_ne!(callback_key("trustly", &one), callback_key("swish", &one));
    let [mid, pay_id, trans_id, status, code] = one.pairs().map(|(_, value)| value);
    assert_eq!(stored_key(["trustly", mid, pay_id, trans_id, status, code]), callback_key("trustly", &one));
});

fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'\n').collect()
}

fn signed(parts: &[&[u8]]) -> Option<Signed> {
    let value = |name| ["mid", "PayID", "TransID", "Status", "Code"].iter().position(|known| *known == name);
    Signed::parse(|name| parts.get(value(name)?).copied()).ok()
}
