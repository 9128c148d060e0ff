//! What kind of body an answer has, before anything in it is decrypted.

use super::error::AnswerError;
use gateway_http::HttpResponse;
use memchr::memmem;

/// The body of an answer that may hold parameters: not too large, not empty, no HTML, of a good status.
pub(super) fn parameters(response: &HttpResponse) -> Result<&[u8], AnswerError> {
    let (status, body) = (response.status(), response.body());
    if body.len() > HttpResponse::MAX_BODY {
        return Err(AnswerError::TooLarge);
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii();
    if body.is_empty() {
        return Err(AnswerError::Empty { status });
    }
    // The text tells more than the status, with which it comes as 200 or as 500. It is looked for outside HTML too, but
    // not in pairs: a Description may say so.
    if memmem::find(body, b"Unexpected exception").is_some() && !body.contains(&b'=')
        || is_exception_page(body)
    {
        return Err(AnswerError::UnexpectedException);
    }
    if body.starts_with(b"<") {
        return Err(AnswerError::Html { status });
    }
    if !response.is_success() {
        return Err(AnswerError::Status { status });
    }
    Ok(body)
}

fn is_exception_page(body: &[u8]) -> bool {
    body.starts_with(b"<") && memmem::find(body, b"Unexpected exception").is_some()
}
