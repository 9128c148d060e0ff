//! Any query and body are an outer form or are refused; what form encoding writes is read again, and nothing is lost.
#![no_main]

use form_urlencoded::byte_serialize;
use libfuzzer_sys::fuzz_target;
use paygate::{Envelope, RawCallback, Route};

fuzz_target!(|input: &[u8]| {
    let split = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (query, body) = input.split_at(split);
    let Ok(envelope) = Envelope::parse(&RawCallback::post(Route::Notify, body).with_query(query)) else {
        return;
    };
    let extras: Vec<_> = envelope.extras().collect();
    assert!(extras.len() <= 256);

    let escape = |text: &[u8]| byte_serialize(text).collect::<String>();
    let pairs: Vec<_> = extras.iter().map(|(name, value)| [escape(name), escape(value)].join("=")).collect();
    let form = format!("Len=1&Data=00&{}", pairs.join("&"));
    // Escapes are longer than what they stand for.
    let Ok(again) = Envelope::parse(&RawCallback::get(Route::Success, form.as_bytes())) else {
        assert!(form.len() > RawCallback::MAX_BYTES || extras.len() > 254);
        return;
    };
    assert!(again.extras().eq(extras));
});
