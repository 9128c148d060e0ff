//! A MAC and `Data` are read as hex digits exactly where the crate `hex` reads them, and to the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate_crypto::{EncryptionKey, Mac};

fuzz_target!(|input: &[u8]| {
    let theirs = hex::decode(input.trim_ascii()).ok().filter(|bytes| bytes.len() == 32);
    assert_eq!(
        Mac::parse(input).ok().map(|mac| mac.to_hex().as_str().to_owned()),
        theirs.map(hex::encode_upper)
    );

    let key = EncryptionKey::blowfish(b"throw-away-key-1").expect("a key");
    let theirs = hex::decode(input).ok().filter(|bytes| !bytes.is_empty() && bytes.len() % 8 == 0);
    let ours = key.decrypt(input).ok().map(|blocks| {
        // Whole blocks need no padding: sealed again, they are the digits that came.
        key.encrypt(blocks.blocks()).expect("no IV is needed").into_data()
    });
    assert_eq!(ours, theirs.map(hex::encode_upper));
});
