//! Wycheproof's cases for AES-CBC with PKCS padding.
//!
//! Its cases for HMAC-SHA256 are run beside `MacKey`, whose public functions take no arbitrary messages.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on must fail")]

use paygate_crypto::{CutError, DataError, EncryptionKey, LenUnit};
use serde_json::Value;

struct Case {
    id: u64,
    key: EncryptionKey,
    iv: [u8; 16],
    text: Vec<u8>,
    /// `Data`, as Paygate would write it.
    data: String,
    valid: bool,
}

fn cases() -> Vec<Case> {
    let set: Value = serde_json::from_str(include_str!("data/aes_cbc_pkcs5_test.json")).unwrap();
    let cases: Vec<_> = set["testGroups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["tests"].as_array().unwrap())
        .map(|case| {
            let text = |name: &str| case[name].as_str().unwrap().to_ascii_uppercase();
            Case {
                id: case["tcId"].as_u64().unwrap(),
                key: EncryptionKey::aes(&hex::decode(text("key")).unwrap()).unwrap(),
                iv: hex::decode(text("iv")).unwrap().try_into().unwrap(),
                text: hex::decode(text("msg")).unwrap(),
                data: format!("{}-{}", text("iv"), text("ct")),
                valid: case["result"] == "valid",
            }
        })
        .collect();
    assert_eq!(cases.len(), set["numberOfTests"]);
    cases
}

#[test]
fn every_valid_case_encrypts() {
    for case in cases().iter().filter(|case| case.valid) {
        let sealed = case.key.encrypt_with_iv(&case.text, case.iv).unwrap();
        assert_eq!(sealed.data(), case.data, "{}", case.id);
    }
}

#[test]
fn every_valid_case_decrypts() {
    for case in cases().iter().filter(|case| case.valid) {
        let opened = case.key.decrypt(case.data.as_bytes()).unwrap();
        let end = opened.cut(case.text.len(), LenUnit::Bytes).unwrap();
        assert_eq!(opened.blocks()[..end], case.text, "{}", case.id);
    }
}

/// The invalid cases have bad padding. An unpadding reader must refuse them; this one never unpads, and so its answer
/// must not depend on the padding: lengths alone decide.
#[test]
fn bad_padding_makes_no_difference() {
    let cases = cases();
    for case in cases.iter().filter(|case| !case.valid) {
        let (_, digits) = case.data.split_once('-').unwrap();
        match case.key.decrypt(case.data.as_bytes()) {
            Err(error) => assert_eq!((error, digits), (DataError::Empty, ""), "{}", case.id),
            Ok(opened) => {
                let length = opened.blocks().len();
                assert_eq!(length, digits.len() / 2, "{}", case.id);
                assert_eq!(opened.cut(length, LenUnit::Bytes), Err(CutError::Slack), "{}", case.id);
                for len in length.saturating_sub(32)..length {
                    assert_eq!(opened.cut(len, LenUnit::Bytes), Ok(len), "{}", case.id);
                }
            }
        }
    }
}
