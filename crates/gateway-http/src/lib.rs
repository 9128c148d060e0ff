//! Calls to a payment gateway as values: what to send, how to read what comes back, and who carries it.
//!
//! A gateway's crate makes a [`Call`]; whoever has a client for HTTP carries its [`HttpRequest`], and hands the
//! [`HttpResponse`] to [`Call::read`]. So a shop keeps the client that it has, and every answer can be tried in a
//! test without a socket.
//!
//! That client is a [`Transport`], which a closure can be, and a [`Courier`] carries calls by it: it sends again what may be
//! sent again. The crate opens a socket only behind the feature `reqwest`, which brings `ReqwestTransport` and `TokioClock`;
//! `tracing` brings events with host, path and status, and never a query or a body.
//!
//! ```
//! use gateway_http::{Call, HttpRequest, HttpResponse, Repeat};
//!
//! /// A call that asks for the time of day.
//! struct Time(HttpRequest);
//!
//! impl Call for Time {
//!     type Answer = String;
//!     type Error = std::string::FromUtf8Error;
//!
//!     fn request(&self) -> &HttpRequest {
//!         &self.0
//!     }
//!
//!     fn repeat(&self) -> Repeat {
//!         Repeat::Harmless
//!     }
//!
//!     fn read(&self, response: &HttpResponse) -> Result<String, Self::Error> {
//!         String::from_utf8(response.body().to_vec())
//!     }
//! }
//!
//! let call = Time(HttpRequest::get("https://gateway.example/time"));
//! assert_eq!(call.request().url(), "https://gateway.example/time");
//! assert_eq!(call.read(&HttpResponse::new(200, "12:00"))?, "12:00");
//! # Ok::<(), std::string::FromUtf8Error>(())
//! ```

mod call;
mod call_error;
mod clock;
mod courier;
#[cfg(feature = "reqwest")]
mod over_the_wire;
mod request;
mod response;
mod retries;
mod trace;
mod transport;
mod transport_error;

pub use call::{Call, Repeat};
pub use call_error::CallError;
pub use clock::Clock;
pub use courier::Courier;
#[cfg(feature = "reqwest")]
pub use over_the_wire::{ReqwestBuilder, ReqwestTransport, SetupError, TokioClock};
pub use request::{HttpMethod, HttpRequest};
pub use response::HttpResponse;
pub use retries::Retries;
pub use transport::{BoxFuture, Transport};
pub use transport_error::{Sent, TransportError};
