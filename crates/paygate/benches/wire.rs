//! How long sealing and opening take, against the straightforward way, in the same run.
//!
//! `cargo bench -p paygate --bench wire` prints medians and their ratios; rounds of both ways alternate, so that a
//! machine that slows down slows both. With `-- --test` every way runs once and must agree with the other.
//! Not Criterion: it measures one function after the other and prints no ratio of two.
//!
//! The straightforward way is what the plugins do, with the same ciphers: everything anew for each message, pairs in
//! a map of strings, the MAC compared as text.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

use paygate::testing::{self, Callback};
use paygate::trustly::PaymentRequest;
use paygate::{BaseUrl, Expected, Merchant, Outcome, RawCallback, ReqId, Route, Trustly, UserData};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 300;
const BATCH: u32 = 50;

fn main() {
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { ROUNDS };
    let merchant = testing::merchant().with_endpoint(BaseUrl::COMPUTOP);
    seal(&merchant, rounds);
    open(&merchant, rounds);
}

/// Sealing a request of 700 bytes.
fn seal(merchant: &Merchant, rounds: usize) {
    let request = request_of(merchant, 700);
    let pairs = pairs_of(merchant, &request);
    let url = straight::seal(&pairs, merchant.id().as_str());
    assert_eq!(
        merchant.seal(&request).expect("sealed").redirect.url().len(),
        url.len(),
        "both ways send as much"
    );
    compare(
        "seal 700 bytes",
        rounds,
        || merchant.seal(black_box(&request)).expect("sealed").redirect.url().len(),
        || straight::seal(black_box(&pairs), merchant.id().as_str()).len(),
    );
}

/// Opening, verifying, binding and judging an answer of 900 bytes.
fn open(merchant: &Merchant, rounds: usize) {
    let expected = testing::expected(merchant, "order-4711-1", 1999);
    let form = callback_of(merchant, &expected, 900);
    assert!(
        ours(merchant, &form, &expected) && straight::open(form.as_bytes(), "order-4711-1"),
        "both ways find it paid"
    );
    compare(
        "open 900 bytes",
        rounds,
        || usize::from(ours(merchant, black_box(&form), &expected)),
        || usize::from(straight::open(black_box(form.as_bytes()), "order-4711-1")),
    );
}

fn ours(merchant: &Merchant, form: &str, expected: &Expected) -> bool {
    let callback = merchant
        .open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()))
        .expect("an authentic callback");
    matches!(callback.bind(expected).expect("bound").outcome(), Outcome::Paid(_))
}

/// Prints the medians of both and their ratio.
fn compare(what: &str, rounds: usize, mut ours: impl FnMut() -> usize, mut other: impl FnMut() -> usize) {
    let (mut our_times, mut other_times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        our_times.push(time(&mut ours));
        other_times.push(time(&mut other));
    }
    let (our, other) = (median(our_times), median(other_times));
    println!(
        "{what}: {:.2} µs, the straightforward way {:.2} µs: {:.1} times as fast",
        our * 1e6,
        other * 1e6,
        other / our
    );
}

fn time(run: &mut impl FnMut() -> usize) -> Duration {
    let start = Instant::now();
    for _ in 0..BATCH {
        black_box(run());
    }
    start.elapsed() / BATCH
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).expect("at least one round").as_secs_f64()
}

/// A request whose plaintext has `length` bytes.
fn request_of(merchant: &Merchant, length: usize) -> PaymentRequest {
    let mut request = testing::request("order-4711-1", 1999);
    // Given, so that both ways send the same: else sealing adds a random one.
    request.req_id = Some(ReqId::from_static("4711a1"));
    let sealed = |request: &PaymentRequest| -> usize {
        let [_, (_, len), _] = merchant.seal(request).expect("sealed").redirect.params();
        len.parse().expect("a number")
    };
    let missing = length - sealed(&request) - "&UserData=".len();
    request.user_data = Some(UserData::new("u".repeat(missing)).expect("not too long"));
    assert_eq!(sealed(&request), length);
    request
}

