//! Why no answer came, and what that says about the call.

/// Whether a call that got no answer had left. Closed: who asks must say what to do where nobody can tell.
///
/// ```compile_fail,E0004
/// use gateway_http::{Sent, TransportError};
///
/// let may_be_paid_again = match TransportError::Timeout.sent() {
///     Sent::No => true,
/// };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Certainly not: no byte of the request left, and nothing happened.
    No,
    /// Nobody can tell: it may have been carried out, before or after the connection was lost. An inquiry tells.
    Unknown,
}

/// Why no answer came. It holds no value: no URL, no header, no byte of a body.
///
/// A transport of one's own gives the variant that is *certainly* true; where it cannot tell whether the request left, that
/// is [`TransportError::Broken`].
///
/// ```
/// use gateway_http::{Sent, TransportError};
///
/// assert_eq!(TransportError::Connect.sent(), Sent::No);
/// assert_eq!(TransportError::Timeout.sent(), Sent::Unknown);
/// assert_eq!(
///     TransportError::Timeout.to_string(),
///     "no answer in time: what the call did is unknown, and an inquiry is the way on"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The URL is none of http or https, or a header holds what no header can.
    #[error("not sent: the URL or a header of the request is malformed")]
    Malformed,
    /// Plain http to another machine: everybody on the way could read and write it.
    #[error("not sent: plain http goes to this machine alone, and the URL names another one")]
    PlainHttp,
    /// There is no connection: the name is unknown, nobody listens, a proxy refuses, or it took too long.
    #[error("not sent: no connection could be made")]
    Connect,
    /// The certificate of the other side is not one for its name, or nobody that is trusted has signed it.
    #[error("not sent: the certificate of the other side is refused")]
    Certificate,
    /// The two sides agree on no TLS, or the other side speaks none.
    #[error("not sent: no TLS could be agreed on")]
    Tls,
    /// The request left, or a part of it, and no whole answer was there in time.
    #[error("no answer in time: what the call did is unknown, and an inquiry is the way on")]
    Timeout,
    /// The connection was lost, or what came is no whole answer in HTTP.
    #[error("the connection broke: what the call did is unknown, and an inquiry is the way on")]
    Broken,
    /// The answer is larger than [`HttpResponse::MAX_BODY`](crate::HttpResponse::MAX_BODY).
    #[error("the answer is larger than 64 KiB: what the call did is unknown, and an inquiry is the way on")]
    TooLarge,
}

impl TransportError {
    /// Whether the call had left.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self {
            Self::Malformed | Self::PlainHttp | Self::Connect | Self::Certificate | Self::Tls => Sent::No,
            Self::Timeout | Self::Broken | Self::TooLarge => Sent::Unknown,
        }
    }

    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// `malformed`, `plain-http`, `connect`, `certificate`, `tls`, `timeout`, `broken`, `too-large`.
    ///
    /// ```
    /// assert_eq!(gateway_http::TransportError::TooLarge.kind(), "too-large");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::PlainHttp => "plain-http",
            Self::Connect => "connect",
            Self::Certificate => "certificate",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::TooLarge => "too-large",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [TransportError; 8] = [
        TransportError::Malformed,
        TransportError::PlainHttp,
        TransportError::Connect,
        TransportError::Certificate,
        TransportError::Tls,
        TransportError::Timeout,
        TransportError::Broken,
        TransportError::TooLarge,
    ];

    #[test]
    fn every_text_says_whether_the_call_left_and_what_to_do_where_nobody_can_tell() {
        for error in ALL {
            let text = error.to_string();
            assert_eq!(text.starts_with("not sent: "), error.sent() == Sent::No, "{text}");
            assert_eq!(
                text.ends_with(": what the call did is unknown, and an inquiry is the way on"),
                error.sent() == Sent::Unknown,
                "{text}"
            );
        }
    }

    #[test]
    fn every_kind_is_another_word() {
        let mut kinds = ALL.map(|error| error.kind()).to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), ALL.len());
    }
}
