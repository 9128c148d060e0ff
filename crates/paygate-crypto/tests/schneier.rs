//! Bruce Schneier's Blowfish vectors, in both directions.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt};
use paygate_crypto::EncryptionKey;
use paygate_crypto::wide_blowfish::Blowfish;

struct Case {
    key: Vec<u8>,
    plaintext: Vec<u8>,
    ciphertext: &'static str,
}

fn cases() -> Vec<Case> {
    include_str!("data/schneier_blowfish_ecb.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let [key, plaintext, ciphertext] = line.split(' ').collect::<Vec<_>>()[..] else {
                panic!("a case has three fields: {line}");
            };
            Case { key: hex::decode(key).unwrap(), plaintext: hex::decode(plaintext).unwrap(), ciphertext }
        })
        .collect()
}

#[test]
fn all_cases_are_there() {
    assert_eq!(cases().len(), 34 + 24);
}

#[test]
fn every_case_encrypts() {
    for case in cases() {
        let key = EncryptionKey::blowfish(&case.key).unwrap();
        assert_eq!(key.encrypt(&case.plaintext).unwrap().data(), case.ciphertext);
    }
}

#[test]
fn every_case_decrypts() {
    for case in cases() {
        let key = EncryptionKey::blowfish(&case.key).unwrap();
        assert_eq!(key.decrypt(case.ciphertext.as_bytes()).unwrap().blocks(), case.plaintext);
    }
}

/// Six blocks go side by side, and the seventh alone.
#[test]
fn every_case_holds_side_by_side_and_alone() {
    for case in cases() {
        let plaintext = [Array(<[u8; 8]>::try_from(case.plaintext).unwrap()); 7];
        let ciphertext = [Array(<[u8; 8]>::try_from(hex::decode(case.ciphertext).unwrap()).unwrap()); 7];
        let mut key = Blowfish::bc_init_state();
        key.bc_expand_key(&case.key);
        let mut blocks = plaintext;
        key.encrypt_blocks(&mut blocks);
        assert_eq!(blocks, ciphertext, "{:02X?}", case.key);
        key.decrypt_blocks(&mut blocks);
        assert_eq!(blocks, plaintext, "{:02X?}", case.key);
    }
}
