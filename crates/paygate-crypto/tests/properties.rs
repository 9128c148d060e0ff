//! What holds for every key, text and byte.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use blowfish::Blowfish;
use cipher::{Array, BlockCipherEncrypt, KeyInit};
use paygate_crypto::{EncryptionKey, LenUnit, Mac, MacKey, RequestParts, decrypted_len};
use proptest::collection::vec;
use proptest::prelude::*;

/// Changes the case of every digit that `upper` says so for.
fn mixed_case(data: &str, upper: &[bool]) -> String {
    data.chars()
        .zip(upper.iter().cycle())
        .map(|(digit, upper)| if *upper { digit.to_ascii_uppercase() } else { digit.to_ascii_lowercase() })
        .collect()
}

fn assert_opens(key: &EncryptionKey, data: &str, len: usize, text: &[u8]) {
    let opened = key.decrypt(data.as_bytes()).unwrap();
    let end = opened.cut(len, LenUnit::Bytes).unwrap();
    assert_eq!(opened.blocks().get(..end), Some(text));

    let mut buffer = vec![0xEE; decrypted_len(data.as_bytes())];
    let lent = key.decrypt_in(data.as_bytes(), &mut buffer[..]).unwrap();
    assert_eq!(lent.blocks(), opened.blocks());
}

