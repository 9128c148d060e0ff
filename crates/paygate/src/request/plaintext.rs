//! The plaintext of a request, `Key=Value&Key=Value`, in the charset of the merchant.

use super::left_out::LeftOut;
use crate::profile::TextEncoding;
use paygate_params::message::PairSink;

/// Collects pairs.
pub(super) struct Plaintext {
    bytes: paygate_crypto::Plaintext,
    /// How many bytes more than characters there are.
    continuing: usize,
    encoding: TextEncoding,
    ip_addr_max: usize,
    left_out: Vec<LeftOut>,
}

impl Plaintext {
    pub(super) fn new(encoding: TextEncoding, ip_addr_max: usize) -> Self {
        // Most requests fit.
        let bytes = paygate_crypto::Plaintext::with_capacity(2048);
        Self { bytes, continuing: 0, encoding, ip_addr_max, left_out: Vec::new() }
    }

    fn push(&mut self, text: &str) {
        if text.is_ascii() {
            self.bytes.extend_from_slice(text.as_bytes());
        } else if self.encoding == TextEncoding::Latin1 {
            // Every text type is of ISO-8859-1, whose numbers are those of Unicode.
            text.chars().for_each(|c| self.bytes.push(u8::try_from(u32::from(c)).unwrap_or(b'?')));
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
            self.continuing = self.continuing.saturating_add(text.len().saturating_sub(text.chars().count()));
        }
    }

    /// What `Len` must say.
    pub(super) fn len(&self) -> usize {
        match self.encoding {
            TextEncoding::Utf8LenInChars => self.bytes.len().saturating_sub(self.continuing),
            TextEncoding::Latin1 | TextEncoding::Utf8LenInBytes => self.bytes.len(),
        }
    }

    pub(super) fn leave_out(&mut self, parameter: LeftOut) {
        self.left_out.push(parameter);
    }

    /// The text, and what was left out of it.
    pub(super) fn into_parts(self) -> (paygate_crypto::Plaintext, Vec<LeftOut>) {
        (self.bytes, self.left_out)
    }
}

impl PairSink for Plaintext {
    fn pair(&mut self, name: &'static str, value: &str) {
        if name == "IPAddr" && value.len() > self.ip_addr_max {
            self.leave_out(LeftOut::IpAddr);
            return;
        }
        if !self.bytes.is_empty() {
            self.bytes.push(b'&');
        }
        // Names are ASCII, and the writer gives them as they stand in the source.
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b'=');
        self.push(value);
    }
}
