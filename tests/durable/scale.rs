//! How much is done, at which moments, and how it is told.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// As much as was promised, and not as much as fits a run of all tests.
pub(crate) fn is_long() -> bool {
    match std::env::var("DURABLE").as_deref() {
        Ok("long") => true,
        Ok(other) => panic!("DURABLE={other}: known is `long`"),
        Err(_) => false,
    }
}

/// The first one as a rule, the second one where it is to be long.
pub(crate) fn of<T>(short: T, long: T) -> T {
    if is_long() { long } else { short }
}

/// To standard error past the harness, which keeps what a test that passes prints.
pub(crate) fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("durable: {line}\n").as_bytes());
}

/// Random moments that can be had again.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(test: &str) -> Self {
        let seed = match std::env::var("DURABLE_SEED") {
            Ok(seed) => seed.parse().expect("a number"),
            Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs(),
        };
        say(&format!("{test}: seed {seed}; DURABLE_SEED={seed} throws the same dice again"));
        // No seed is 0 here, of which nothing else would come.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0, below this one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let thrown = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(thrown).unwrap() % end
    }
}
