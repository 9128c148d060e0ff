//! The way out: a typed request becomes a redirect, or the body of a call.

pub(crate) mod encrypted;
pub(crate) mod left_out;
pub(crate) mod outer_form;
mod plaintext;
pub(crate) mod redirect;
pub(crate) mod seal;
