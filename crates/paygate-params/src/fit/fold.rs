//! How a text is folded into an alphabet of ISO-8859-1, character by character.

use super::dropped::is_dropped;
use super::{Change, Fitted};
use crate::format::{Alphabet, FormatError, is_blank};
use alloc::string::String;
use alloc::vec::Vec;
use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// A text of characters that the alphabet has, and what was done for it.
///
/// The whole text is read, so that the counts are true, yet no more is kept than may be sent: a text of 1 MiB
/// costs one pass and no memory.
pub(crate) struct Folded {
    alphabet: Alphabet,
    max: usize,
    kind: Kind,
    text: String,
    /// Characters written so far, kept or not.
    found: usize,
    /// The transliteration ends a syllable with a blank, which is written where a letter or digit follows.
    gap: bool,
    counts: Counts,
    simulation: bool,
}

/// What kind of text is folded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Words,
    /// A description, which may not begin with blanks nor hold what nobody sees.
    Description,
}

#[derive(Default)]
struct Counts {
    transliterated: usize,
    unknown: usize,
    replaced: usize,
    control: usize,
    dropped: usize,
    blank_at_start: usize,
}

impl Folded {
    /// Folds a text of which `max` characters may stay.
    pub(crate) fn new(text: &str, alphabet: Alphabet, max: usize, kind: Kind) -> Self {
        let mut folded = Self {
            alphabet,
            max,
            kind,
            text: String::new(),
            found: 0,
            gap: false,
            counts: Counts::default(),
            simulation: false,
        };
        // NFC first, so that `u` and U+0308 are the `ü` that ISO-8859-1 has. It sorts runs of accents; the
        // stream-safe form breaks them after 30 (UAX #15), which no language reaches, so this stays linear.
        text.stream_safe().nfc().for_each(|character| folded.take(character));
        folded
    }

    fn take(&mut self, character: char) {
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            add(&mut self.counts.control, 1);
            self.write(' ');
        } else if is_dropped(character) || character == '\u{AD}' && self.kind == Kind::Description {
            add(&mut self.counts.dropped, 1);
        } else if u8::try_from(character).is_ok() {
            let written = self.substitute(character);
            add(&mut self.counts.replaced, usize::from(written != character));
            self.write(written);
        } else {
            self.transliterate(character);
        }
    }

    fn transliterate(&mut self, character: char) {
        let spelling = match character {
            // Its small letter is in ISO-8859-1, and reads better in capitals than `Ss`.
            'ẞ' => Some("ß"),
            // The sign of an earlier wrong decoding, and no question.
            '\u{FFFD}' => None,
            other => deunicode_char(other),
        };
        match spelling {
            None => {
                add(&mut self.counts.unknown, 1);
                self.write('?');
            }
            Some("") => add(&mut self.counts.dropped, 1),
            // Also every blank: it is spelled as one.
            Some(spelling) => {
                add(&mut self.counts.transliterated, 1);
                let syllable = spelling.strip_suffix(' ').filter(|syllable| !syllable.is_empty());
                for ascii in syllable.unwrap_or(spelling).chars() {
                    // A spelling may hold what the text itself may not: U+FF06 is a `&`.
                    self.write(self.substitute(ascii));
                }
                self.gap = syllable.is_some();
            }
        }
    }

    /// What stands for a character that ISO-8859-1 has.
    fn substitute(&self, character: char) -> char {
        match character {
            allowed if u8::try_from(allowed).is_ok_and(|latin1| self.alphabet.contains(latin1)) => allowed,
            '&' => '+',
            '=' => '-',
            _ => '?',
        }
    }

    fn write(&mut self, character: char) {
        if core::mem::take(&mut self.gap) && character.is_alphanumeric() {
            self.write(' ');
        }
        if self.found == 0 && self.kind == Kind::Description && is_blank(character) {
            add(&mut self.counts.blank_at_start, 1);
            return;
        }
        if self.found < self.max {
            self.text.push(character);
        }
        add(&mut self.found, 1);
    }

    /// Lets `defuse` lengthen the text by one character, where it asks for simulation.
    pub(crate) fn defused(mut self, defuse: impl FnOnce(&str) -> Option<String>) -> Self {
        if let Some(text) = defuse(&self.text) {
            self.text = text;
            self.simulation = true;
            add(&mut self.found, 1);
        }
        self
    }

    /// Cuts the text and hands it to the strict constructor. What that still refuses is a text of blanks, for
    /// which `filler` stands; a mistake in the rules above would end there too, and not in a request.
    pub(crate) fn finish<T>(
        mut self,
        new: impl FnOnce(String) -> Result<T, FormatError>,
        filler: T,
    ) -> Fitted<T> {
        if let Some((end, _)) = self.text.char_indices().nth(self.max) {
            self.text.truncate(end);
        }
        let mut changes = self.changes();
        let value = new(self.text).unwrap_or_else(|_| {
            changes.push(Change::Filled);
            filler
        });
        Fitted { value, changes }
    }

    fn changes(&self) -> Vec<Change> {
        let Counts { transliterated, unknown, replaced, control, dropped, blank_at_start } = self.counts;
        [
            (transliterated > 0, Change::Transliterated { count: transliterated }),
            (unknown > 0, Change::Unknown { count: unknown }),
            (replaced > 0, Change::Replaced { count: replaced }),
            (control > 0, Change::Control { count: control }),
            (dropped > 0, Change::Dropped { count: dropped }),
            (blank_at_start > 0, Change::BlankAtStart { count: blank_at_start }),
            (self.simulation, Change::Simulation),
            (self.found > self.max, Change::Cut { found: self.found, max: self.max }),
        ]
        .into_iter()
        .filter_map(|(made, change)| made.then_some(change))
        .collect()
    }
}

/// Counts on; a count that no memory could hold stays at its end.
fn add(count: &mut usize, more: usize) {
    *count = count.saturating_add(more);
}
