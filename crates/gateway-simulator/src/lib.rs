//! Stand-ins for payment gateways, to test shops against: each speaks as the real one does, and misbehaves on demand.
//!
//! One module for each gateway; at present [`paygate`], for Computop Paygate. Each is a library, which starts in a test on
//! a free port in one line, and a program with a web console, `gateway-simulator`. Nothing here is for production: it
//! listens on the loopback address alone, and whoever reaches it can have any payment paid.
//!
//! # Features
//!
//! - **paygate** (default): the stand-in for Computop Paygate.
//! - **program** (default): the program `gateway-simulator`, and with it clap. Tests that link the library do without it:
//!   `default-features = false, features = ["paygate"]`.
#[cfg(feature = "paygate")]
pub mod paygate;
