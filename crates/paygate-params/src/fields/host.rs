//! Host names, as URLs have them.

/// A name of letters, digits and hyphens in labels of at most 63 characters, 253 in all; no IP address.
#[derive(Clone, Copy)]
pub(super) struct HostName<'a>(&'a str);

impl<'a> HostName<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        // A host whose last label is a number, also a hexadecimal one, is read as an IPv4 address by browsers.
        let last = text.rsplit('.').next()?;
        let numeric = last.bytes().all(|byte| byte.is_ascii_digit())
            || last.starts_with("0x")
            || last.starts_with("0X");
        (text.len() <= 253 && !numeric && text.split('.').all(label_ok)).then_some(Self(text))
    }

    pub(super) fn is_localhost(self) -> bool {
        self.0.eq_ignore_ascii_case("localhost")
    }
}
