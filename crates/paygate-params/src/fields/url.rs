//! URLs that Paygate calls or shows: checked, and then kept byte for byte.
//!
//! A general URL parser normalises, and Paygate would then call another text than the shop wrote. This one
//! only decides; the tests hold it against the `url` crate.

use super::host::HostName;
use super::{parse_traits, redacted_debug, text_on_the_wire};
use crate::format::{FormatError, is_blank};
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

/// The rule that a URL breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UrlRule {
    /// It does not begin with `https://` (plain `http://` is for loopback addresses alone).
    #[error("it must begin with https://")]
    Scheme,
    /// It holds a user name or a password.
    #[error("it must hold no user name and no password")]
    UserInfo,
    /// The host is no name of letters, digits and hyphens, and no IP address.
    #[error("its host is neither a name nor an IP address")]
    Host,
    /// It names another port than 443.
    #[error("its port must be 443")]
    Port,
    /// It holds a query; Paygate's pages point to `UserData` for that.
    #[error("it must have no parameters; use UserData for them")]
    Query,
    /// It holds a fragment.
    #[error("it must have no fragment")]
    Fragment,
    /// The path holds a character that needs percent-encoding, or a `&`, which cannot be sent at all.
    #[error("its path holds a character that is not allowed")]
    PathCharacter,
    /// A `%` is not followed by two hex digits.
    #[error("its path holds a % without two hex digits")]
    PercentEncoding,
    /// The path holds a segment `.` or `..`.
    #[error("its path holds a dot segment")]
    DotSegment,
}

/// What the kinds of URL differ in.
#[derive(Clone, Copy)]
struct Rules {
    any_port: bool,
    query: bool,
    loopback_http: bool,
}

/// What was found on the way.
struct Parts {
    loopback_http: bool,
    /// Where scheme, host and port end.
    origin_end: usize,
}

const MAX: usize = 256;

fn check(text: &str, rules: Rules) -> Result<Parts, FormatError> {
    if text.is_empty() {
        return Err(FormatError::Empty);
    }
    if text.starts_with(is_blank) || text.ends_with(is_blank) {
        return Err(FormatError::BlankAtEnd);
    }
    let count = text.chars().count();
    if count > MAX {
        return Err(FormatError::TooLong { max: MAX, found: count });
    }
    if let Some(index) = text.chars().position(|c| !c.is_ascii_graphic()) {
        return Err(FormatError::Character {
            position: index.saturating_add(1),
            allowed: "ASCII without blanks",
        });
    }
    parts(text, rules).map_err(FormatError::Url)
}

fn parts(text: &str, rules: Rules) -> Result<Parts, UrlRule> {
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) if rules.loopback_http => (false, rest),
        _ => return Err(UrlRule::Scheme),
    };
    let (authority, path) =
        rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or((rest, ""));
    if authority.contains('@') {
        return Err(UrlRule::UserInfo);
    }
    let (host, port) = split_port(authority)?;
    let loopback = check_host(host)?;
    if !secure && !loopback {
        return Err(UrlRule::Scheme);
    }
    if secure && !rules.any_port && port.is_some_and(|port| port != 443) {
        return Err(UrlRule::Port);
    }
    check_path(path, rules.query)?;
    Ok(Parts { loopback_http: !secure, origin_end: text.len().saturating_sub(path.len()) })
}

/// Splits `host:port`; the host keeps the brackets of an IPv6 address.
fn split_port(authority: &str) -> Result<(&str, Option<u16>), UrlRule> {
    let host_end = if authority.starts_with('[') {
        authority.find(']').and_then(|end| end.checked_add(1)).ok_or(UrlRule::Host)?
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, tail) = authority.split_at_checked(host_end).ok_or(UrlRule::Host)?;
    match tail.strip_prefix(':') {
        None if tail.is_empty() => Ok((host, None)),
        None => Err(UrlRule::Host),
        Some(digits)
            if !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            digits.parse().map(|port| (host, Some(port))).map_err(|_| UrlRule::Port)
        }
        Some(_) => Err(UrlRule::Port),
    }
}

/// Checks a host and tells whether it is on this machine.
fn check_host(host: &str) -> Result<bool, UrlRule> {
    if let Some(inner) = host.strip_prefix('[') {
        let address: Ipv6Addr =
            inner.strip_suffix(']').unwrap_or(inner).parse().map_err(|_| UrlRule::Host)?;
        return Ok(address.is_loopback());
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Ok(address.is_loopback());
    }
    HostName::read(host).map(HostName::is_localhost).ok_or(UrlRule::Host)
}

