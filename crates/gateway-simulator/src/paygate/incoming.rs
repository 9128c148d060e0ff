//! What comes from a shop: read, decrypted, and held against every rule of the vendor's page.

pub(crate) mod check;
pub(crate) mod mac;
pub(crate) mod opened;
pub(crate) mod outer;
pub(crate) mod refusal;
mod rules;
pub(crate) mod simulation;
