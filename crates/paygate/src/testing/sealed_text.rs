//! Texts sealed as Paygate would, and the pairs that they are made of.

use crate::merchant::Merchant;
use paygate_crypto::{Cipher, EncryptError};

/// Names and values, in order; values are bytes, since nobody checked them.
pub(super) type Pairs = Vec<(String, Vec<u8>)>;

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

/// 32 hex digits that depend on the TransID.
pub(super) fn pay_id_for(trans_id: &str) -> String {
    let mut state: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in trans_id.bytes() {
        state = (state ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_013b);
    }
    format!("{state:032x}")
}

/// Sets the value of a name, or adds the pair at the end.
pub(super) fn set(pairs: &mut Pairs, name: &str, value: &[u8]) {
    match pairs.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some(pair) => value.clone_into(&mut pair.1),
        None => pairs.push((name.to_owned(), value.to_vec())),
    }
}