fn check_path(path: &str, query: bool) -> Result<(), UrlRule> {
    if path.contains('#') {
        return Err(UrlRule::Fragment);
    }
    if path.contains('?') && !query {
        return Err(UrlRule::Query);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;=:@/%?".contains(&byte);
    if !path.bytes().all(allowed) {
        return Err(UrlRule::PathCharacter);
    }
    let mut escapes = path.split('%');
    escapes.next();
    if escapes.any(|tail| !tail.get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())))
    {
        return Err(UrlRule::PercentEncoding);
    }
    let before_query = path.split('?').next().unwrap_or_default();
    let is_dot = |segment: &str| {
        [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"].iter().any(|dot| segment.eq_ignore_ascii_case(dot))
    };
    if before_query.split('/').any(is_dot) {
        return Err(UrlRule::DotSegment);
    }
    Ok(())
}

/// `URLSuccess`, `URLFailure`, `URLNotify`: where Paygate sends the customer and the result.
/// 1 to 256 characters.
///
/// `https` on port 443, no query (Trustly page, rows URLSuccess, URLFailure, URLNotify). Plain `http` on a
/// loopback address passes too, for the simulator; a merchant with a public endpoint refuses to seal it.
///
/// ```
/// use paygate_params::{CallbackUrl, FormatError, UrlRule};
/// assert!(CallbackUrl::new("https://shop.example/paid/42").is_ok());
/// assert_eq!(CallbackUrl::new("https://shop.example/paid?order=42"), Err(FormatError::Url(UrlRule::Query)));
/// assert_eq!(CallbackUrl::new("https://shop.example:8443/paid"), Err(FormatError::Url(UrlRule::Port)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CallbackUrl {
    text: String,
    loopback_http: bool,
}

impl CallbackUrl {
    /// Takes a URL; it is sent as it is written.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = text.into();
        let parts = check(&text, Rules { any_port: false, query: false, loopback_http: true })?;
        Ok(Self { text, loopback_http: parts.loopback_http })
    }

    /// The URL as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is plain `http` on this machine.
    #[must_use]
    pub fn is_loopback_http(&self) -> bool {
        self.loopback_http
    }
}

/// `URLTemplate`: the shop's own page around Trustly's form. 1 to 256 characters, `https`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TemplateUrl(String);

impl TemplateUrl {
    /// Takes a URL; it is sent as it is written.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = text.into();
        check(&text, Rules { any_port: true, query: true, loopback_http: false })?;
        Ok(Self(text))
    }

    /// The URL as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a Paygate is: the part of its URLs before `trustly.aspx`. 1 to 256 characters.
///
/// ```
/// use paygate_params::BaseUrl;
/// let base = BaseUrl::new("https://paymentpage.axepta.bnpparibas")?;
/// assert_eq!(base.join("trustly.aspx"), "https://paymentpage.axepta.bnpparibas/trustly.aspx");
/// assert_eq!(base.origin(), "https://paymentpage.axepta.bnpparibas");
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: Cow<'static, str>,
    origin_end: usize,
    loopback: bool,
}

impl BaseUrl {
    /// Computop's own Paygate, `https://www.computop-paygate.com/`.
    pub const COMPUTOP: Self =
        Self { text: Cow::Borrowed("https://www.computop-paygate.com/"), origin_end: 32, loopback: false };

    /// BNP Paribas Axepta, `https://paymentpage.axepta.bnpparibas/`.
    pub const AXEPTA: Self = Self {
        text: Cow::Borrowed("https://paymentpage.axepta.bnpparibas/"),
        origin_end: 37,
        loopback: false,
    };

    /// Takes a URL without query; plain `http` only on a loopback address.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let mut text = text.into();
        let parts = check(&text, Rules { any_port: true, query: false, loopback_http: true })?;
        if !text.ends_with('/') {
            text.push('/');
        }
        Ok(Self { text: Cow::Owned(text), origin_end: parts.origin_end, loopback: parts.loopback_http })
    }

    /// The URL, with a `/` at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The URL of a file of this Paygate.
    #[must_use]
    pub fn join(&self, file: &str) -> String {
        [&*self.text, file].concat()
    }

    /// Scheme, host and port: what a Content-Security-Policy names.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.text.get(..self.origin_end).unwrap_or_default()
    }

    /// Whether it is plain `http` on this machine.
    #[must_use]
    pub fn is_loopback_http(&self) -> bool {
        self.loopback
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.text).finish()
    }
}

