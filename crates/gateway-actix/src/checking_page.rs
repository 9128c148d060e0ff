//! The neutral page that all browsers are led to: "we are checking your payment".

use crate::answer::see_other;
use actix_web::http::header::HeaderValue;
use actix_web::http::uri::Uri;
use actix_web::{HttpRequest, HttpResponse, Responder};
use std::fmt;
use std::str::FromStr;

/// Where browsers go that come back from the bank, whatever they bring: a path of the shop, or an http(s) URL.
///
/// As a responder it is a 303 to that page, kept by no cache, and without a `Referer`, since the URL that the browser comes
/// from holds `Data`. Rejected callbacks are answered with the very same bytes, so that nobody can try out what holds.
///
/// The page tells the state of the order of the customer's *session*, from the shop's database; that the browser came says
/// nothing.
///
/// ```
/// use gateway_actix::{CheckingPage, CheckingPageError};
///
/// assert!(CheckingPage::new("/checkout/checking").is_ok());
/// assert!(CheckingPage::new("https://shop.example/checking?lang=de").is_ok());
/// assert_eq!(CheckingPage::new("//shop.example/checking"), Err(CheckingPageError::OtherHost));
/// assert_eq!(CheckingPage::new("checking"), Err(CheckingPageError::Relative));
/// assert_eq!(CheckingPage::new("/checking\r\nSet-Cookie: a=b"), Err(CheckingPageError::Character));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CheckingPage(HeaderValue);

impl CheckingPage {
    /// Takes a path that begins with one `/`, or a URL with `http` or `https`.
    ///
    /// # Errors
    ///
    /// The rule that it breaks.
    pub fn new(page: &str) -> Result<Self, CheckingPageError> {
        if page.starts_with("//") || page.starts_with("/\\") {
            return Err(CheckingPageError::OtherHost);
        }
        // What RFC 3986 has no place for; a backslash is a slash to browsers.
        if !page.bytes().all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte)) {
            return Err(CheckingPageError::Character);
        }
        let value = HeaderValue::from_str(page).map_err(|_| CheckingPageError::Character)?;
        if page.starts_with('/') {
            return Ok(Self(value));
        }
        let url: Uri = page.parse().map_err(|_| CheckingPageError::Relative)?;
        match (url.scheme_str(), url.host()) {
            (Some("http" | "https"), Some(host)) if !host.is_empty() => Ok(Self(value)),
            _ => Err(CheckingPageError::Relative),
        }
    }

    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &HeaderValue {
        &self.0
    }
}

impl FromStr for CheckingPage {
    type Err = CheckingPageError;

    fn from_str(page: &str) -> Result<Self, CheckingPageError> {
        Self::new(page)
    }
}

impl fmt::Debug for CheckingPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CheckingPage").field(&self.as_str()).finish()
    }
}

impl Responder for CheckingPage {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        see_other(&self.0)
    }
}

/// A text names no page to lead browsers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckingPageError {
    /// Browsers would take what follows for a host.
    #[error("the page must not begin with `//` or `/\\`, which browsers read as another host")]
    OtherHost,
    /// A character that no URL holds: a control, a blank, a quote, a backslash, or one that is not ASCII.
    #[error("the page holds a character that no URL has; percent-encode it")]
    Character,
    /// Neither a path of the shop nor a URL.
    #[error(
        "the page must be a path that begins with `/`, or a URL that begins with `https://` or `http://`"
    )]
    Relative,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_no_other_host_by_accident() {
        for page in ["//evil.example", "/\\evil.example", "//", "/\\"] {
            assert_eq!(CheckingPage::new(page), Err(CheckingPageError::OtherHost), "{page}");
        }
        for page in [
            "",
            "checking",
            "javascript:alert(1)",
            "ftp://shop.example/",
            "http:",
            "https:///x",
            "mailto:a@b",
        ] {
            assert_eq!(CheckingPage::new(page), Err(CheckingPageError::Relative), "{page}");
        }
    }

    #[test]
    fn a_page_holds_nothing_that_could_end_its_header() {
        for character in ["\r", "\n", "\t", "\0", " ", "\x7F", "ü", "\"", "\\", "<"] {
            let page = format!("/checking{character}x");
            assert_eq!(CheckingPage::new(&page), Err(CheckingPageError::Character), "{page:?}");
        }
    }

    #[test]
    fn paths_and_urls_are_kept_as_they_were_given() {
        for page in [
            "/",
            "/checking?lang=de#state",
            "https://shop.example/checking",
            "http://127.0.0.1:8080/checking",
        ] {
            assert_eq!(CheckingPage::new(page).unwrap().as_str(), page);
        }
    }
}
