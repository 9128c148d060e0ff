//! What a good programmer writes first with the crates `blowfish`, `hmac` and `hex`: a key for each message, maps and strings, every field checked.

use crate::keys;
use blowfish::Blowfish;
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt::Write;

fn mac(message: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(keys::MAC).expect("any length");
    mac.update(message.as_bytes());
    mac
}

fn cipher() -> Blowfish {
    Blowfish::new_from_slice(keys::ENCRYPTION).expect("4 to 56 bytes")
}

pub(crate) fn seal(pairs: &[(&'static str, String)], merchant_id: &str) -> String {
    let map: HashMap<&str, &String> = pairs.iter().map(|(name, value)| (*name, value)).collect();
    let of = |name: &str| map.get(name).map(|value| value.as_str()).unwrap_or_default();
    let mac = mac(&format!("*{}*{merchant_id}*{}*{}", of("TransID"), of("Amount"), of("Currency")));
    let mut text = String::new();
    for (name, value) in pairs {
        write!(text, "{name}={value}&").expect("a string");
    }
    write!(text, "MAC={}&Response=encrypt", hex::encode_upper(mac.finalize().into_bytes()))
        .expect("a string");
    let mut bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).expect("ISO-8859-1")).collect();
    let len = bytes.len();
    bytes.resize(len.next_multiple_of(8), 0);
    let key = cipher();
    for block in bytes.chunks_exact_mut(8) {
        key.encrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
    }
    format!("{}?MerchantID={merchant_id}&Len={len}&Data={}", keys::ACTION, hex::encode_upper(bytes))
}

/// An answer with its fields.
#[expect(dead_code, reason = "a shop would read them")]
struct Answer {
    mid: String,
    pay_id: String,
    xid: String,
    trans_id: String,
    status: String,
    description: String,
    code: String,
    user_data: Option<String>,
    plain: Option<String>,
    custom: Option<String>,
    account_id: Option<String>,
    matched: Option<String>,
    acc_clearing_house: Option<String>,
    acc_owner: Option<String>,
    acc_bank: Option<String>,
    acc_descriptor: Option<String>,
    iban: Option<String>,
    user_id: Option<String>,
    addr_street: Option<String>,
    addr_zip: Option<String>,
    addr_city: Option<String>,
}

/// Takes a field out of the map, of so many characters at most.
fn field(map: &mut HashMap<String, String>, name: &str, max: usize) -> Option<String> {
    let value = map.remove(name)?;
    let fits = value.chars().count() <= max && value.chars().all(|c| !c.is_control() && c != '&');
    assert!(fits, "{name} breaks its format");
    Some(value)
}

/// The same, of letters and digits.
fn alphanumeric(map: &mut HashMap<String, String>, name: &str, max: usize) -> Option<String> {
    field(map, name, max).filter(|value| value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

pub(crate) fn open(form: &[u8], trans_id: &str) -> usize {
    let outer: HashMap<String, String> = serde_urlencoded::from_bytes(form).expect("a form");
    let len: usize = outer["Len"].parse().expect("a number");
    let mut bytes = hex::decode(&outer["Data"]).expect("hex");
    let key = cipher();
    for block in bytes.chunks_exact_mut(8) {
        key.decrypt_block(<&mut Array<u8, _>>::try_from(block).expect("8 bytes"));
    }
    bytes.truncate(len);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut map: HashMap<String, String> = text
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let count = map.len();
    let message = ["payid", "transid", "mid", "status", "code"].map(|name| map[name].as_str()).join("*");
    let claimed = hex::decode(&map["mac"]).expect("hex");
    mac(&message).verify_slice(&claimed).expect("the MAC holds");
    let map = &mut map;
    let answer = Answer {
        mid: field(map, "mid", 30).expect("there"),
        pay_id: alphanumeric(map, "payid", 32).expect("there"),
        xid: alphanumeric(map, "xid", 32).expect("there"),
        trans_id: field(map, "transid", 64).expect("there"),
        status: alphanumeric(map, "status", 50).expect("there"),
        description: field(map, "description", 1024).expect("there"),
        code: alphanumeric(map, "code", 8).expect("there"),
        user_data: field(map, "userdata", 1024),
        plain: field(map, "plain", 50),
        custom: field(map, "custom", 1024),
        account_id: field(map, "accountid", 30),
        matched: alphanumeric(map, "match", 1),
        acc_clearing_house: field(map, "accclearinghouse", 50),
        acc_owner: field(map, "accowner", 55),
        acc_bank: field(map, "accbank", 27),
        acc_descriptor: field(map, "accdescriptor", 100),
        iban: alphanumeric(map, "iban", 8),
        user_id: field(map, "userid", 30),
        addr_street: field(map, "addrstreet", 100),
        addr_zip: field(map, "addrzip", 10),
        addr_city: field(map, "addrcity", 30),
    };
    assert!(answer.trans_id == trans_id && answer.status == "OK" && answer.code == "00000000");
    count
}
