//! Why no handler gets a callback, and the answer, which is the same for every reason.

use crate::answer::{acknowledged, not_stored, see_other};
use crate::checking_page::CheckingPage;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use paygate::{OpenError, Route, VerifyError};

/// Why no handler gets a callback.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RejectReason {
    /// It was not made by Paygate for this merchant, or it was and cannot be applied ([`VerifyError::kept`]).
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// It was to be stored for a person, and [the hook for that](crate::Callbacks::on_inapplicable) could not. `tracing`
    /// has the cause.
    #[error("on_inapplicable did not store a result that is for a person: {0}")]
    NotStored(VerifyError),
    /// The inbox could not store a genuine result. `tracing` has the cause.
    #[error("the inbox did not store a genuine result")]
    Inbox,
    /// The body was not there in time.
    #[error("the body was not there in time")]
    Timeout,
    /// The body broke off, or its chunks are malformed.
    #[error("the body broke off or is malformed")]
    Body,
    /// Its extraction was dropped before it came to an end: another extractor of the same handler refused the request, or
    /// the server dropped the connection. What was answered, if anything, was decided there.
    #[error(
        "another extractor refused the request before the callback was read, or the connection is gone. Where that \
         extractor reads the body, beside, before or after the callback, take it away: web::Form, web::Json, web::Bytes, \
         web::Payload, String"
    )]
    Abandoned,
    /// The developer's mistake: somebody has read the body before, or a part of it.
    #[error(
        "another extractor or a middleware has read the body, or a part of it. Of one request only one can: take the \
         callback alone, without web::Form, web::Json, web::Bytes, web::Payload or String beside, before or after it in \
         the handler's arguments; two of UrlSuccess, UrlFailure and UrlNotify are one too many also"
    )]
    BodyAlreadyConsumed,
    /// The developer's mistake: nobody told whose callbacks these are.
    #[error(
        "there is no Callbacks in the app's data: add `.app_data(callbacks.clone())` to the App, without web::Data"
    )]
    NotConfigured,
}

impl RejectReason {
    /// What kind of reason it is: a word that stays the same from release to release.
    ///
    /// The words of [`VerifyError::kind`], and `not-stored`, `timeout`, `body`, `abandoned`,
    /// `body-already-consumed`, `not-configured`.
    ///
    /// ```
    /// use gateway_actix::RejectReason;
    /// use paygate::VerifyError;
    ///
    /// assert_eq!(RejectReason::from(VerifyError::Mac).kind(), "mac");
    /// assert_eq!(RejectReason::BodyAlreadyConsumed.kind(), "body-already-consumed");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Verify(error) => error.kind(),
            Self::NotStored(_) | Self::Inbox => "not-stored",
            Self::Timeout => "timeout",
            Self::Body => "body",
            Self::Abandoned => "abandoned",
            Self::BodyAlreadyConsumed => "body-already-consumed",
            Self::NotConfigured => "not-configured",
        }
    }

    /// Whether it is the shop's own fault, and not that of whoever called.
    fn is_ours(&self) -> bool {
        matches!(self, Self::NotStored(_) | Self::Inbox | Self::BodyAlreadyConsumed | Self::NotConfigured)
    }
}

impl From<OpenError> for RejectReason {
    fn from(error: OpenError) -> Self {
        Self::Verify(error.into())
    }
}

/// A callback that no handler gets. As an answer it is opaque: who called learns nothing of the reason.
///
/// | at | the answer |
/// |---|---|
/// | URLNotify | 500 with an empty body, so that Paygate repeats it; 200 with an empty body where [`on_inapplicable`](crate::Callbacks::on_inapplicable) stored it |
/// | URLSuccess, URLFailure | 303 to the [`CheckingPage`] |
/// | any, without [`Callbacks`](crate::Callbacks) in the app's data | 500 with an empty body |
///
/// # In a `Result`
///
/// A handler that wants to see it takes a `Result`, and gives the `Err` back as its answer; with another answer whoever
/// called would learn something:
///
/// ```
/// use gateway_actix::{Ack, Rejection, UrlNotify};
/// use paygate::Trustly;
///
/// async fn notify(callback: Result<UrlNotify<Trustly>, Rejection>) -> Result<Ack, Rejection> {
///     let callback = callback?; // or look at `rejection.reason()` first
///     assert!(!callback.trans_id().as_str().is_empty());
///     Ok(Ack)
/// }
/// ```
///
/// **Take a callback neither in `Option` nor in `Either`.** actix would swallow the rejection and call the handler all the
/// same, for a forged callback too, and with its `Ack` Paygate would take as stored what was refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("callback at URL{} rejected: {reason}", spelling(*route))]
pub struct Rejection {
    route: Route,
    method: &'static str,
    reason: RejectReason,
    answer: Answer,
}

/// What the other side gets.
#[derive(Clone, Debug)]
enum Answer {
    Acknowledged,
    NotStored,
    SeeOther(CheckingPage),
}

impl Rejection {
    pub(crate) fn not_configured(route: Route, method: &'static str) -> Self {
        Self { route, method, reason: RejectReason::NotConfigured, answer: Answer::NotStored }.told()
    }

    /// `stored` says that a person will see it, so that it need not come again.
    pub(crate) fn new(
        route: Route,
        method: &'static str,
        reason: RejectReason,
        page: &CheckingPage,
        stored: bool,
    ) -> Self {
        let answer = match route {
            Route::Success | Route::Failure => Answer::SeeOther(page.clone()),
            Route::Notify if stored => Answer::Acknowledged,
            Route::Notify => Answer::NotStored,
        };
        Self { route, method, reason, answer }.told()
    }

    /// Which URL was called.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route
    }

    /// The name of the payment method, for example `trustly`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &RejectReason {
        &self.reason
    }

    /// Tells `tracing`, once: words and rules, no values.
    fn told(self) -> Self {
        let (route, kind) = (self.route.as_str(), self.reason.kind());
        let (method, status) = (self.method, self.status_code().as_u16());
        if self.reason.is_ours() {
            tracing::error!(target: "gateway_actix", route, method, kind, status, reason = %self.reason, "callback rejected");
        } else {
            tracing::warn!(target: "gateway_actix", route, method, kind, status, reason = %self.reason, "callback rejected");
        }
        self
    }
}

impl ResponseError for Rejection {
    fn status_code(&self) -> StatusCode {
        match self.answer {
            Answer::Acknowledged => StatusCode::OK,
            Answer::NotStored => StatusCode::INTERNAL_SERVER_ERROR,
            Answer::SeeOther(_) => StatusCode::SEE_OTHER,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match &self.answer {
            Answer::Acknowledged => acknowledged(),
            Answer::NotStored => not_stored(),
            Answer::SeeOther(page) => see_other(page.location()),
        }
    }
}

fn spelling(route: Route) -> &'static str {
    match route {
        Route::Success => "Success",
        Route::Failure => "Failure",
        Route::Notify => "Notify",
    }
}
