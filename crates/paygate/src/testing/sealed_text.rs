//! Texts sealed as Paygate would, and the pairs that they are made of.

use crate::merchant::Merchant;
use paygate_crypto::{Cipher, EncryptError};
use std::fmt;

/// Names and values of an answer, in order; values are bytes, since nobody checked them. `Debug` shows the names.
#[derive(Clone)]
pub(super) struct Pairs(Vec<(String, Vec<u8>)>);

impl Pairs {
    /// What every answer has, in Paygate's order and spelling.
    pub(super) fn standard(mid: &str, pay_id: &str, trans_id: &str, [status, code]: [&str; 2]) -> Self {
        let pairs = [
            ("mid", mid),
            ("PayID", pay_id),
            ("XID", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
            ("TransID", trans_id),
            ("Status", status),
            ("Description", "success"),
            ("Code", code),
        ];
        Self(pairs.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec())
    }

    /// The first value of a name in any case.
    pub(super) fn value(&self, name: &str) -> &[u8] {
        let pair = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.as_slice()).unwrap_or_default()
    }

    /// Sets the value of a name, or adds the pair at the end.
    pub(super) fn set(&mut self, name: &str, value: &[u8]) {
        match self.0.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some(pair) => value.clone_into(&mut pair.1),
            None => self.push(name, value),
        }
    }

    /// Adds a pair at the end, also where the name stands already.
    pub(super) fn push(&mut self, name: &str, value: &[u8]) {
        self.0.push((name.to_owned(), value.to_vec()));
    }

    /// Leaves a name out.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// `Key=Value&Key=Value`.
    pub(super) fn text(&self) -> Vec<u8> {
        let pairs = self.0.iter().map(|(name, value)| [name.as_bytes(), b"=", value].concat());
        pairs.collect::<Vec<_>>().join(&b'&')
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Seals any text as Paygate would: padded with blanks, upper-case hex.
///
/// # Errors
///
/// If there are no random bytes for an AES key.
pub fn seal_text(merchant: &Merchant, text: &[u8]) -> Result<String, EncryptError> {
    form(merchant, text, &[])
}

/// `Len` and `Data` of a text, and what stands in the clear beside them.
pub(super) fn form(
    merchant: &Merchant,
    text: &[u8],
    outside: &[(String, String)],
) -> Result<String, EncryptError> {
    let key = merchant.keys().current().encryption();
    let mut padded = text.to_vec();
    if key.cipher() == Cipher::Blowfish {
        padded.resize(text.len().next_multiple_of(8), b' ');
    }
    let mut form = format!("Len={}&Data={}", text.len(), key.encrypt(&padded)?.data());
    for (name, value) in outside {
        let escape = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        form.extend(["&", &escape(name).to_string(), "=", &escape(value).to_string()]);
    }
    Ok(form)
}

/// 32 hex digits that depend on the TransID: its hash by FNV-1a of 128 bits.
pub(super) fn pay_id_for(trans_id: &str) -> String {
    let mut state: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in trans_id.bytes() {
        state = (state ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }
    format!("{state:032x}")
}
