//! The three extractors: they own the request, and give out nothing but authentic callbacks.

use crate::receiving::Receiving;
use crate::reject::Rejection;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use paygate::{Authentic, Method, Route, Trustly};
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
            type Future = Receiving<M, Self>;

            fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                Receiving::new(request, payload, Route::$route, Self)
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
