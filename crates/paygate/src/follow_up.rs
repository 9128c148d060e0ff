//! Calls from server to server about a payment that was made: credit, inquire, inquire24.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod credit;
pub(crate) mod error;
pub(crate) mod inquiry;
mod opening;
pub(crate) mod stored_credit;
