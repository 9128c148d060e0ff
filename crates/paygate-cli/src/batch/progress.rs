//! How far a long file was read, on a terminal alone.

use crate::output::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Read};

/// A file that is shorter than this is read before anybody could look.
const LONG: u64 = 8 * 1024 * 1024;

/// A bar on standard error. It has no colours, and is gone when this is dropped.
pub(super) struct Progress(ProgressBar);

/// A file whose bytes move the bar.
pub(super) struct Watched<R> {
    input: R,
    bar: ProgressBar,
}

impl Progress {
    /// A bar for so many bytes, if they are many and somebody looks.
    pub(super) fn new(len: Option<u64>, output: Output) -> Self {
        let len = len.filter(|len| *len >= LONG && !output.is_json() && io::stderr().is_terminal());
        let bar = len.map_or_else(ProgressBar::hidden, |len| {
            let style = ProgressStyle::with_template("{bytes} of {total_bytes} [{wide_bar}] {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(len).with_style(style.progress_chars("=> "))
        });
        Self(bar)
    }

    /// The same bytes, watched.
    pub(super) fn watch<R: Read>(&self, input: R) -> Watched<R> {
        Watched { input, bar: self.0.clone() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(to)?;
        self.bar.inc(u64::try_from(count).unwrap_or_default());
        Ok(count)
    }
}
