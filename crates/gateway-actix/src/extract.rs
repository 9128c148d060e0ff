//! The three extractors: they own the request, and give out nothing but authentic callbacks.

use crate::body;
use crate::callbacks::Callbacks;
use crate::reject::{RejectReason, Rejection};
use crate::unread::Unread;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use paygate::{Authentic, Method, RawCallback, Route, Trustly};
use std::fmt;
use std::ops::Deref;

macro_rules! extractors {
    ($($(#[$doc:meta])* $name:ident at $route:ident)+) => {$(
        $(#[$doc])*
        ///
        /// It owns the request: it reads query and body itself, whatever content type and charset are declared, at most 64 KiB
        /// together. What is refused becomes a [`Rejection`], and no handler is called; take it as it is, or in a
        /// [`Result`](Rejection#in-a-result), but neither in `Option` nor in `Either`.
        pub struct $name<M: Method = Trustly>(Authentic<M>);

        impl<M: Method> $name<M> {
            /// The callback by itself.
            #[must_use]
            pub fn into_inner(self) -> Authentic<M> {
                self.0
            }
        }

        impl<M: Method> Deref for $name<M> {
            type Target = Authentic<M>;

            fn deref(&self) -> &Authentic<M> {
                &self.0
            }
        }

        impl<M: Method> fmt::Debug for $name<M> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl<M: Method + 'static> FromRequest for $name<M> {
            type Error = Rejection;
            type Future = LocalBoxFuture<'static, Result<Self, Rejection>>;

            fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                let (request, body) = (request.clone(), Unread::take(request, payload));
                Box::pin(async move { receive(&request, body, Route::$route).await.map(Self) })
            }
        }
    )+};
}

extractors! {
    /// A callback at URLSuccess, by the customer's browser: paid, open or authorized; a failed one is refused, since somebody
    /// copied it there.
    ///
    /// A route for browsers changes no order: answer with the [`CheckingPage`](crate::CheckingPage).
    UrlSuccess at Success
    /// A callback at URLFailure, by the customer's browser: failed, nothing else.
    ///
    /// A route for browsers changes no order: answer with the [`CheckingPage`](crate::CheckingPage).
    UrlFailure at Failure
    /// A callback at URLNotify, from Paygate's server: every result.
    ///
    /// There is no outcome before [`bind`](Authentic::bind). Answer with [`Ack`](crate::Ack) once the result is durably
    /// stored, else with [`NotStored`](crate::NotStored).
    ///
    /// ```
    /// use actix_web::web::Data;
    /// use gateway_actix::{Ack, NotStored, UrlNotify};
    /// use paygate::{Expected, Outcome, Signed, TransId, Trustly};
    ///
    /// # struct Shop;
    /// # impl Shop {
    /// #     async fn attempt(&self, _: &TransId) -> std::io::Result<Option<Expected>> { Ok(None) }
    /// #     async fn store(&self, _: Outcome, _: Expected) -> std::io::Result<()> { Ok(()) }
    /// #     async fn needs_a_person(&self, _: &Signed) -> std::io::Result<()> { Ok(()) }
    /// # }
    /// async fn notify(callback: UrlNotify<Trustly>, shop: Data<Shop>) -> Result<Ack, NotStored> {
    ///     let expected = shop.attempt(callback.trans_id()).await?;
    ///     match expected.and_then(|expected| callback.bind(&expected).ok()) {
    ///         Some(bound) => shop.store(bound.outcome(), bound.expected()).await?,
    ///         None => shop.needs_a_person(callback.signed()).await?, // unknown, or paid twice: repeating mends nothing
    ///     }
    ///     Ok(Ack)
    /// }
    /// ```
    UrlNotify at Notify
}

async fn receive<M: Method>(
    request: &HttpRequest,
    body: Unread,
    route: Route,
) -> Result<Authentic<M>, Rejection> {
    let Some(callbacks) = Callbacks::of(request) else {
        return Err(Rejection::not_configured(route, M::NAME));
    };
    let unfinished = Unfinished { callbacks, route, method: M::NAME };
    let query = request.query_string().as_bytes();
    let limit = RawCallback::MAX_BYTES.saturating_sub(query.len());
    let opened = match body::read(request, body, limit, callbacks.timeout()).await {
        Ok(body) => open(callbacks, &RawCallback::post(route, &body).with_query(query)).await,
        Err(reason) => Err((reason, false)),
    };
    unfinished.finish();
    match opened {
        Ok(callback) => {
            callbacks.accept(route);
            Ok(callback)
        }
        Err((reason, stored)) => Err(callbacks.reject(route, M::NAME, reason, stored)),
    }
}

/// What is authentic is stored, where there is somebody who stores it. Why a callback is refused, and whether it is stored all the
/// same.
async fn open<M: Method>(
    callbacks: &Callbacks,
    raw: &RawCallback<'_>,
) -> Result<Authentic<M>, (RejectReason, bool)> {
    match callbacks.merchants().open(raw) {
        Ok(callback) => match callbacks.keep(raw, &callback).await {
            Ok(()) => Ok(callback),
            Err(reason) => Err((reason, false)),
        },
        Err(error) => Err(callbacks.keep_inapplicable::<M>(raw, error).await),
    }
}

/// Tells of an extraction that is dropped before its end; nobody else would.
struct Unfinished<'a> {
    callbacks: &'a Callbacks,
    route: Route,
    method: &'static str,
}

impl Unfinished<'_> {
    fn finish(self) {
        std::mem::forget(self);
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let _ = self.callbacks.reject(self.route, self.method, RejectReason::Abandoned, false);
    }
}
