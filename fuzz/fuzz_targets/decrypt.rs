//! Any `Data` is decrypted or refused without a panic, never cut inside a character, and what is encrypted is decrypted again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate_crypto::{EncryptionKey, LenUnit};

fuzz_target!(|input: &[u8]| {
    let keys = [EncryptionKey::blowfish(b"throw-away-key-1"), EncryptionKey::aes(b"throw-away-key-1")];
    for key in keys.map(|key| key.expect("a key")) {
        if let Ok(decrypted) = key.decrypt(input) {
            for len in 0..=decrypted.blocks().len() + 1 {
                let bytes = decrypted.cut(len, LenUnit::Bytes);
                assert!(bytes.is_err() || bytes == Ok(len));
                for unit in [LenUnit::Chars, LenUnit::Utf16] {
                    let Ok(end) = decrypted.cut(len, unit) else { continue };
                    let text = str::from_utf8(&decrypted.blocks()[..end]).expect("cut between characters");
                    let count = if unit == LenUnit::Chars {
                        text.chars().count()
                    } else {
                        text.encode_utf16().count()
                    };
                    assert_eq!(count, len);
                }
            }
        }
        let encrypted =
            key.encrypt_with_iv(input, [7; 16]).or_else(|_| key.encrypt(input)).expect("encrypted");
        let Ok(decrypted) = key.decrypt(encrypted.data().as_bytes()) else { continue };
        let end = decrypted.cut(encrypted.len(), LenUnit::Bytes).expect("its own Len");
        assert_eq!(&decrypted.blocks()[..end], input);
    }
});
