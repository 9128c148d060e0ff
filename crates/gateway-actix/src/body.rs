//! Reading a body: any content type and charset, so many bytes, so long.

use crate::patience::Patience;
use crate::reject::RejectReason;
use crate::unread::{Unread, is_taken};
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::http::{Method, Version, header};
use actix_web::web::Bytes;
use paygate::OpenError;
use std::mem;
use std::ops::Deref;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A body of at most `limit` bytes that is being read, for no longer than there is patience.
///
/// What is larger is refused by its announced length, or at the first chunk that is too much; the rest is left unread.
pub(crate) struct Reading {
    body: Unread,
    announced: Announced,
    limit: usize,
    read: Body,
    patience: Patience,
}

impl Reading {
    /// Refuses what cannot become a body by its head alone.
    pub(crate) fn begin(
        request: &HttpRequest,
        body: Unread,
        limit: usize,
        patience: Duration,
    ) -> Result<Self, RejectReason> {
        let announced = Announced::by(request)?;
        match announced {
            Announced::Bytes(_) | Announced::Some if body.is_none() => Err(RejectReason::BodyAlreadyConsumed),
            Announced::Bytes(bytes) if bytes > limit => Err(OpenError::TooLarge.into()),
            _ => Ok(Self { body, announced, limit, read: Body::default(), patience: Patience::of(patience) }),
        }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Body, RejectReason>> {
        loop {
            let chunk = match self.body.poll_next(context) {
                Poll::Ready(chunk) => chunk,
                Poll::Pending => {
                    ready!(self.patience.poll_over(context));
                    return Poll::Ready(Err(RejectReason::Timeout));
                }
            };
            match chunk {
                None => return Poll::Ready(self.whole()),
                Some(Ok(chunk)) if chunk.len() > self.limit.saturating_sub(self.read.len()) => {
                    return Poll::Ready(Err(OpenError::TooLarge.into()));
                }
                Some(Ok(chunk)) => self.read.push(chunk, self.announced),
                Some(Err(error)) if is_taken(&error) => {
                    return Poll::Ready(Err(RejectReason::BodyAlreadyConsumed));
                }
                Some(Err(_)) => return Poll::Ready(Err(RejectReason::Body)),
            }
        }
    }

    fn whole(&mut self) -> Result<Body, RejectReason> {
        match self.announced {
            // actix itself reports a body that breaks off: what is missing here, a middleware kept to itself.
            Announced::Bytes(bytes) if self.read.len() < bytes => Err(RejectReason::BodyAlreadyConsumed),
            _ => Ok(mem::take(&mut self.read)),
        }
    }
}

/// The bytes of a body. Most come in one chunk, and that one is not copied.
pub(crate) enum Body {
    Chunk(Bytes),
    Joined(Vec<u8>),
}

impl Body {
    fn push(&mut self, chunk: Bytes, announced: Announced) {
        match self {
            Self::Chunk(first) if first.is_empty() => *first = chunk,
            Self::Chunk(first) => {
                let together = first.len().saturating_add(chunk.len());
                let mut joined = Vec::with_capacity(announced.bytes().max(together));
                joined.extend_from_slice(first);
                joined.extend_from_slice(&chunk);
                *self = Self::Joined(joined);
            }
            Self::Joined(joined) => joined.extend_from_slice(&chunk),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Chunk(Bytes::new())
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Chunk(chunk) => chunk,
            Self::Joined(joined) => joined,
        }
    }
}

/// What the head of a request says about its body.
#[derive(Clone, Copy)]
enum Announced {
    Nothing,
    Bytes(usize),
    /// Chunked, or in the frames of HTTP/2.
    Some,
}

impl Announced {
    fn by(request: &HttpRequest) -> Result<Self, RejectReason> {
        // HTTP/1.0 knows no chunks, and `identity` is none.
        if request.version() == Version::HTTP_11 && request.chunked().unwrap_or(false) {
            return Ok(Self::Some);
        }
        match request.headers().get(header::CONTENT_LENGTH) {
            Some(length) => match length.to_str().map(|text| text.trim().parse::<u64>()) {
                Ok(Ok(0)) => Ok(Self::Nothing),
                Ok(Ok(bytes)) => Ok(Self::Bytes(usize::try_from(bytes).unwrap_or(usize::MAX))),
                _ => Err(RejectReason::Body),
            },
            None if request.version() < Version::HTTP_2 => Ok(Self::Nothing),
            None if [Method::GET, Method::HEAD].contains(request.method()) => Ok(Self::Nothing),
            None => Ok(Self::Some),
        }
    }

    /// How many will come, if that is known.
    fn bytes(self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Nothing | Self::Some => 0,
        }
    }
}
