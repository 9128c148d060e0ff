//! The straightforward way after a first look at a profile: keys and MAC state are kept, buffers reused, pairs borrowed.

use crate::keys;
use blowfish::Blowfish;
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt::Write;

pub(crate) struct Keys {
    cipher: Blowfish,
    mac: Hmac<Sha256>,
    bytes: Vec<u8>,
    url: String,
}

impl Keys {
    pub(crate) fn new() -> Self {
        let cipher = Blowfish::new_from_slice(keys::ENCRYPTION).expect("4 to 56 bytes");
        let mac = Hmac::new_from_slice(keys::MAC).expect("any length");
        Self { cipher, mac, bytes: Vec::new(), url: String::new() }
    }

    pub(crate) fn seal(&mut self, pairs: &[(&'static str, String)], merchant_id: &str) -> &str {
        let Self { cipher, mac, bytes, url } = self;
        let of = |name: &str| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_bytes())
                .unwrap_or_default()
        };
        let mut mac = mac.clone();
        for part in
            [b"*", of("TransID"), b"*", merchant_id.as_bytes(), b"*", of("Amount"), b"*", of("Currency")]
        {
            mac.update(part);
        }
        bytes.clear();
        for (name, value) in pairs {
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(b'=');
            if value.is_ascii() {
                bytes.extend_from_slice(value.as_bytes());
            } else {
                bytes.extend(value.chars().map(|c| u8::try_from(c).expect("ISO-8859-1")));
            }
            bytes.push(b'&');
        }
        let mut digits = [0; 64];
        hex::encode_to_slice(mac.finalize().into_bytes(), &mut digits).expect("64 digits");
        digits.make_ascii_uppercase();
        bytes.extend_from_slice(b"MAC=");
        bytes.extend_from_slice(&digits);
        bytes.extend_from_slice(b"&Response=encrypt");
        let len = bytes.len();
        bytes.resize(len.next_multiple_of(8), 0);
        for block in bytes.chunks_exact_mut(8) {
            cipher.encrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
        }
        let mut data = vec![0; 2 * bytes.len()];
        hex::encode_to_slice(&*bytes, &mut data).expect("two digits a byte");
        data.make_ascii_uppercase();
        url.clear();
        write!(url, "{}?MerchantID={merchant_id}&Len={len}&Data=", keys::ACTION).expect("a string");
        url.push_str(str::from_utf8(&data).expect("digits"));
        url
    }

    pub(crate) fn open(&mut self, form: &[u8], trans_id: &str) -> usize {
        let Self { cipher, mac, bytes, .. } = self;
        let (mut len, mut data) = (0, Vec::new());
        for (name, value) in form_urlencoded_pairs(form) {
            match name {
                "Len" => len = value.parse().expect("a number"),
                "Data" => data = value.as_bytes().to_vec(),
                _ => {}
            }
        }
        bytes.resize(data.len() / 2, 0);
        hex::decode_to_slice(&data, bytes).expect("hex");
        for block in bytes.chunks_exact_mut(8) {
            cipher.decrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
        }
        let text = str::from_utf8(&bytes[..len]).expect("UTF-8");
        let pairs: Vec<(&str, &str)> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let of = |name: &str| {
            pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
        };
        let signed = ["payid", "transid", "mid", "status", "code"].map(|name| of(name).expect("there"));
        let mut mac = mac.clone();
        for (index, part) in signed.iter().enumerate() {
            if index > 0 {
                mac.update(b"*");
            }
            mac.update(part.as_bytes());
        }
        let mut claimed = [0; 32];
        hex::decode_to_slice(of("mac").expect("there"), &mut claimed).expect("hex");
        mac.verify_slice(&claimed).expect("the MAC holds");
        for (name, max) in FIELDS {
            if let Some(value) = of(name) {
                assert!(value.chars().count() <= max && !value.chars().any(char::is_control), "{name}");
            }
        }
        let [_, signed_trans_id, _, status, code] = signed;
        assert!(signed_trans_id == trans_id && status == "OK" && code == "00000000");
        pairs.len()
    }
}

/// The fields that no MAC covers, and how many characters they have at most.
const FIELDS: [(&str, usize); 16] = [
    ("xid", 32),
    ("description", 1024),
    ("userdata", 1024),
    ("plain", 50),
    ("custom", 1024),
    ("accountid", 30),
    ("match", 1),
    ("accclearinghouse", 50),
    ("accowner", 55),
    ("accbank", 27),
    ("accdescriptor", 100),
    ("iban", 8),
    ("userid", 30),
    ("addrstreet", 100),
    ("addrzip", 10),
    ("addrcity", 30),
];

/// The pairs of a form without escapes.
fn form_urlencoded_pairs(form: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    str::from_utf8(form).expect("UTF-8").split('&').filter_map(|pair| pair.split_once('='))
}
