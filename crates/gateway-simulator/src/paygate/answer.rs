//! What Paygate says: the pairs of a result or an answer, its spelling, and its sealing.

mod echoes;
mod message;
mod sealed;

pub(crate) use message::Message;
pub(crate) use sealed::Sealing;
