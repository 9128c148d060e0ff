//! A call: a request, and the one who can read its answer.

use crate::{HttpRequest, HttpResponse};

/// A call to a gateway. It is a value: it can be kept, looked at, sent by any client, and its answer read later.
pub trait Call {
    /// What a good answer says.
    type Answer;

    /// Why an answer says nothing.
    type Error;

    /// What to send.
    fn request(&self) -> &HttpRequest;

    /// Whether sending it a second time does no harm: because it only asks, or because the gateway knows a
    /// repetition again.
    ///
    /// Where it may not and no answer came, what happened is unknown, and asking is the way on.
    fn may_be_repeated(&self) -> bool;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// Why the answer says nothing; the call may have worked all the same.
    fn read(&self, response: &HttpResponse) -> Result<Self::Answer, Self::Error>;
}
