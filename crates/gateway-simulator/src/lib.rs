//! Stand-ins for payment gateways, to test shops against: each speaks as the real one does, and misbehaves on demand.
//!
//! One module for each gateway; at present [`paygate`], for Computop Paygate.
#[cfg(feature = "paygate")]
pub mod paygate;