macro_rules! url_field {
    ($($name:ident)+) => {$(
        text_on_the_wire!($name, "ans..256");
        // A path may hold an order's secret token.
        redacted_debug!($name);
        parse_traits!($name);
    )+};
}
url_field!(CallbackUrl TemplateUrl);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn rule(text: &str) -> Option<UrlRule> {
        match CallbackUrl::new(text) {
            Err(FormatError::Url(rule)) => Some(rule),
            _ => None,
        }
    }

    #[test]
    fn every_rule_is_named() {
        assert_eq!(rule("http://shop.example/"), Some(UrlRule::Scheme));
        assert_eq!(rule("ftp://shop.example/"), Some(UrlRule::Scheme));
        assert_eq!(rule("https://user:pw@shop.example/"), Some(UrlRule::UserInfo));
        assert_eq!(rule("https:///x"), Some(UrlRule::Host));
        assert_eq!(rule("https://sh_op.example/"), Some(UrlRule::Host));
        assert_eq!(rule("https://1.2.3/"), Some(UrlRule::Host));
        assert_eq!(rule("https://shop.0x7f/"), Some(UrlRule::Host));
        assert_eq!(rule("https://shop.0X7f/"), Some(UrlRule::Host));
        assert_eq!(rule("https://[::1]x/"), Some(UrlRule::Host));
        assert_eq!(rule("https://shop.example:80/"), Some(UrlRule::Port));
        assert_eq!(rule("https://shop.example:/"), Some(UrlRule::Port));
        assert_eq!(rule("https://shop.example:+443/"), Some(UrlRule::Port));
        assert_eq!(rule("https://shop.example:000443/"), Some(UrlRule::Port));
        assert_eq!(rule("https://shop.example/?a"), Some(UrlRule::Query));
        assert_eq!(rule("https://shop.example/#a"), Some(UrlRule::Fragment));
        assert_eq!(rule("https://shop.example/a&b"), Some(UrlRule::PathCharacter));
        assert_eq!(rule("https://shop.example/%4"), Some(UrlRule::PercentEncoding));
        assert_eq!(rule("https://shop.example/a/../b"), Some(UrlRule::DotSegment));
        assert_eq!(rule("https://shop.example/%2E"), Some(UrlRule::DotSegment));
    }

    #[test]
    fn plain_http_passes_on_loopback_alone() {
        for host in ["127.0.0.1:8080", "127.9.9.9", "[::1]:80", "localhost:3000"] {
            assert!(CallbackUrl::new(format!("http://{host}/paid")).unwrap().is_loopback_http(), "{host}");
        }
        assert!(!CallbackUrl::new("https://127.0.0.1/paid").unwrap().is_loopback_http());
        for host in ["127.0.0.1.example", "localhost.example", "10.0.0.1", "[::2]"] {
            assert_eq!(rule(&format!("http://{host}/paid")), Some(UrlRule::Scheme), "{host}");
        }
        assert!(TemplateUrl::new("http://localhost/x").is_err());
    }

    #[test]
    fn the_constants_are_what_reading_them_makes() {
        for known in [BaseUrl::COMPUTOP, BaseUrl::AXEPTA] {
            assert_eq!(BaseUrl::new(known.join("")), Ok(known.clone()));
            assert!(!known.is_loopback_http());
        }
    }

    #[test]
    fn an_origin_ends_before_the_path() {
        let base = BaseUrl::new("http://[::1]:8080/paygate").unwrap();
        assert_eq!(base.origin(), "http://[::1]:8080");
        assert_eq!(base.join("credit.aspx"), "http://[::1]:8080/paygate/credit.aspx");
        assert!(base.is_loopback_http());
        assert_eq!(base.as_str(), "http://[::1]:8080/paygate/");
        assert_eq!(format!("{base:?}"), "BaseUrl(\"http://[::1]:8080/paygate/\")");
    }

    #[test]
    fn a_blank_at_either_end_is_told_as_such() {
        for text in [" https://shop.example/", "https://shop.example/ "] {
            assert_eq!(CallbackUrl::new(text), Err(FormatError::BlankAtEnd));
        }
    }

    #[test]
    fn a_url_has_at_most_256_characters() {
        let url = |n: usize| format!("https://shop.example/{}", "x".repeat(n));
        assert!(CallbackUrl::new(url(256 - 21)).is_ok());
        assert_eq!(CallbackUrl::new(url(257 - 21)), Err(FormatError::TooLong { max: 256, found: 257 }));
    }
}
