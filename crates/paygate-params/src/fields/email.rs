//! `Email`: the customer's address, checked as far as a request can fail over it.

use super::host::HostName;
use super::{parse_traits, redacted_debug, text_on_the_wire};
use crate::format::{CustomerText, FormatError, Latin1};
use alloc::string::String;

/// `Email`: the customer's e-mail address. 1 to 100 characters of ASCII, without `&` and `=`.
///
/// Checked is what makes it an address at all: one `@`, something before it, a host name with a dot after
/// it. Whether mail arrives only sending it tells.
///
/// ```
/// use paygate_params::Email;
/// assert!(Email::new("anna.svensson@example.se").is_ok());
/// assert!(Email::new("anna.svensson").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(Latin1<CustomerText, 1, 100>);

impl Email {
    /// Takes an address.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = Latin1::<CustomerText, 1, 100>::new(text)?;
        let rule = |rule| FormatError::Email { rule };
        let (local, host) = text.as_str().rsplit_once('@').ok_or(rule("it needs an @"))?;
        if let Some(index) = text.as_str().chars().position(|c| !c.is_ascii_graphic()) {
            return Err(FormatError::Character { position: index.saturating_add(1) });
        }
        if local.is_empty() || local.len() > 64 || local.contains('@') {
            return Err(rule("it needs 1 to 64 characters and no second @ before the @"));
        }
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(rule("a dot stands first, last or doubled before the @"));
        }
        if !HostName::read(host).is_some_and(HostName::has_a_dot) {
            return Err(rule("it needs a host name with a dot after the @"));
        }
        Ok(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

text_on_the_wire!(Email, "ans..100");
redacted_debug!(Email);
parse_traits!(Email);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass() {
        for text in
            ["a@b.se", "first.last+tag@sub.example.com", "o'neil@example.ie", "x_y-z@xn--mller-kva.de"]
        {
            assert!(Email::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "a",
            "@b.se",
            "a@",
            "a@b",
            "a@@b.se",
            "a b@c.se",
            "a@b..se",
            "a@-b.se",
            "a@b_c.se",
            ".a@b.se",
            "a..b@c.se",
            "a&x=1@b.se",
            "ä@b.se",
            "a@b.se ",
            "a@b.se\n",
        ] {
            assert!(Email::new(text).is_err(), "{text:?}");
        }
    }
}
