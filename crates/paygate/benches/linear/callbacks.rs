//! Callbacks: the outer form, hex, decryption under every key, the cut in every unit, and the pairs inside.

use crate::measured::{Case, Work, case, filled, numbered};
use paygate::testing::{self, Callback};
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, RawCallback, Route, Trustly};
use std::hint::black_box;

pub(crate) const CASES: &[Case] = &[
    case("outer form: names without end", |size| refused(filled("", "a=1&", size))),
    case("outer form: 255 names, long", |size| {
        refused(format!("{}=1&", "n".repeat(size / 255 - 3)).repeat(255))
    }),
    case("outer form: one value", |size| refused(filled("Len=1&Data=", "x", size))),
    case("outer form: one value of escapes", |size| refused(filled("Len=1&Data=", "%41", size))),
    case("outer form: broken escapes", |size| refused(filled("Len=1&Data=", "%", size))),
    case("outer form: one name of escapes", |size| refused(filled("", "%4C", size))),
    case("outer form: +", |size| refused(filled("Len=1&Data=", "+", size))),
    case("outer form: &", |size| refused(filled("", "&", size))),
    case("outer form: =", |size| refused(filled("", "=", size))),
    case("outer form: line ends", |size| refused(filled("Len=1&Data=00", "\r\n", size))),
    case("hex: the last digit is none", |size| {
        let digits = (size - 64) / 16 * 16;
        refused(format!("Len={}&Data={}Z", digits / 2 - 1, "0".repeat(digits - 1)))
    }),
    case("decryption: noise under four keys", |size| {
        let digits = (size - 64) / 32 * 32;
        refused(format!("Len={}&Data={}", digits / 2, "0123456789ABCDEF".repeat(digits / 16)))
    }),
    case("decryption: noise under four keys, AES", |size| {
        let digits = (size - 128) / 32 * 32;
        let iv = "0".repeat(32);
        refused(format!("Len={}&Data={iv}-{}", digits / 2 - 1, "0123456789ABCDEF".repeat(digits / 16)))
    }),
    case("cut: Len in characters, all umlauts", |size| {
        let plaintext = paid("UserData", "ü".repeat(room(size) / 2));
        let chars = String::from_utf8_lossy(&plaintext).chars().count();
        opened(with_len(&plaintext, chars))
    }),
    case("cut: Len in UTF-16 units, all emoji", |size| {
        let plaintext = paid("UserData", "\u{1F3F0}".repeat(room(size) / 4));
        let units = String::from_utf8_lossy(&plaintext).encode_utf16().count();
        opened(with_len(&plaintext, units))
    }),
    case("cut: the last byte is no UTF-8", |size| {
        let mut text = "ü".repeat(room(size) / 2).into_bytes();
        text.push(0xFF);
        refused(with_len(&text, text.len() / 2))
    }),
    case("inner text: zeros", |size| refused(sealed(&vec![0; room(size)]))),
    case("inner text: blanks", |size| refused(sealed(&vec![b' '; room(size)]))),
    case("inner text: &", |size| refused(sealed(&vec![b'&'; room(size)]))),
    case("inner text: =", |size| refused(sealed(&vec![b'='; room(size)]))),
    case("inner text: names without end", |size| refused(sealed(filled("", "x=1&", room(size)).as_bytes()))),
    case("inner text: 240 unknown names, long", |size| {
        opened(sealed(&with_paid(&format!("{}=1&", "n".repeat(room(size) / 240 - 3)).repeat(240))))
    }),
    case("inner text: 240 times UserData", |size| {
        opened(sealed(&with_paid(&format!("UserData={}&", "u".repeat(room(size) / 240 - 10)).repeat(240))))
    }),
    case("inner text: names that end alike", |size| {
        let text = numbered("", room(size), |number| format!("{number}{}=1&", "MAC".repeat(40)));
        refused(sealed(text.as_bytes()))
    }),
    case("inner text: a MAC of any length", |size| {
        refused(sealed(filled("MAC=", "0", room(size)).as_bytes()))
    }),
    case("inner text: values that break their formats", |size| {
        let each = room(size) / 4;
        let value = "\u{1F3F0}".repeat(each / 4);
        let names = ["AccOwner", "Description", "Custom", "AddrCity"];
        let text = names.map(|name| [name, "=", &value, "&"].concat()).concat();
        opened(sealed(&with_paid(&text)))
    }),
    case("in the clear: escapes", |size| {
        refused_by(merchant().with_plain_answers(), filled("mid=test_merchant&UserData=", "%41", size))
    }),
    case("in the clear: 255 names", |size| {
        refused_by(
            merchant().with_plain_answers(),
            format!("{}=%26&", "n".repeat(size / 255 - 6)).repeat(255),
        )
    }),
];

/// With three older pairs of keys, all of which are tried.
fn merchant() -> Merchant {
    let pair = |encryption| KeyPair::new(encryption, MacKey::new(b"another").expect("a key"));
    let keys = testing::keys(&testing::merchant()).clone();
    let keys = [
        EncryptionKey::aes(b"another key of 16").map_or_else(|_| EncryptionKey::aes(&[7; 16]), Ok),
        EncryptionKey::blowfish(b"another"),
        EncryptionKey::aes(&[9; 32]),
    ]
    .into_iter()
    .fold(keys, |keys: KeyRing, key| keys.with_previous(pair(key.expect("a key"))));
    Merchant::new(testing::MERCHANT_ID, keys)
}

/// Bytes of text whose form has so many.
fn room(size: usize) -> usize {
    (size - 1024) / 2
}

fn paid(name: &str, value: impl AsRef<[u8]>) -> Vec<u8> {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    Callback::paid(&expected).with(name, value).plaintext(&merchant).expect("a MAC")
}

/// Pairs before those of an answer that is paid.
fn with_paid(pairs: &str) -> Vec<u8> {
    [pairs.as_bytes(), &paid("UserId", "1")].concat()
}

fn sealed(text: &[u8]) -> String {
    testing::seal_text(&testing::merchant(), text).expect("sealed")
}

/// Sealed, but Len counts something else than bytes.
fn with_len(text: &[u8], len: usize) -> String {
    let form = sealed(text);
    let (_, data) = form.split_once('&').expect("Len and Data");
    format!("Len={len}&{data}")
}

fn refused(form: String) -> Work {
    refused_by(merchant(), form)
}

fn refused_by(merchant: Merchant, form: String) -> Work {
    assert!(form.len() <= RawCallback::MAX_BYTES, "{}", form.len());
    Box::new(move || {
        let opened = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()));
        assert!(black_box(opened).is_err());
    })
}

/// And everything in it is looked at.
fn opened(form: String) -> Work {
    assert!(form.len() <= RawCallback::MAX_BYTES, "{}", form.len());
    let merchant = merchant();
    Box::new(move || {
        let opened = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()));
        let answer = black_box(opened).expect("an authentic answer");
        black_box((answer.issues(), answer.pairs().count(), answer.unsigned().text("UserData")));
    })
}
