//! Does one of the two main paths a number of times, or refuses an answer, so that callgrind can count its instructions.
//!
//! `tests/callgrind/check` builds this, runs it under valgrind and compares the counts with the stored ones, and those of
//! refusals with each other. With `-- --test` each path runs once; with no path it says how to run the check.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

#[path = "../wire/messages.rs"]
#[allow(dead_code, reason = "the other bench measures more of them")]
mod messages;
mod refused;

use paygate::testing;
use paygate::trustly::PaymentRequest;
use paygate::{BaseUrl, Expected, Merchant, Outcome, RawCallback, Route, Trustly};
use std::hint::black_box;

const REQUEST_BYTES: usize = 700;
const ANSWER_BYTES: usize = 900;
const BUFFER_BYTES: usize = 2048;

/// Lies the same in every run: a search with AVX2 takes a few instructions more or less as its bytes are aligned, and
/// the places of stack and heap depend on the environment and on the program's path.
#[repr(align(64))]
struct Aligned([u8; BUFFER_BYTES]);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // cargo adds an argument of its own after those that it was given.
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["seal", times, ..] => seal(times.parse().expect("a number of times")),
        ["open", times, ..] => open(times.parse().expect("a number of times")),
        ["refuse", cipher, fault, times, ..] => {
            refuse(cipher, fault, times.parse().expect("a number of times"));
        }
        ["--test", ..] => {
            seal(1);
            open(1);
            for fault in ["blanks", "zeros", "pkcs", "wrong", "noise", "mac-missing"] {
                refuse("blowfish", fault, 1);
                refuse("aes", fault, 1);
            }
        }
        _ => println!("This is run under valgrind, to count instructions: tests/callgrind/check"),
    }
}

fn seal(times: usize) {
    let merchant = testing::merchant().with_endpoint(BaseUrl::COMPUTOP);
    let request = messages::request(&merchant, REQUEST_BYTES);
    for _ in 0..times {
        assert!(seal_request(black_box(&merchant), black_box(&request)) > 2 * REQUEST_BYTES);
    }
}

fn open(times: usize) {
    let merchant = testing::merchant().with_endpoint(BaseUrl::COMPUTOP);
    let expected = messages::expected(&merchant);
    let form = messages::answer(&merchant, &expected, ANSWER_BYTES).form(&merchant).expect("sealed");
    let (mut body, mut buffer) = (Aligned([0; BUFFER_BYTES]), Aligned([0; BUFFER_BYTES]));
    let body = &mut body.0[..form.len()];
    body.copy_from_slice(form.as_bytes());
    for _ in 0..times {
        assert!(open_answer(black_box(&merchant), black_box(body), &expected, &mut buffer.0));
    }
}

fn refuse(cipher: &str, fault: &str, times: usize) {
    let (merchant, form) = refused::answer(cipher, fault, ANSWER_BYTES);
    let (mut body, mut buffer) = (Aligned([0; BUFFER_BYTES]), Aligned([0; BUFFER_BYTES]));
    let body = &mut body.0[..form.len()];
    body.copy_from_slice(form.as_bytes());
    for _ in 0..times {
        assert!(refuse_answer(black_box(&merchant), black_box(body), &mut buffer.0));
    }
}

/// Callgrind counts from here to the return, the dropping of what was made included.
#[inline(never)]
fn seal_request(merchant: &Merchant, request: &PaymentRequest) -> usize {
    merchant.seal(request).expect("sealed").redirect.url().len()
}

/// Callgrind counts from here to the return: opening, verifying, binding, judging, and
/// looking at the type of every field.
#[inline(never)]
fn open_answer(merchant: &Merchant, form: &[u8], expected: &Expected, buffer: &mut [u8]) -> bool {
    let raw = RawCallback::post(Route::Notify, form);
    let callback = merchant.open_in::<Trustly, _>(&raw, buffer).expect("an authentic callback");
    matches!(callback.bind(expected).expect("bound").outcome(), Outcome::Paid(_))
        && callback.unsigned().issues().is_empty()
}

/// Callgrind counts from here to the return: all that is done before an answer is refused.
#[inline(never)]
fn refuse_answer(merchant: &Merchant, form: &[u8], buffer: &mut [u8]) -> bool {
    let raw = RawCallback::post(Route::Notify, form);
    merchant.open_in::<Trustly, _>(&raw, buffer).is_err()
}