proptest! {
    #[test]
    fn what_blowfish_encrypts_it_decrypts(
        key in vec(any::<u8>(), 1..=72),
        text in vec(any::<u8>(), 1..=200),
        upper in vec(any::<bool>(), 1..=40),
    ) {
        let key = EncryptionKey::blowfish(&key).unwrap();
        let sealed = key.encrypt(&text).unwrap();
        prop_assert_eq!(sealed.len(), text.len());
        assert_opens(&key, &mixed_case(sealed.data(), &upper), sealed.len(), &text);
    }

    #[test]
    fn what_aes_encrypts_it_decrypts(
        key in prop_oneof![vec(any::<u8>(), 16), vec(any::<u8>(), 24), vec(any::<u8>(), 32)],
        iv in any::<[u8; 16]>(),
        text in vec(any::<u8>(), 0..=200),
        upper in vec(any::<bool>(), 1..=40),
    ) {
        let key = EncryptionKey::aes(&key).unwrap();
        let sealed = key.encrypt_with_iv(&text, iv).unwrap();
        prop_assert_eq!(sealed.len(), text.len());
        assert_opens(&key, &mixed_case(sealed.data(), &upper), sealed.len(), &text);
    }

    #[test]
    fn a_text_in_utf_8_is_cut_alike_in_every_unit(text in "\\PC{1,60}") {
        let key = EncryptionKey::blowfish(b"16CharKeyLength!").unwrap();
        let opened = key.decrypt(key.encrypt(text.as_bytes()).unwrap().data().as_bytes()).unwrap();
        prop_assert_eq!(opened.cut(text.len(), LenUnit::Bytes), Ok(text.len()));
        prop_assert_eq!(opened.cut(text.chars().count(), LenUnit::Chars), Ok(text.len()));
        prop_assert_eq!(opened.cut(text.encode_utf16().count(), LenUnit::Utf16), Ok(text.len()));
    }

    #[test]
    fn the_cut_never_panics_and_ends_inside(
        data in vec(any::<[u8; 8]>(), 1..=8),
        len in prop_oneof![0..=80_usize, any::<usize>()],
        unit in prop_oneof![Just(LenUnit::Bytes), Just(LenUnit::Chars), Just(LenUnit::Utf16)],
    ) {
        let key = EncryptionKey::blowfish(b"16CharKeyLength!").unwrap();
        let opened = key.decrypt(key.encrypt(data.as_flattened()).unwrap().data().as_bytes()).unwrap();
        if let Ok(end) = opened.cut(len, unit) {
            prop_assert!(end <= opened.blocks().len());
        }
    }

    #[test]
    fn decrypting_arbitrary_bytes_never_panics(data in prop_oneof![
        vec(any::<u8>(), 0..=100),
        "[0-9a-fA-F]{30,34}-[0-9a-fA-F]{0,70}".prop_map(String::into_bytes),
        "[0-9a-fA-F]{0,70}".prop_map(String::into_bytes),
    ]) {
        for key in [EncryptionKey::blowfish(b"key").unwrap(), EncryptionKey::aes(&[7; 16]).unwrap()] {
            let owned = key.decrypt(&data).map(|opened| opened.blocks().to_vec());
            let lent = key.decrypt_in(&data, vec![0; decrypted_len(&data)]).map(|opened| opened.blocks().to_vec());
            prop_assert_eq!(owned, lent);
        }
    }

    #[test]
    fn a_password_and_its_repetition_are_one_key(key in vec(any::<u8>(), 1..=36), block in any::<[u8; 8]>()) {
        let once = EncryptionKey::blowfish(&key).unwrap().encrypt(&block).unwrap();
        let twice = EncryptionKey::blowfish(&key.repeat(2)).unwrap().encrypt(&block).unwrap();
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn the_schedule_is_the_ordinary_one_where_that_exists(key in vec(any::<u8>(), 4..=56), block in any::<[u8; 8]>()) {
        let ours = EncryptionKey::blowfish(&key).unwrap().encrypt(&block).unwrap();
        let mut theirs = Array(block);
        <Blowfish as KeyInit>::new_from_slice(&key).unwrap().encrypt_block(&mut theirs);
        prop_assert_eq!(ours.into_data(), hex::encode_upper(theirs));
    }

    #[test]
    fn a_mac_is_read_as_it_was_written(bytes in any::<[u8; 32]>(), upper in vec(any::<bool>(), 1..=40)) {
        let text = hex::encode_upper(bytes);
        let mac = Mac::parse(mixed_case(&text, &upper).as_bytes()).unwrap();
        prop_assert_eq!(mac.to_hex().to_string(), text);
    }

    #[test]
    fn reading_a_mac_from_arbitrary_bytes_never_panics(
        text in prop_oneof![vec(any::<u8>(), 0..=80), vec(any::<u8>(), 64)],
    ) {
        if let Ok(mac) = Mac::parse(&text) {
            prop_assert!(mac.to_hex().as_str().as_bytes().eq_ignore_ascii_case(text.trim_ascii()));
        }
    }

    #[test]
    fn a_mac_holds_for_its_own_fields_and_no_others(
        trans_id in "[^*]{0,40}",
        merchant_id in "[^*]{0,40}",
        other in "[^*]{0,40}",
    ) {
        let key = MacKey::new(b"mySecret").unwrap();
        let parts = RequestParts {
            trans_id: trans_id.as_bytes(),
            merchant_id: merchant_id.as_bytes(),
            ..RequestParts::default()
        };
        let mac = key.request(&parts).unwrap();
        prop_assert!(key.verify_request(&parts, &mac).is_ok());
        let changed = RequestParts { trans_id: other.as_bytes(), ..parts };
        prop_assert_eq!(key.verify_request(&changed, &mac).is_ok(), other == trans_id);
    }

    #[test]
    fn a_key_s_text_in_hex_is_the_key(key in vec(any::<u8>(), 1..=72), block in any::<[u8; 8]>()) {
        let text = format!("hex:{}", hex::encode(&key));
        let from_text = EncryptionKey::blowfish_from_text(&text).unwrap().encrypt(&block).unwrap();
        prop_assert_eq!(from_text, EncryptionKey::blowfish(&key).unwrap().encrypt(&block).unwrap());
    }
}

#[test]
fn every_key_length_from_1_to_72_decrypts_what_it_encrypted() {
    for length in 1..=72 {
        let key: Vec<u8> = (1..=length).collect();
        let key = EncryptionKey::blowfish(&key).unwrap();
        let sealed = key.encrypt(b"MerchantID=shop&TransID=1").unwrap();
        assert_opens(&key, sealed.data(), sealed.len(), b"MerchantID=shop&TransID=1");
    }
}
