//! Random choices that can be had again.

use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) struct Dice(u64);

impl Dice {
    /// Each name throws others.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        (seed, name).hash(&mut hasher);
        Self(hasher.finish())
    }

    fn throw(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut thrown = self.0;
        thrown = (thrown ^ (thrown >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        thrown = (thrown ^ (thrown >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        thrown ^ (thrown >> 31)
    }

    /// A number from 0, below this one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.throw() % u64::try_from(end).unwrap()).unwrap()
    }

    /// One of these.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Once in so many throws.
    pub(crate) fn once_in(&mut self, throws: usize) -> bool {
        self.below(throws) == 0
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.throw().to_le_bytes()[0]
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }

    /// A text of 1 to so many characters that `is_good` takes, all of them of ISO-8859-1 and not all of them blanks; more often a
    /// short one than a long one.
    pub(crate) fn text(&mut self, max: usize, is_good: impl Fn(char) -> bool) -> String {
        let most = 1 + self.below(max);
        let length = 1 + self.below(most);
        loop {
            let text: String = (0..length).map(|_| self.character(&is_good)).collect();
            if !text.trim().is_empty() {
                return text;
            }
        }
    }

    fn character(&mut self, is_good: impl Fn(char) -> bool) -> char {
        loop {
            let character = char::from(self.byte());
            if is_good(character) {
                return character;
            }
        }
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (2..=all.len()).rev() {
            let other = self.below(end);
            all.swap(end - 1, other);
        }
    }

    /// The same letters, each in either case.
    pub(crate) fn in_any_case(&mut self, name: &str) -> String {
        let any = |letter: char| {
            if self.once_in(2) { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
        };
        name.chars().map(any).collect()
    }
}

/// Printable ASCII and the upper half of ISO-8859-1, without what separates pairs.
pub(crate) fn is_of_texts(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{A0}'..='\u{FF}') && character != '&'
}

/// The same without what separates name and value.
pub(crate) fn is_of_customers_texts(character: char) -> bool {
    is_of_texts(character) && character != '='
}

/// Printable ASCII without what separates anything.
pub(crate) fn is_of_identifiers(character: char) -> bool {
    matches!(character, ' '..='~') && !matches!(character, '&' | '*')
}
