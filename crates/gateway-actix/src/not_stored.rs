//! The answer to a notification that was not stored.

use crate::answer::not_stored;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use std::error::Error;
use std::fmt;

/// 500 with an empty body: the result is not stored, and the gateway shall repeat it. Never write `callback.bind(…)?` for it:
/// a `BindError`, like an unknown TransID, is mended by no repetition, and no person would hear of it. Write
/// `let Ok(bound) = callback.bind(…) else { … }`, store the callback's signed fields there for a person, and give
/// [`Ack`](crate::Ack).
///
/// Any error becomes one by `?`, like those of a database. It is told to `tracing` with all its sources, when the answer is
/// made, and never to the other side. It is no [`Error`] itself, since else it could not be made of all of them.
///
/// ```
/// use actix_web::ResponseError;
/// use gateway_actix::{Ack, NotStored};
///
/// fn store(full: bool) -> Result<(), std::io::Error> {
///     if full { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
/// }
///
/// fn notify(full: bool) -> Result<Ack, NotStored> {
///     store(full)?;
///     Ok(Ack)
/// }
///
/// assert!(notify(false).is_ok());
/// assert_eq!(notify(true).map_err(|error| error.error_response().status().as_u16()), Err(500));
/// ```
pub struct NotStored(Box<dyn Error + Send + Sync>);

impl NotStored {
    /// Of what is no [`Error`] itself: a text, or a boxed error.
    ///
    /// ```
    /// assert_eq!(gateway_actix::NotStored::new("the disk is full").to_string(), "not stored: the disk is full");
    /// ```
    #[must_use]
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// Why it was not stored.
    #[must_use]
    pub fn cause(&self) -> &(dyn Error + 'static) {
        &*self.0
    }

    /// For the log: why, and what each reason comes from.
    pub(crate) fn chain(&self) -> impl fmt::Display {
        let sources = std::iter::successors(Some(self.cause()), |&error| error.source());
        sources.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for NotStored {
    fn from(cause: E) -> Self {
        Self(Box::new(cause))
    }
}

impl fmt::Debug for NotStored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NotStored").field(&self.0).finish()
    }
}

impl fmt::Display for NotStored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not stored: {}", self.0)
    }
}

impl ResponseError for NotStored {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        tracing::error!(target: "gateway_actix", cause = %self.chain(), status = 500, "notification not stored");
        not_stored()
    }
}
