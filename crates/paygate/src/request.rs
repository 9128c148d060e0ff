//! The way out: a typed request becomes a redirect.

mod plaintext;
pub(crate) mod redirect;
pub(crate) mod seal;
