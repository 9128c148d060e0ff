//! `paygate encrypt` and `paygate decrypt`.

use crate::command::{VECTOR_KEY, run, run_with};
use serde_json::json;

/// Texts and their `Data` under `16CharKeyLength!`, zero padding: `blowfish_encrypt` of the vectors.
const ENCRYPTED: [(&str, &str); 3] = [
    ("A", "04A2A7105ECDC977"),
    ("1234567", "3893A28043D7ABE7"),
    ("plaintext", "70E7B50FC77CE97C2F2135742373F502"),
];

#[test]
fn the_ciphertexts_of_other_implementations_come_out() {
    for (text, data) in ENCRYPTED {
        let ran = run_with(&[VECTOR_KEY], &["encrypt"], text.as_bytes());
        assert_eq!((ran.code, ran.text()), (0, &*format!("Len={}&Data={data}\n", text.len())));
        assert_eq!(ran.stderr, "");
        let ran = run_with(&[VECTOR_KEY], &["encrypt", "--json"], text.as_bytes());
        assert_eq!((ran.code, ran.json()), (0, json!({ "len": text.len(), "data": data })));
    }
}

#[test]
fn the_ciphertexts_of_other_implementations_are_read_whatever_their_padding() {
    for (len, data, text) in [
        ("9", "70E7B50FC77CE97C2F2135742373F502", "plaintext"),
        ("9", "70e7b50fc77ce97c935f4dfab3ca6a1d", "plaintext"),
        ("9", "70e7b50fc77ce97c2f2135742373f50262312c53dc28c6f6", "plaintext"),
        ("23", "4105aafdc6445bf2eb8242371136f4886413347eeb8731b9", "Unencrypted plain text!"),
        ("0", "62312c53dc28c6f6", ""),
    ] {
        let ran = run(&[VECTOR_KEY], &["decrypt", "--len", len, data]);
        assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, text, ""));
    }
}

#[test]
fn text_that_is_not_utf_8_comes_out_byte_for_byte_with_nothing_added() {
    let text: Vec<u8> = (0..=u8::MAX).chain(*b"\r\n\n").collect();
    let encrypted = run_with(&[VECTOR_KEY], &["encrypt"], &text);
    let data = encrypted.text().trim_end().split_once("&Data=").unwrap().1;

    let ran = run(&[VECTOR_KEY], &["decrypt", "--len", "259", data]);
    assert_eq!((ran.code, ran.stdout), (0, text.clone()));

    let ran = run(&[VECTOR_KEY], &["--json", "decrypt", "--len", "259", data]);
    assert_eq!(ran.json()["plaintext"], json!(null));
    assert_eq!(ran.json()["plaintext_hex"], json!(hex::encode_upper(&text)));
}

#[test]
fn json_holds_the_text_where_it_is_utf_8() {
    let ran = run(&[VECTOR_KEY], &["decrypt", "--json", "--len", "1", "04A2A7105ECDC977"]);
    assert_eq!(ran.text(), "{\"plaintext\":\"A\",\"plaintext_hex\":\"41\"}\n");
}

#[test]
fn data_on_standard_input_may_have_blanks_behind_it() {
    for stdin in ["04A2A7105ECDC977", "04A2A7105ECDC977\n", "04a2a7105ecdc977 \t\r\n\n"] {
        let ran = run_with(&[VECTOR_KEY], &["decrypt", "--len", "1", "-"], stdin.as_bytes());
        assert_eq!((ran.code, ran.text()), (0, "A"));
    }
}

#[test]
fn aes_goes_there_and_back() {
    let aes = [("PAYGATE_CIPHER", "aes"), ("PAYGATE_ENCRYPTION_KEY", "0123456789abcdef")];
    let encrypted = run_with(&aes, &["encrypt", "--json"], b"a=1&b=2&c=3&d=45").json();
    assert_eq!(encrypted["len"], 16);
    let data = encrypted["data"].as_str().unwrap();
    assert_eq!(data.find('-'), Some(32));
    assert_eq!(run(&aes, &["decrypt", "--len", "16", data]).text(), "a=1&b=2&c=3&d=45");
    // What another implementation encrypted (`aes128/exact16` of the vectors).
    let data =
        "f10b330c7b5a2d53f5639a39b95bbf88-ab8a1e810c0e53f71ebd58ef274a2481c687133179ff39397082423b031a4dc8";
    assert_eq!(run(&aes, &["decrypt", "--len", "16", data]).text(), "a=1&b=2&c=3&d=45");
}

#[test]
fn malformed_data_is_refused_with_a_reason() {
    for (len, data, message) in [
        ("1", "04A2A7105ECDC97", "Data has an odd number of hex digits"),
        ("1", "04A2A7105ECDC97Z", "Data holds a character that is no hex digit"),
        ("1", "04A2", "Data is not a whole number of blocks"),
        ("1", "", "Data is empty"),
        ("9", "04A2A7105ECDC977", "Len is longer than Data"),
    ] {
        let ran = run(&[VECTOR_KEY], &["decrypt", "--len", len, data]);
        assert_eq!((ran.code, ran.text(), ran.messages()), (1, "", vec![message]));
        let ran = run(&[VECTOR_KEY], &["decrypt", "--json", "--len", len, data]);
        assert_eq!((ran.code, ran.messages()), (1, vec![message]));
        assert_eq!(ran.json(), json!({ "error": { "step": "decrypt", "message": message } }));
    }
}

#[test]
fn only_the_current_key_decrypts() {
    let variables =
        [("PAYGATE_ENCRYPTION_KEY", "another key"), ("PAYGATE_ENCRYPTION_KEY_PREVIOUS", VECTOR_KEY.1)];
    let ran = run(&variables, &["decrypt", "--len", "1", "04A2A7105ECDC977"]);
    assert_eq!(ran.code, 0, "a wrong key gives noise");
    assert_ne!(ran.stdout, b"A");
}

#[test]
fn a_text_of_one_mebibyte_goes_there_and_back_and_a_longer_one_is_refused() {
    let text = vec![b'x'; 1024 * 1024];
    let encrypted = run_with(&[VECTOR_KEY], &["encrypt"], &text);
    assert_eq!(encrypted.code, 0);
    let data = encrypted.text().split_once("&Data=").unwrap().1;
    let ran = run_with(&[VECTOR_KEY], &["decrypt", "--len", "1048576", "-"], data.as_bytes());
    assert!(ran.code == 0 && ran.stdout == text);

    let ran = run_with(&[VECTOR_KEY], &["encrypt", "--json"], &[text, vec![b'x']].concat());
    assert_eq!((ran.code, ran.messages()), (1, vec!["standard input has more than 1048576 bytes"]));
    assert_eq!(ran.json()["error"]["step"], "encrypt");
}
