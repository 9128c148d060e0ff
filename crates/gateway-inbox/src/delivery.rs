//! What came: a result of a gateway, checked by whoever knows the gateway.

use crate::Key;
use std::fmt;

/// An authentic result, to be stored. What it says, the inbox does not know.
///
/// `Debug` does not show the payload.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The name of the gateway, for example `paygate`.
    pub gateway: &'static str,
    /// What makes it the same as another: of signed fields alone.
    pub key: Key,
    /// The attempt to pay that it names: whatever concerns a customer is found by it.
    pub attempt: Key,
    /// The payment that it is about, by the gateway's own name for it.
    pub payment: Key,
    /// What is needed to handle it, as it came: handling opens it again, so a row that somebody wrote into the table is no
    /// result.
    pub payload: Vec<u8>,
    /// How much it says: of those that wait, the highest is handled first. States never fall, so this is for speed alone.
    pub rank: i16,
    /// Whether the sender is told that it is stored, as at URLNotify; a browser is told nothing.
    pub acknowledged: bool,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("gateway", &self.gateway)
            .field("key", &self.key)
            .field("rank", &self.rank)
            .field("acknowledged", &self.acknowledged)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish_non_exhaustive()
    }
}

/// It is durably stored: after this, and not before, it may be acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "it may be acknowledged now"]
pub enum Stored {
    /// It came for the first time.
    New,
    /// It came before, and is not handled yet: a worker has it, or will.
    Unfinished,
    /// It came before, and was handled.
    Finished,
}
