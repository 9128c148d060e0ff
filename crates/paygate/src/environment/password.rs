//! A password under examination: its length, and what looks wrong with it though it makes a key.

use super::finding::About;
use super::suspicion;
use super::variable::{Kind, Value, Variable, encryption, mac};
use paygate_crypto::Zeroizing;

/// What a password is for.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// Encryption, with the cipher where it is known.
    Encryption(Option<Kind>),
    Mac,
}

/// Looks at a password that must be set.
pub(super) fn examine(variable: &Variable, purpose: Use, simulated: bool) -> About {
    let mut about = About::new(variable.name);
    let key = match purpose {
        Use::Encryption(Some(kind)) => encryption(variable, kind).map(drop),
        // Where the cipher is wrong, the rules for the text alone are left; they are the same for both passwords.
        Use::Encryption(None) | Use::Mac => mac(variable).map(drop),
    };
    if let Err(error) = key {
        about.problem(error.rule());
    }
    let Ok(Some(text)) = variable.text() else { return about };
    // Who writes hex means every byte of it.
    if !text.starts_with("hex:") {
        suspicion::quotes(text.trim(), &mut about);
        suspicion::characters(text.trim(), &mut about);
    }
    let Some(bytes) = bytes(text) else { return about };
    if let Ok(text) = str::from_utf8(&bytes) {
        suspicion::placeholder(text.trim(), simulated, &mut about);
    }
    // Beside another finding the length would only be its consequence.
    if let (true, Some(advice)) = (about.is_empty(), unusual_length(purpose, bytes.len())) {
        about.advice(advice);
    }
    about
}

fn unusual_length(purpose: Use, length: usize) -> Option<String> {
    match (purpose, length) {
        (Use::Encryption(Some(Kind::Blowfish)), 24 | 32) => Some(format!(
            "has {length} bytes, as passwords for AES have, and Blowfish's 16: is PAYGATE_CIPHER right?"
        )),
        (Use::Encryption(Some(Kind::Blowfish)), length) if length != 16 => {
            Some(format!("has {length} bytes; Computop's Blowfish passwords have 16"))
        }
        (Use::Mac, length) if length != 32 => {
            Some(format!("has {length} bytes; Computop's HMAC passwords have 32"))
        }
        _ => None,
    }
}

/// How long the value is, in words.
pub(super) fn length(variable: &Variable) -> String {
    match &variable.value {
        Value::Text(text) if text.starts_with("hex:") => {
            format!("is set, length {} in bytes", bytes(text).map_or(0, |bytes| bytes.len()))
        }
        Value::Text(text) => format!("is set, length {}", text.chars().count()),
        Value::NotSet | Value::NotUnicode => String::new(),
    }
}

/// The bytes that a text stands for; `None` where it is no hex after `hex:`.
pub(super) fn bytes(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let Some(digits) = text.strip_prefix("hex:") else {
        return Some(Zeroizing::new(text.as_bytes().to_vec()));
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    let mut digits =
        digits.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()));
    while let Some(high) = digits.next() {
        bytes.push(high? << 4 | digits.next()??);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_as_keys_read_it() {
        assert_eq!(bytes("hex:6d79536563726574").as_deref(), Some(&b"mySecret".to_vec()));
        assert_eq!(bytes("hex:0aFF").as_deref(), Some(&vec![10, 255]));
        assert_eq!(bytes("hex:").as_deref(), Some(&vec![]));
        assert_eq!(bytes("HEX:0a").as_deref(), Some(&b"HEX:0a".to_vec()));
        for wrong in ["hex:0", "hex:0x", "hex:+1", "hex:é0"] {
            assert!(bytes(wrong).is_none(), "{wrong}");
        }
    }
}