/// The same request as the pairs that the straightforward way starts from.
fn pairs_of(merchant: &Merchant, request: &PaymentRequest) -> Vec<(&'static str, String)> {
    struct Pairs(Vec<(&'static str, String)>);
    impl paygate::params::message::PairSink for Pairs {
        fn pair(&mut self, name: &'static str, value: &str) {
            // As many bytes as in ISO-8859-1.
            self.0.push((name, value.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect()));
        }
    }
    let mut pairs = Pairs(Vec::new());
    paygate::Request::write(request, &mut pairs);
    pairs.0.push(("MerchantID", merchant.id().to_string()));
    pairs.0.push(("Response", "encrypt".to_owned()));
    pairs.0
}

/// A paid answer whose plaintext has `length` bytes.
fn callback_of(merchant: &Merchant, expected: &Expected, length: usize) -> String {
    let full = Callback::paid(expected)
        .with("AccOwner", "Anna Svensson")
        .with("AccBank", "Sparbanken")
        .with("IBAN", "12345678")
        .with("AddrCity", "Stockholm");
    let missing = length - full.plaintext(merchant).expect("a MAC").len() - "&UserData=".len();
    full.with("UserData", "u".repeat(missing)).form(merchant).expect("sealed")
}

/// What the plugins do.
mod straight {
    use blowfish::Blowfish;
    use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
    use hmac::{Hmac, Mac};
    use paygate::testing;
    use sha2::Sha256;
    use std::collections::HashMap;
    use std::fmt::Write;

    fn mac(message: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(testing::MAC_KEY.as_bytes()).expect("any length");
        mac.update(message.as_bytes());
        hex::encode_upper(mac.finalize().into_bytes())
    }

    pub(super) fn seal(pairs: &[(&'static str, String)], merchant_id: &str) -> String {
        let map: HashMap<&str, &String> = pairs.iter().map(|(name, value)| (*name, value)).collect();
        let of = |name: &str| map.get(name).map(|value| value.as_str()).unwrap_or_default();
        let mac = mac(&format!("*{}*{merchant_id}*{}*{}", of("TransID"), of("Amount"), of("Currency")));
        let mut text = String::new();
        for (name, value) in pairs {
            write!(text, "{name}={value}&").expect("a string");
        }
        write!(text, "MAC={mac}").expect("a string");
        let mut bytes = text.into_bytes();
        let len = bytes.len();
        bytes.resize(len.next_multiple_of(8), 0);
        let key: Blowfish =
            Blowfish::new_from_slice(testing::ENCRYPTION_KEY.as_bytes()).expect("4 to 56 bytes");
        for block in bytes.chunks_exact_mut(8) {
            key.encrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
        }
        let data = hex::encode_upper(bytes);
        format!(
            "https://www.computop-paygate.com/trustly.aspx?MerchantID={merchant_id}&Len={len}&Data={data}"
        )
    }

    pub(super) fn open(form: &[u8], trans_id: &str) -> bool {
        let outer: HashMap<String, String> = serde_urlencoded::from_bytes(form).expect("a form");
        let len: usize = outer["Len"].parse().expect("a number");
        let mut bytes = hex::decode(&outer["Data"]).expect("hex");
        let key: Blowfish =
            Blowfish::new_from_slice(testing::ENCRYPTION_KEY.as_bytes()).expect("4 to 56 bytes");
        for block in bytes.chunks_exact_mut(8) {
            key.decrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
        }
        bytes.truncate(len);
        let text = String::from_utf8_lossy(&bytes);
        let inner: HashMap<String, String> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let message =
            ["payid", "transid", "mid", "status", "code"].map(|name| inner[name].as_str()).join("*");
        mac(&message) == inner["mac"]
            && inner["transid"] == trans_id
            && inner["status"] == "OK"
            && inner["code"] == "00000000"
    }
}
