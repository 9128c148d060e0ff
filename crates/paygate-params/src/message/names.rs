//! Which row of a table a name belongs to: a hash table that the compiler fills.

use super::Row;

/// Places for names; more than twice as many as any table has.
const PLACES: usize = 128;

/// The rows of a table by a hash of their names, in which case has no part.
pub(crate) struct Names {
    /// The number of a row, counted from 1.
    places: [u8; PLACES],
}

impl Names {
    /// Puts every name, and every second name, into its place or the first free one behind it.
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated by the compiler, which refuses what is out of bounds"
    )]
    pub(crate) const fn of(rows: &[Row]) -> Self {
        let mut places = [0; PLACES];
        let (mut number, mut filled): (usize, usize) = (0, 0);
        while number < rows.len() {
            let row = &rows[number];
            number = number.wrapping_add(1);
            // No more rows than names, hence a byte.
            #[expect(clippy::cast_possible_truncation, reason = "asserted below")]
            let entry = number as u8;
            let mut names = [Some(row.name), row.alias];
            let mut which = 0;
            while which < names.len() {
                if let Some(name) = names[which].take() {
                    let mut at = place(name.as_bytes());
                    while places[at] != 0 {
                        at = at.wrapping_add(1) % PLACES;
                    }
                    places[at] = entry;
                    filled = filled.wrapping_add(1);
                }
                which = which.wrapping_add(1);
            }
        }
        assert!(filled < PLACES / 2, "the names of a table fill less than half the places");
        Self { places }
    }

    /// The row that has this name, in any case.
    pub(crate) fn row(&self, rows: &[Row], name: &[u8]) -> Option<usize> {
        let mut at = place(name);
        loop {
            // A place that is free ends the search, and more than half of them are.
            let number = usize::from(*self.places.get(at)?).checked_sub(1)?;
            if rows.get(number)?.is_named(name) {
                return Some(number);
            }
            at = at.wrapping_add(1) % PLACES;
        }
    }
}

/// The place of a name, by its length and the letters at its ends.
const fn place(name: &[u8]) -> usize {
    let (first, last) = match name {
        [first, .., last] => (*first, *last),
        [only] => (*only, *only),
        [] => (0, 0),
    };
    // Letters differ in their lower five bits, whatever their case.
    let (first, last) = ((first & 0x1F) as usize, (last & 0x1F) as usize);
    name.len().wrapping_mul(5).wrapping_add(first.wrapping_mul(7)).wrapping_add(last.wrapping_mul(11))
        % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow_ups::{Credit, Inquire};
    use crate::methods::swish::Swish;
    use crate::methods::trustly::{PaymentRequest, PaymentResult};
    use crate::{FollowUp, Message, Method};
    use alloc::vec::Vec;

    fn all_names_are_found<M: Message>() {
        // What the compiler made of it is what it makes now.
        let names = Names::of(M::ROWS);
        for (number, row) in M::ROWS.iter().enumerate() {
            for name in [Some(row.name), row.alias].into_iter().flatten() {
                for spelling in [
                    name.as_bytes().to_vec(),
                    name.to_ascii_uppercase().into(),
                    name.to_ascii_lowercase().into(),
                ] {
                    assert_eq!(M::row(&spelling), Some(number), "{name}");
                    assert_eq!(names.row(M::ROWS, &spelling), Some(number), "{name}");
                    let longer = [&spelling[..], b"x"].concat();
                    assert_eq!(M::row(&longer), by_search::<M>(&longer), "{name}x");
                }
            }
        }
    }

    /// The row as it is found without a hash.
    fn by_search<M: Message>(name: &[u8]) -> Option<usize> {
        M::ROWS.iter().position(|row| row.is_named(name))
    }

    #[test]
    fn every_name_is_found_in_any_case_and_no_other() {
        all_names_are_found::<PaymentRequest>();
        all_names_are_found::<PaymentResult>();
        all_names_are_found::<<Swish as Method>::Request>();
        all_names_are_found::<<Swish as Method>::Result>();
        all_names_are_found::<<Credit as FollowUp>::Request>();
        all_names_are_found::<<Credit as FollowUp>::Answer>();
        all_names_are_found::<<Inquire as FollowUp>::Request>();
        all_names_are_found::<<Inquire as FollowUp>::Answer>();
        for name in ["", "x", "Len", "Data", "midd", "mi", "\u{4D}\u{49}\u{44}"] {
            assert_eq!(
                PaymentResult::row(name.as_bytes()),
                by_search::<PaymentResult>(name.as_bytes()),
                "{name}"
            );
        }
    }

    #[test]
    fn names_of_two_bytes_are_found_as_without_a_hash() {
        for name in (0..=u16::MAX).map(u16::to_be_bytes) {
            assert_eq!(PaymentResult::row(&name), by_search::<PaymentResult>(&name));
        }
        let known: Vec<&str> = PaymentResult::ROWS.iter().map(|row| row.name).collect();
        assert!(known.contains(&"MAC"));
    }
}
