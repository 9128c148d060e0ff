//! Every case of `computop.json` against `paygate-crypto`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate_crypto::{
    EncryptionKey, KeyError, LenUnit, Mac, MacError, MacHex, MacKey, RequestParts, ResponseParts,
};
use paygate_tests::cannot_pass::{self, Section};
use paygate_tests::vectors::{MacCase, load, unit_of};
use std::collections::BTreeSet;

/// Decrypts and cuts, and wants this text; says what was refused if it is not to be had.
fn reads(
    key: &Result<EncryptionKey, KeyError>,
    data: &str,
    len: usize,
    unit: LenUnit,
    text: &[u8],
) -> Result<(), String> {
    let key = key.as_ref().map_err(|error| format!("key: {error:?}"))?;
    let blocks = key.decrypt(data.as_bytes()).map_err(|error| format!("decrypt: {error:?}"))?;
    let end = blocks.cut(len, unit).map_err(|error| format!("cut: {error:?}"))?;
    if blocks.blocks().get(..end) == Some(text) { Ok(()) } else { Err("another text".to_owned()) }
}

/// The same in both cases of the hex digits.
fn reads_in_both_cases(
    key: &Result<EncryptionKey, KeyError>,
    data: &str,
    len: usize,
    unit: LenUnit,
    text: &[u8],
) -> Result<(), String> {
    let lower = reads(key, &data.to_ascii_lowercase(), len, unit, text);
    assert_eq!(reads(key, &data.to_ascii_uppercase(), len, unit, text), lower);
    lower
}

/// Our `Data` is theirs.
fn seals(key: &Result<EncryptionKey, KeyError>, text: &[u8], data: &str) -> Result<(), String> {
    let key = key.as_ref().map_err(|error| format!("key: {error:?}"))?;
    let ours = key.encrypt(text).map_err(|error| format!("encrypt: {error:?}"))?;
    assert_eq!(ours.len(), text.len());
    if ours.data() == data.to_ascii_uppercase() { Ok(()) } else { Err("another Data".to_owned()) }
}

#[test]
fn published_data_decrypts_to_its_exact_text() {
    let mut read = Section::new("official_vectors");
    let mut same = 0;
    for case in load().official_vectors {
        let key = EncryptionKey::blowfish(&case.key);
        let text = case.plaintext.as_bytes();
        read.case(&case.id, reads_in_both_cases(&key, &case.data, case.len, LenUnit::Bytes, text));
        if case.padding == "zero" {
            seals(&key, text, &case.data).unwrap();
            same += 1;
        }
    }
    read.finish(2, 0);
    assert_eq!(same, 1);
}

#[test]
fn our_data_is_that_of_every_implementation_that_pads_with_zeros() {
    let mut section = Section::new("blowfish_encrypt, our Data");
    let mut named = BTreeSet::new();
    for case in load().blowfish_encrypt {
        let key = EncryptionKey::blowfish(&case.key);
        for (number, output) in case.outputs.iter().enumerate() {
            let Some(sealed) = output.sealed.as_ref().filter(|sealed| sealed.is_zero_padded()) else {
                continue;
            };
            let result = seals(&key, &case.plaintext, &sealed.data);
            if result.is_ok() {
                named.extend(output.produced_by.iter().cloned());
            }
            section.cases(output.produced_by.len(), &format!("{}#{number}", case.id), result);
        }
    }
    section.finish(132, 12);
    let named: Vec<_> = named.iter().map(String::as_str).collect();
    assert_eq!(
        named,
        [
            "FATCHIP-GmbH/plugin-magento2-computop",
            "FATCHIP-GmbH/plugin-oxid7-computop",
            "common-repository/computop-payments",
            "computop-node-client@0.1.9 (npm)",
            "fatchip-Stefan/library-computop",
            "krebs3r/computop-tester",
            "mnalbantov/TestRepo",
            "spryker-eco/computop-api",
        ]
    );
}

