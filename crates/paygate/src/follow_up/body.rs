//! What kind of body an answer has, before anything in it is decrypted.

use super::error::AnswerError;
use gateway_http::HttpResponse;
use memchr::memmem;

/// The body of an answer that may hold parameters: not too large, not empty, no HTML.
pub(super) fn parameters(response: &HttpResponse) -> Result<&[u8], AnswerError> {
    let (status, body) = (response.status(), response.body());
    if body.len() > HttpResponse::MAX_BODY {
        return Err(AnswerError::TooLarge);
    }
    let body = body.trim_ascii();
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii();
    if body.is_empty() {
        return Err(AnswerError::Empty { status });
    }
    // The words tell more than the status, with which they come as 200 or as 500. Beside parameters they are a
    // Description's.
    let holds = |words: &[u8]| memmem::find(body, words).is_some();
    if holds(b"Unexpected exception") && !holds(b"Data=") && !holds(b"Code=") {
        return Err(AnswerError::UnexpectedException);
    }
    if body.starts_with(b"<") {
        return Err(AnswerError::Html { status });
    }
    Ok(body)
}
