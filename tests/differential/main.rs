//! Our opening and sealing against three others, message by random message: OpenSSL, Python and PHP.
//!
//! `DIFFERENTIAL=100000` sets how many messages of each kind each of them gets; otherwise 1,000. They come from a seed, so that they
//! are the same in each run; `DIFFERENTIAL_SEED` sets another. A difference prints the whole case, whose keys were made for it alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod answer;
mod bytes;
mod dice;
mod keys;
mod peer;
mod request;
#[path = "../../crates/paygate/benches/peers/venv.rs"]
mod venv;

use crate::dice::Dice;
use crate::peer::Peer;
use std::io::Write;
use std::time::Instant;

/// Lines that are on their way to a peer at once.
const AT_ONCE: usize = 500;

/// Of each kind.
fn messages() -> usize {
    std::env::var("DIFFERENTIAL").map_or(1_000, |count| count.parse().expect("a number of messages"))
}

fn seed() -> u64 {
    std::env::var("DIFFERENTIAL_SEED").map_or(1, |seed| seed.parse().expect("a number"))
}

/// To standard error past the harness, which keeps what a test that passes prints.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("differential: {line}\n").as_bytes());
}

/// All kinds of messages, both ways. A difference stops the test.
fn compare(mut peer: Peer) {
    let (count, seed) = (messages(), seed());
    let name = peer.version().to_owned();
    say(&format!("{name}: seed {seed}; DIFFERENTIAL_SEED={seed} makes the same messages again"));
    let mut all = |what: &str, run: &mut dyn FnMut(&mut Peer, &mut Dice, usize) -> String| {
        let (mut dice, start) = (Dice::new(seed, &[&name, what].concat()), Instant::now());
        let noted = run(&mut peer, &mut dice, count);
        let took = start.elapsed().as_secs_f32();
        say(&format!("{name}: {count} {what}, no difference, {took:.1} s{noted}"));
    };
    all("requests that we sealed", &mut |peer, dice, count| {
        in_batches(count, |count| request::sealed_by_us(peer, dice, count));
        String::new()
    });
    all("texts of any bytes that we sealed", &mut |peer, dice, count| {
        in_batches(count, |count| bytes::sealed_by_us(peer, dice, count));
        String::new()
    });
    all("texts of any bytes that it sealed", &mut |peer, dice, count| {
        in_batches(count, |count| bytes::sealed_by_it(peer, dice, count));
        String::new()
    });
    all("callbacks that it sealed, and the same with a byte changed", &mut |peer, dice, count| {
        let mut held = 0;
        in_batches(count, |count| held += answer::sealed_by_it(peer, dice, count));
        // Else the verdicts would agree as those of two who always say the same.
        assert!((1..count).contains(&held), "of {count} changed ones the MAC of {held} holds");
        format!("; of the changed ones the MAC of {held} holds, since the byte stands outside of it")
    });
}

fn in_batches(count: usize, mut batch: impl FnMut(usize)) {
    for done in (0..count).step_by(AT_ONCE) {
        batch(AT_ONCE.min(count - done));
    }
}

#[test]
fn openssl_reads_what_we_seal_and_we_read_what_it_seals() {
    compare(Peer::openssl());
}

#[test]
fn pycryptodome_reads_what_we_seal_and_we_read_what_it_seals() {
    compare(Peer::pycryptodome());
}

#[test]
fn php_reads_what_we_seal_and_we_read_what_it_seals() {
    compare(Peer::php());
}