#[test]
fn what_any_implementation_encrypted_decrypts_to_its_exact_text_whatever_its_padding() {
    let vectors = load();
    let mut section = Section::new("blowfish_encrypt, their Data");
    let (mut named, mut failed_themselves) = (BTreeSet::new(), 0);
    for case in &vectors.blowfish_encrypt {
        let key = EncryptionKey::blowfish(&case.key);
        for (number, output) in case.outputs.iter().enumerate() {
            let Some(sealed) = &output.sealed else {
                assert!(output.error.is_some());
                failed_themselves += output.produced_by.len();
                continue;
            };
            let unit = unit_of(sealed.len, &case.plaintext);
            let result = reads_in_both_cases(&key, &sealed.data, sealed.len, unit, &case.plaintext);
            if result.is_ok() {
                named.extend(output.produced_by.iter().cloned());
            }
            section.cases(output.produced_by.len(), &format!("{}#{number}", case.id), result);
        }
    }
    section.finish(167, 22);
    assert_eq!(failed_themselves, 20);
    assert_eq!(named, vectors.implementations.into_iter().map(|one| one.name).collect());
}

#[test]
fn what_is_listed_for_another_key_decrypts_with_that_key() {
    fn filled_up(key: &[u8]) -> Vec<u8> {
        [key, &[0; 16][key.len()..]].concat()
    }
    fn in_latin1(key: &[u8]) -> Vec<u8> {
        str::from_utf8(key).unwrap().chars().map(|c| u8::try_from(c).unwrap()).collect()
    }
    type OtherKey = fn(&[u8]) -> Vec<u8>;
    let others: [(&str, usize, OtherKey); 6] = [
        ("K_password/P_8", 1, filled_up),
        ("K_password/P_umlaut_utf8", 1, filled_up),
        ("K_15/P_9_plaintext", 1, filled_up),
        ("K_space/P_8", 1, filled_up),
        ("K_umlaut_utf8/P_8", 2, in_latin1),
        ("K_umlaut_utf8/P_9_plaintext", 2, in_latin1),
    ];
    let vectors = load();
    for (id, number, other_key) in others {
        let case = vectors.blowfish_encrypt.iter().find(|case| case.id == id).unwrap();
        let sealed = case.outputs.get(number).unwrap().sealed.as_ref().unwrap();
        let key = EncryptionKey::blowfish(&other_key(&case.key));
        let unit = unit_of(sealed.len, &case.plaintext);
        assert_eq!(reads(&key, &sealed.data, sealed.len, unit, &case.plaintext), Ok(()), "{id}");
    }
}

#[test]
fn a_text_padded_with_blanks_keeps_its_own_blanks_and_loses_those_of_the_padding() {
    let mut section = Section::new("space_padded");
    for case in load().space_padded {
        let key = EncryptionKey::blowfish(&case.key);
        section
            .case(&case.id, reads_in_both_cases(&key, &case.data, case.len, LenUnit::Bytes, &case.plaintext));
    }
    section.finish(3, 0);
}

#[test]
fn every_padding_is_cut_at_len_in_bytes_or_in_characters() {
    let mut section = Section::new("decrypt_matrix");
    let mut in_characters = 0;
    for case in load().decrypt_matrix {
        let key = EncryptionKey::blowfish(&case.key);
        let unit = if case.len_counts == "chars" { LenUnit::Chars } else { LenUnit::Bytes };
        in_characters += usize::from(unit == LenUnit::Chars);
        section.case(&case.id, reads_in_both_cases(&key, &case.data, case.len, unit, &case.plaintext));
    }
    section.finish(27, 3);
    assert_eq!(in_characters, 3);
}

