//! What an error of `reqwest` says about the call. Its texts are not kept: they hold URLs.

use crate::TransportError;
use rustls::Error as TlsError;
use std::error::Error;
use std::io;

/// The error as ours. What is not certain to have come before the request left counts as unknown.
pub(super) fn failure(error: &reqwest::Error) -> TransportError {
    if error.is_builder() {
        TransportError::Malformed
    } else if error.is_connect() {
        match tls(error) {
            Some(TlsError::InvalidCertificate(_) | TlsError::NoCertificatesPresented) => {
                TransportError::Certificate
            }
            Some(_) => TransportError::Tls,
            None => TransportError::Connect,
        }
    } else if error.is_timeout() {
        TransportError::Timeout
    } else {
        TransportError::Broken
    }
}

/// What TLS said, where it was TLS that failed.
fn tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a TlsError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An error of I/O does not name the error in it as its source, but the source of that one.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}
