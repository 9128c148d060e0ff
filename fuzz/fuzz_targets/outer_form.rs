//! Any query and body are an outer form or are refused, as the crate `form_urlencoded` reads them; what form encoding writes is read
//! again, and nothing is lost.
#![no_main]

use form_urlencoded::{byte_serialize, parse};
use libfuzzer_sys::fuzz_target;
use paygate::{Envelope, RawCallback, Route};

fuzz_target!(|input: &[u8]| {
    let split = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (query, body) = (&input[..split], input.get(split + 1..).unwrap_or_default());
    let envelope = Envelope::parse(&RawCallback::post(Route::Notify, body).with_query(query));

    let ends = body.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n' | 0)).map_or(0, |last| last + 1);
    let pairs: Vec<_> =
        parse(query.strip_prefix(b"?").unwrap_or(query)).chain(parse(&body[..ends])).collect();
    let values = |wanted: &str| -> Vec<_> {
        pairs
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.clone())
            .collect()
    };
    let is_len = |text: &str| {
        let digits = text.trim_matches([' ', '\t', '\n', '\r', '\x0c']);
        (1..=5).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let may_be_read = match (&*values("Len"), &*values("Data")) {
        ([], []) => true,
        ([len], [_]) => is_len(len),
        _ => false,
    };
    let is_small = query.len() + body.len() <= RawCallback::MAX_BYTES && pairs.len() <= 256;
    assert_eq!(envelope.is_ok(), may_be_read && is_small, "{envelope:?}");
    let Ok(envelope) = envelope else { return };

    let lossy = String::from_utf8_lossy;
    let extras: Vec<_> = envelope.extras().collect();
    let others = pairs.iter().filter(|(name, _)| !["len", "data"].contains(&&*name.to_ascii_lowercase()));
    assert!(others.eq(&extras.iter().map(|(name, value)| (lossy(name), lossy(value))).collect::<Vec<_>>()));

    let escape = |text: &[u8]| byte_serialize(text).collect::<String>();
    let written: Vec<_> =
        extras.iter().map(|(name, value)| [escape(name), escape(value)].join("=")).collect();
    let form = format!("Len=1&Data=00&{}", written.join("&"));
    // Escapes are longer than what they stand for.
    let Ok(again) = Envelope::parse(&RawCallback::get(Route::Success, form.as_bytes())) else {
        assert!(form.len() > RawCallback::MAX_BYTES || extras.len() > 254);
        return;
    };
    assert!(again.extras().eq(extras));
});
