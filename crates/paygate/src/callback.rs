//! The way in: raw bytes become a result that a shop may believe, one step a file.

pub(crate) mod authentic;
pub(crate) mod bound;
pub(crate) mod envelope;
pub(crate) mod form;
pub(crate) mod key_trial;
pub(crate) mod opened;
pub(crate) mod plain;
pub(crate) mod raw;
