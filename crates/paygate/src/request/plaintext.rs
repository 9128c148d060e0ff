//! The plaintext of a request, `Key=Value&Key=Value`, in the charset of the merchant.

use super::left_out::LeftOut;
use crate::profile::TextEncoding;
use paygate_params::message::PairSink;
use zeroize::Zeroizing;

/// Collects pairs; the buffer is wiped when it is dropped.
pub(super) struct Plaintext {
    bytes: Zeroizing<Vec<u8>>,
    chars: usize,
    encoding: TextEncoding,
    ip_addr_max: usize,
    left_out: Vec<LeftOut>,
}

impl Plaintext {
    pub(super) fn new(encoding: TextEncoding, ip_addr_max: usize) -> Self {
        // Most requests fit; growing would leave unwiped copies behind.
        Self {
            bytes: Zeroizing::new(Vec::with_capacity(4096)),
            chars: 0,
            encoding,
            ip_addr_max,
            left_out: Vec::new(),
        }
    }

    fn push(&mut self, text: &str) {
        self.reserve(text.len());
        self.chars = self.chars.saturating_add(text.chars().count());
        if text.is_ascii() || self.encoding != TextEncoding::Latin1 {
            self.bytes.extend_from_slice(text.as_bytes());
        } else {
            // Every text type is of ISO-8859-1, whose numbers are those of Unicode.
            self.bytes.extend(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
        }
    }

    /// Grows into a new buffer and wipes the old one, which a vector by itself would not do.
    fn reserve(&mut self, more: usize) {
        let needed = self.bytes.len().saturating_add(more);
        if needed > self.bytes.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.saturating_mul(2)));
            larger.extend_from_slice(&self.bytes);
            self.bytes = larger;
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What `Len` must say.
    pub(super) fn len(&self) -> usize {
        match self.encoding {
            TextEncoding::Utf8LenInChars => self.chars,
            TextEncoding::Latin1 | TextEncoding::Utf8LenInBytes => self.bytes.len(),
        }
    }

    pub(super) fn leave_out(&mut self, parameter: LeftOut) {
        self.left_out.push(parameter);
    }

    pub(super) fn left_out(self) -> Vec<LeftOut> {
        self.left_out
    }
}

impl PairSink for Plaintext {
    fn pair(&mut self, name: &'static str, value: &str) {
        if name == "IPAddr" && value.len() > self.ip_addr_max {
            self.leave_out(LeftOut::IpAddr);
            return;
        }
        if !self.bytes.is_empty() {
            self.push("&");
        }
        self.push(name);
        self.push("=");
        self.push(value);
    }
}
