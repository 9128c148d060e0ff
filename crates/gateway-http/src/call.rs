//! A call: a request, and the one who can read its answer.

use crate::{HttpRequest, HttpResponse};
use std::error::Error;

/// What sending a call a second time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// No harm: it only asks.
    Harmless,
    /// The gateway knows a repetition again once the first one is *finished*, and carries it out twice while the first
    /// one is open. Before it is sent again, an inquiry must tell that nothing happened; or the first one certainly never
    /// left, which is all that a [`Courier`](crate::Courier) sends it again for.
    KnownWhenFinished,
    /// It is carried out twice.
    Twice,
}

/// A call to a gateway. It is a value: it can be kept, looked at, sent by any client, and its answer read later.
pub trait Call {
    /// What a good answer says.
    type Answer;

    /// Why an answer says nothing.
    type Error: Error;

    /// What to send.
    fn request(&self) -> &HttpRequest;

    /// What sending it a second time does.
    ///
    /// Where no answer came, what happened is unknown; only a call that is [harmless](Repeat::Harmless) may simply be
    /// sent again.
    fn repeat(&self) -> Repeat;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// Why the answer says nothing; the call may have worked all the same.
    fn read(&self, response: &HttpResponse) -> Result<Self::Answer, Self::Error>;
}
