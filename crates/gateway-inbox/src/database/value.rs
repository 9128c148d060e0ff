//! What goes into a statement and comes out of a row: three kinds, which all databases have alike.

use crate::InboxError;

/// A value of a statement. It has no `Debug`, since it may be an amount or a callback.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Integer(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<&'a crate::Key> for Value<'a> {
    fn from(key: &'a crate::Key) -> Self {
        Self::Bytes(key.as_bytes())
    }
}

/// The cells of a row, by the column's place in the statement.
pub trait Cells: Send {
    /// # Errors
    ///
    /// If there is none, or none of this kind.
    fn integer(&self, column: usize) -> Result<i64, InboxError>;

    /// # Errors
    ///
    /// As [`Cells::integer`].
    fn maybe_integer(&self, column: usize) -> Result<Option<i64>, InboxError>;

    /// # Errors
    ///
    /// As [`Cells::integer`].
    fn text(&self, column: usize) -> Result<Option<String>, InboxError>;

    /// # Errors
    ///
    /// As [`Cells::integer`].
    fn bytes(&self, column: usize) -> Result<Option<Vec<u8>>, InboxError>;
}
