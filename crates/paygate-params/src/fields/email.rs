//! `Email`: the customer's address, checked as far as a request can fail over it.

use super::{parse_traits, redacted_debug, text_on_the_wire};
use crate::format::{CustomerText, FormatError, Latin1, is_blank};
use alloc::string::String;

/// `Email`: the customer's e-mail address. 1 to 100 characters, without `&`, `=` and blanks.
///
/// Checked is what makes it an address at all: something, an `@`, a host name with a dot. Umlauts pass, and so do
/// the dots that some Japanese providers allow; whether mail arrives only sending it tells, and no sale should stop
/// for it.
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
        if let Some(index) = text.as_str().chars().position(is_blank) {
            return Err(FormatError::Character {
                position: index.saturating_add(1),
                allowed: "an address without blanks",
            });
        }
        let (local, host) = text.as_str().rsplit_once('@').ok_or(rule("it needs an @"))?;
        if local.is_empty() {
            return Err(rule("it needs something before the @"));
        }
        let label_ok =
            |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
        if !host.contains('.') || !host.split('.').all(label_ok) {
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
        for text in [
            "a@b.se",
            "first.last+tag@sub.example.com",
            "o'neil@example.ie",
            "jürgen@müller.de",
            "x.@docomo.ne.jp",
            "x_y-z@xn--mller-kva.de",
        ] {
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
            "a b@c.se",
            "a@b..se",
            "a@b_c.se",
            "a&x=1@b.se",
            "a=b@c.se",
            "a@b.se ",
            "a@b.se\n",
            "a@b.se\u{A0}",
            "a@[192.0.2.1]",
        ] {
            assert!(Email::new(text).is_err(), "{text:?}");
        }
    }
}
