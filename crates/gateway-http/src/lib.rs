//! Calls to a payment gateway as values: what to send, and how to read what comes back, without any I/O.
//!
//! A gateway's crate makes a [`Call`]; whoever has a client for HTTP carries its [`HttpRequest`], and hands the
//! [`HttpResponse`] to [`Call::read`]. So a shop keeps the client that it has, and every answer can be tried in a
//! test without a socket.
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
mod request;
mod response;

pub use call::{Call, Repeat};
pub use request::{HttpMethod, HttpRequest};
pub use response::HttpResponse;
