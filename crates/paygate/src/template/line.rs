//! Line numbers of places in a text.

/// Counts lines on the way through a text, so that many places cost one walk.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a place that is not before the one asked for last.
    pub(super) fn at(&mut self, offset: usize) -> u64 {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let next = rest.iter().skip(1).map(Some).chain([None]);
        let ends = rest
            .iter()
            .zip(next)
            .take(offset.saturating_sub(self.at))
            // A CR by itself ends a line too, and CR LF ends one.
            .filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(&b'\n')))
            .count();
        self.at = self.at.max(offset);
        self.line = self.line.saturating_add(u64::try_from(ends).unwrap_or(u64::MAX));
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_lf_cr_and_both_together() {
        let mut lines = Lines::of(b"a\nb\r\nc\rd");
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7, 8].map(|at| lines.at(at)), [1, 1, 2, 2, 2, 3, 3, 4, 4]);
    }
}
