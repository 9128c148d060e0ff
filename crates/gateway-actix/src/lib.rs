//! Payment callbacks and redirects in actix-web: extractors that verify, responders that tell nothing.
//!
//! A handler that takes [`UrlNotify`] is called for callbacks alone that Paygate made for this shop; what else comes is
//! counted, logged and answered without it, alike for every reason. What a payment came to, the callback tells only after
//! it was held against the attempt that the shop stored.
//!
//! # A shop
//!
//! ```
//! use actix_web::web::{self, Data};
//! use gateway_actix::{Ack, Callbacks, CheckingPage, NotStored, Redirect, UrlFailure, UrlNotify, UrlSuccess};
//! use paygate::{Expected, Merchant, Outcome, Signed, TransId, Trustly};
//! use std::collections::{HashMap, HashSet};
//! use std::sync::{Mutex, MutexGuard, PoisonError};
//!
//! /// A state never falls, since callbacks may overtake each other.
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
//! enum State { Redirected, Open, Failed, Paid }
//!
//! /// Stands for the database.
//! #[derive(Default)]
//! struct Shop {
//!     attempts: Mutex<HashMap<TransId, (Expected, State)>>,
//!     for_a_person: Mutex<HashSet<Signed>>, // once each, however often it comes
//! }
//!
//! fn locked<T>(table: &Mutex<T>) -> MutexGuard<'_, T> {
//!     table.lock().unwrap_or_else(PoisonError::into_inner)
//! }
//!
//! /// Sends the customer to Paygate.
//! async fn checkout(merchant: Data<Merchant>, shop: Data<Shop>) -> Result<Redirect, Box<dyn std::error::Error>> {
//!     # let request = paygate::testing::request("order-1", 1999);
//!     let sealed = merchant.seal(&request)?; // `request` is a `trustly::PaymentRequest`
//!     let expected = sealed.expected;
//!     let attempt = (expected, State::Redirected);
//!     locked(&shop.attempts).insert(*expected.attempt().trans_id(), attempt); // before the customer leaves
//!     Ok(sealed.redirect.into())
//! }
//!
//! /// Paygate tells how it went, maybe several times.
//! async fn notify(callback: UrlNotify<Trustly>, shop: Data<Shop>) -> Result<Ack, NotStored> {
//!     let mut attempts = locked(&shop.attempts);
//!     let attempt = attempts.get_mut(callback.trans_id());
//!     let bound = attempt.and_then(|attempt| Some((callback.bind(&attempt.0).ok()?, attempt)));
//!     let state = bound.as_ref().and_then(|(bound, _)| match bound.outcome() {
//!         Outcome::Paid(_) => Some(State::Paid),
//!         Outcome::Open(_) => Some(State::Open),
//!         Outcome::Failed(_) => Some(State::Failed),
//!         Outcome::Authorized(_) => None, // no status of Trustly's
//!     });
//!     match (bound, state) {
//!         (Some((bound, attempt)), Some(state)) => *attempt = (bound.expected(), attempt.1.max(state)),
//!         // Unknown, or paid twice: repeating mends nothing.
//!         _ => { locked(&shop.for_a_person).insert(*callback.signed()); }
//!     }
//!     Ok(Ack) // it is stored; with an error by `?` Paygate would repeat it
//! }
//!
//! /// The customer comes back. The order is not touched: the page asks the database for its state.
//! async fn success(_: UrlSuccess<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
//!     page.get_ref().clone()
//! }
//!
//! async fn failure(_: UrlFailure<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
//!     page.get_ref().clone()
//! }
//!
//! /// The same for the three places where an app is made: main, tests, and here.
//! fn routes(config: &mut web::ServiceConfig) {
//!     config
//!         .route("/checkout", web::post().to(checkout))
//!         .service(web::resource("/success").route(web::get().to(success)).route(web::post().to(success)))
//!         .service(web::resource("/failure").route(web::get().to(failure)).route(web::post().to(failure)))
//!         .route("/notify", web::post().to(notify));
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use actix_web::{App, test};
//! # actix_web::rt::System::new().block_on(async {
//! # let merchant = paygate::testing::merchant();
//! let shop = Data::new(Shop::default());
//! let page = CheckingPage::new("/checking")?;
//! let kept = shop.clone();
//! let callbacks = Callbacks::new(merchant.clone(), page.clone()).on_inapplicable(move |result| {
//!     let kept = kept.clone();
//!     async move {
//!         locked(&kept.for_a_person).insert(*result.signed());
//!         Ok::<_, NotStored>(())
//!     }
//! });
//! // In main: HttpServer::new(move || App::new() …).bind(("127.0.0.1", 8080))?.run().await
//! let app = App::new()
//!     .app_data(callbacks.clone())
//!     .app_data(Data::new(merchant.clone()))
//!     .app_data(Data::new(page.clone()))
//!     .app_data(shop.clone())
//!     .configure(routes);
//!
//! # let app = test::init_service(app).await;
//! // In a test of the shop, with the feature `testing` of `paygate`:
//! let leaves = test::TestRequest::post().uri("/checkout").to_request();
//! assert_eq!(test::call_service(&app, leaves).await.status(), 200);
//! let expected = paygate::testing::expected(&merchant, "order-1", 1999);
//! let paid = paygate::testing::Callback::paid(&expected).form(&merchant)?;
//! let told = test::TestRequest::post().uri("/notify").set_payload(paid.clone()).to_request();
//! assert_eq!(test::call_service(&app, told).await.status(), 200);
//! let forged = test::TestRequest::post().uri("/notify").set_payload("Len=8&Data=0011223344556677").to_request();
//! assert_eq!(test::call_service(&app, forged).await.status(), 500);
//! # let other = paygate::testing::Callback::paid(&paygate::testing::expected(&merchant, "order-2", 1999)).form(&merchant)?;
//! # for _ in 0..3 {
//! #     let told = test::TestRequest::post().uri("/notify").set_payload(other.clone()).to_request();
//! #     assert_eq!(test::call_service(&app, told).await.status(), 200);
//! # }
//! # assert_eq!(locked(&shop.for_a_person).len(), 1);
//! let returns = test::TestRequest::get().uri(&format!("/success?{paid}")).to_request();
//! assert_eq!(test::call_service(&app, returns).await.status(), 303);
//! assert_eq!(locked(&shop.attempts)[expected.attempt().trans_id()].1, State::Paid);
//! assert_eq!(callbacks.counts().rejected(paygate::Route::Notify, "mac-missing"), 1);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! How to write the routes, and why so: the guide `callbacks` of the crate `paygate`.
//!
//! # What passes where
//!
//! | extractor | who calls | what passes | a rejected one is answered with |
//! |---|---|---|---|
//! | [`UrlSuccess`] | the customer's browser | paid, open, authorized | 303 to the [`CheckingPage`] |
//! | [`UrlFailure`] | the customer's browser | failed | 303 to the [`CheckingPage`] |
//! | [`UrlNotify`] | Paygate's server | every result | 500, empty |
//!
//! [`UrlNotify`] names the method that it takes, as in `UrlNotify<Swish>`; Trustly where nothing is named. They give out an
//! [`Authentic`](paygate::Authentic), and there is no outcome of it before [`bind`](paygate::Authentic::bind).
//!
//! # What they read
//!
//! The query and the body, of any HTTP method that the shop routes to them, together at most
//! [64 KiB](paygate::RawCallback::MAX_BYTES). A body of any content type and declared charset, announced or chunked; it must
//! be there within [10 seconds](Callbacks::TIMEOUT). Escapes and bytes need not be UTF-8. A raw byte over 0x7F in a *query*
//! reaches no app: it stands in the request line, and actix answers 400 to what is no URI. A compressed body is not
//! unpacked; Paygate sends none. All of it is tested over HTTP/1; HTTP/2 is not tested.
//!
//! They own the body. A handler that takes `web::Form`, `web::Json`, `web::Bytes` or `String` beside them, before or after,
//! gets no callback: [`RejectReason::BodyAlreadyConsumed`] or [`RejectReason::Abandoned`], and the log says what to change.
//! Take them neither in `Option` nor in `Either`, which [swallow the rejection](Rejection#in-a-result).
//!
//! A client that hangs up does not stop a running handler over HTTP/1: it runs to its end, and its answer goes nowhere. One
//! that resets the connection does stop it, where it awaits; so what belongs together belongs in one transaction.
//!
//! # What is told
//!
//! Each rejection once: to `tracing` (target `gateway_actix`, with `route`, `method`, `kind`, `status` and `reason`, no
//! values), to [`Callbacks::on_reject`], and to [`Callbacks::counts`]. Results that are authentic and cannot be applied go
//! to [`Callbacks::on_inapplicable`] first. Who calls learns nothing: body and headers are the same for every reason, but for
//! `Connection`: one whose body was not read to its end is closed, after actix's `client_disconnect_timeout`, by default a
//! second. How long an answer takes is not hidden.
//!
//! # What is not supported
//!
//! Without an inbox, callbacks are not remembered: the same one may come many times, and the handler acts once. Other gateways
//! than Paygate are not there yet. Behind a proxy nothing changes, since no address
//! of the caller is looked at; access logs are the shop's, and should leave out query strings, which hold `Data`.
//!
//! # Features
//!
//! - **paygate** (default): all but [`Ack`] and [`NotStored`], which serve every gateway.
//! - **inbox**: `Callbacks::with_inbox`: what an extractor gives out is durably stored before, in a `gateway_inbox::Inbox`,
//!   whose worker handles it once.

mod ack;
mod answer;
#[cfg(feature = "paygate")]
mod body;
#[cfg(feature = "paygate")]
mod callbacks;
#[cfg(feature = "paygate")]
mod checking_page;
#[cfg(feature = "paygate")]
mod counts;
#[cfg(feature = "paygate")]
mod extract;
#[cfg(feature = "paygate")]
mod inapplicable;
#[cfg(feature = "inbox")]
mod inbox;
#[cfg(feature = "paygate")]
mod kept;
#[cfg(all(doctest, feature = "paygate"))]
mod misuse;
mod not_stored;
#[cfg(feature = "paygate")]
mod patience;
#[cfg(feature = "paygate")]
mod receiving;
#[cfg(feature = "paygate")]
mod redirect;
#[cfg(feature = "paygate")]
mod reject;
#[cfg(feature = "paygate")]
mod unread;

pub use ack::Ack;
pub use not_stored::NotStored;

#[cfg(feature = "paygate")]
pub use {
    callbacks::Callbacks,
    checking_page::{CheckingPage, CheckingPageError},
    counts::Counts,
    extract::{UrlFailure, UrlNotify, UrlSuccess},
    inapplicable::Inapplicable,
    redirect::Redirect,
    reject::{RejectReason, Rejection},
};
