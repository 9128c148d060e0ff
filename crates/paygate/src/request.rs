//! The way out: a typed request becomes a redirect.

pub(crate) mod left_out;
mod plaintext;
pub(crate) mod redirect;
pub(crate) mod seal;
