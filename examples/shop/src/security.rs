//! What keeps pages and forms safe.

pub mod csrf;
pub mod headers;
pub mod secret;
pub mod session;
