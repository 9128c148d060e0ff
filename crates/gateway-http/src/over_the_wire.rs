//! The transport that opens sockets, and the clock that goes with it.

mod answer;
mod builder;
mod clock;
mod destination;
mod failure;
mod setup_error;
mod tls;
mod transport;

pub use builder::ReqwestBuilder;
pub use clock::TokioClock;
pub use setup_error::SetupError;
pub use transport::ReqwestTransport;
