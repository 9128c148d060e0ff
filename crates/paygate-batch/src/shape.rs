//! Shapes: which fields the lines of a file really have, whatever its version says.

use crate::{Field, Layout};

/// Which of the fields that come and go stand in a line.
///
/// A line is `Type,Action,(MID,)Amount,Currency,TransID,(RefNr,)PayID(,Status(,Code))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The slave MID, behind Action.
    pub slave: bool,
    /// RefNr, before PayID; it may be empty.
    pub ref_nr: bool,
    /// What stands behind PayID.
    pub end: End,
}

/// What stands behind PayID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Nothing: the file was not answered.
    Nothing,
    /// Status.
    Status,
    /// Status and Code.
    StatusAndCode,
}

/// The most fields that a line can have.
pub(crate) const MOST_FIELDS: usize = 10;

impl Shape {
    /// The lines of a file that is handed over.
    #[must_use]
    pub const fn of_request(layout: Layout) -> Self {
        Self { slave: layout.is_master(), ref_nr: layout.version().has_ref_nr(), end: End::Nothing }
    }

    /// The lines of its answer.
    #[must_use]
    pub const fn of_answer(layout: Layout) -> Self {
        let end = if layout.version().has_code() { End::StatusAndCode } else { End::Status };
        Self { end, ..Self::of_request(layout) }
    }

    /// The fields, in order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        let all = [
            (Field::Type, true),
            (Field::Action, true),
            (Field::Mid, self.slave),
            (Field::Amount, true),
            (Field::Currency, true),
            (Field::TransId, true),
            (Field::RefNr, self.ref_nr),
            (Field::PayId, true),
            (Field::Status, self.end != End::Nothing),
            (Field::Code, self.end == End::StatusAndCode),
        ];
        all.into_iter().filter_map(|(field, stands)| stands.then_some(field))
    }

    /// How many fields there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.fields().count()
    }

    /// The shape that these fields have; `None` where they have none.
    ///
    /// No two shapes fit one line: a PayID has exactly 32 characters, a RefNr at most 30, a Currency three capitals and an Amount
    /// only digits, so that each is told from its neighbours.
    pub(crate) fn find(fields: &[&str]) -> Option<Self> {
        let ends = [End::Nothing, End::Status, End::StatusAndCode];
        let shapes = ends.into_iter().flat_map(|end| {
            let parts = [(false, false), (false, true), (true, false), (true, true)];
            parts.map(|(slave, ref_nr)| Self { slave, ref_nr, end })
        });
        shapes.into_iter().find(|shape| shape.count() == fields.len() && shape.fits(fields))
    }

    fn fits(self, fields: &[&str]) -> bool {
        self.fields().zip(fields).all(|(field, text)| match field {
            Field::Amount => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
            Field::Currency => text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
            Field::RefNr => text.len() <= 30,
            Field::PayId => text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            _ => true,
        })
    }

    /// Whether the file was answered.
    #[must_use]
    pub fn is_answer(self) -> bool {
        self.end != End::Nothing
    }

    /// Whether a file of this version may have lines of this shape without a word about it.
    ///
    /// That a version 2.* names slave MIDs is the file's own choice, so both are its shapes.
    #[must_use]
    pub fn is_of(self, layout: Layout) -> bool {
        let version = layout.version();
        let end_fits = match self.end {
            End::Nothing => true,
            End::Status => !version.has_code(),
            End::StatusAndCode => version.has_code(),
        };
        end_fits && self.ref_nr == version.has_ref_nr() && (!self.slave || version.may_have_slave())
    }
}
