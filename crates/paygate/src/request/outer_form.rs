//! The outer form of every request: the three parameters that stand in the clear, `Data` last.

use paygate_crypto::{EncryptError, EncryptionKey, Plaintext};
use paygate_params::MerchantId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;

/// What needs no escape in a form: RFC 3986's unreserved characters are left as they are.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// More than `MerchantID=`, `&Len=` with its number, `&Data=`, an IV and the padding of any cipher take.
const AROUND: usize = 160;

/// `MerchantID=…&Len=…&Data=…`, behind a URL or by itself.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OuterForm {
    text: String,
    data_at: usize,
    len: usize,
}

impl OuterForm {
    /// Encrypts a text and writes the form behind `prefix`, in one place from the first byte to the last.
    pub(super) fn new(
        prefix: &[&str],
        merchant_id: &MerchantId,
        len: usize,
        key: &EncryptionKey,
        text: Plaintext,
    ) -> Result<Self, EncryptError> {
        let prefix_len = prefix.iter().fold(0_usize, |len, part| len.saturating_add(part.len()));
        let digits = text.len().saturating_mul(2);
        let capacity = prefix_len.saturating_add(digits).saturating_add(AROUND);
        let mut form = String::with_capacity(capacity);
        form.extend(prefix.iter().copied());
        form.push_str("MerchantID=");
        form.extend(merchant_id_escaped(merchant_id));
        // Writing into a string does not fail.
        let _ = write!(form, "&Len={len}&Data=");
        let data_at = form.len();
        key.encrypt_onto(text, &mut form)?;
        Ok(Self { text: form, data_at, len })
    }

    /// The form, with what stands before it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// What `Len` says.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn data(&self) -> &str {
        self.text.get(self.data_at..).unwrap_or_default()
    }
}

/// A merchant id as it stands in a form.
pub(crate) fn merchant_id_escaped(id: &MerchantId) -> impl Iterator<Item = &str> {
    utf8_percent_encode(id.as_str(), FORM)
}
