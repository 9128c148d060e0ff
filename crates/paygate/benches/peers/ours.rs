//! This library, as a shop calls it: one merchant kept, a typed request, an outcome that was bound to its attempt.

use crate::given::Given;
use crate::way::{Made, Task, Way};
use paygate::{Outcome, RawCallback, Route, Trustly};
use std::hint::black_box;
use std::time::{Duration, Instant};

pub(crate) struct Ours<'a>(&'a Given);

impl<'a> Ours<'a> {
    pub(crate) fn new(given: &'a Given) -> Self {
        Self(given)
    }

    fn seal(&self) -> String {
        self.0.merchant.seal(black_box(&self.0.request)).expect("sealed").redirect.into_url()
    }

    /// Opens, verifies, binds and judges, and gives every pair of a paid answer to `read`.
    fn open(&self, form: &str, mut read: impl FnMut(&[u8], &[u8])) -> bool {
        let raw = RawCallback::post(Route::Notify, black_box(form.as_bytes()));
        let Ok(callback) = self.0.merchant.open::<Trustly>(&raw) else { return false };
        let paid =
            callback.bind(&self.0.expected).is_ok_and(|bound| matches!(bound.outcome(), Outcome::Paid(_)));
        if paid {
            callback.pairs().for_each(|(name, value)| read(black_box(name), black_box(value)));
        }
        paid
    }
}

impl Way for Ours<'_> {
    fn name(&self) -> &'static str {
        "Rust, this library"
    }

    fn version(&self) -> &'static str {
        concat!("paygate ", env!("CARGO_PKG_VERSION"))
    }

    fn made(&mut self) -> Made {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("ASCII");
        let mut pairs = Vec::new();
        assert!(self.open(&self.0.answer, |name, value| pairs.push((text(name), text(value)))), "paid");
        let took_forged = self.open(&self.0.forged, |_, _| ());
        assert!(!took_forged, "a MAC that does not hold is refused");
        Made { url: self.seal(), pairs, took_forged }
    }

    fn run(&mut self, task: Task, times: u32) -> (Duration, usize) {
        let mut total = 0;
        let start = Instant::now();
        for _ in 0..times {
            match task {
                Task::Seal => total += black_box(self.seal()).len(),
                Task::Open => {
                    self.open(&self.0.answer, |_, value| total += value.len());
                }
            }
        }
        (start.elapsed(), total)
    }
}