/// Computes, and verifies what it is given.
fn mac(case: &MacCase, claimed: &Mac) -> Result<MacHex, MacError> {
    let key = MacKey::new(&case.key).unwrap();
    match case.kind.as_str() {
        "request" => {
            let parts = RequestParts {
                pay_id: case.pay_id.as_bytes(),
                trans_id: case.trans_id.as_bytes(),
                merchant_id: case.merchant_id.as_bytes(),
                amount: case.amount.as_bytes(),
                currency: case.currency.as_bytes(),
            };
            let _held = key.verify_request(&parts, claimed)?;
            Ok(key.request(&parts)?.to_hex())
        }
        "response" => {
            let parts = ResponseParts {
                pay_id: case.pay_id.as_bytes(),
                trans_id: case.trans_id.as_bytes(),
                mid: case.merchant_id.as_bytes(),
                status: case.status.as_bytes(),
                code: case.code.as_bytes(),
            };
            let _held = key.verify_response(&parts, claimed)?;
            Ok(key.response(&parts)?.to_hex())
        }
        other => panic!("no such kind: {other}"),
    }
}

#[test]
fn every_mac_is_computed_and_verified_in_both_cases_and_refused_with_any_bit_changed() {
    let mut section = Section::new("mac");
    for case in load().mac {
        let upper = case.mac.to_ascii_uppercase();
        let result = mac(&case, &Mac::parse(case.mac.as_bytes()).unwrap()).map(|ours| {
            assert_eq!(ours.as_str(), upper, "{}", case.id);
            mac(&case, &Mac::parse(upper.as_bytes()).unwrap()).unwrap();
            for bit in 0..256 {
                let mut bytes = hex::decode(&case.mac).unwrap();
                *bytes.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
                let changed = Mac::parse(hex::encode(bytes).as_bytes()).unwrap();
                assert_eq!(mac(&case, &changed).unwrap_err(), MacError::Mismatch, "{} bit {bit}", case.id);
            }
        });
        section.case(&case.id, result.map_err(|error| format!("mac: {error:?}")));
    }
    section.finish(12, 1);
}

#[test]
fn aes_data_of_every_implementation_decrypts_to_its_exact_text() {
    let mut section = Section::new("aes, their Data");
    let mut failed_themselves = 0;
    for case in load().aes {
        let Some(sealed) = &case.sealed else {
            assert!(case.error.is_some());
            failed_themselves += 1;
            continue;
        };
        let key = EncryptionKey::aes(&case.key);
        let unit = unit_of(sealed.len, &case.plaintext);
        let result = reads_in_both_cases(&key, &sealed.data, sealed.len, unit, &case.plaintext);
        section.case(&format!("{}@{}", case.id, case.produced_by), result);
    }
    section.finish(33, 1);
    assert_eq!(failed_themselves, 1);
}

#[test]
fn with_the_same_iv_our_aes_data_is_that_of_every_implementation_that_pads_with_pkcs7_alone() {
    let mut section = Section::new("aes, our Data");
    for case in load().aes {
        let Some(sealed) = &case.sealed else { continue };
        let iv = hex::decode(sealed.data.split('-').next().unwrap()).unwrap().try_into().unwrap();
        let ours = EncryptionKey::aes(&case.key)
            .map_err(|error| format!("key: {error:?}"))
            .map(|key| key.encrypt_with_iv(&case.plaintext, iv).unwrap());
        let result = ours.and_then(|ours| {
            let same = ours.data() == sealed.data.to_ascii_uppercase();
            if same { Ok(()) } else { Err("another Data".to_owned()) }
        });
        section.case(&format!("{}@{}", case.id, case.produced_by), result);
    }
    section.finish(28, 6);
}

#[test]
fn no_line_of_the_list_belongs_to_a_section_that_no_test_reads() {
    assert_eq!(
        cannot_pass::sections(),
        [
            "aes, our Data",
            "aes, their Data",
            "blowfish_encrypt, our Data",
            "blowfish_encrypt, their Data",
            "decrypt_matrix",
            "mac",
        ]
    );
}
