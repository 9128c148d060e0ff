//! Answers of one length that are refused, each for another fault.

use crate::messages;
use paygate::testing;
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant};

/// A merchant, and the form of an answer to it whose plaintext has `length` bytes.
///
/// With a fault of padding its MAC is wrong too, so that it is refused whatever its padding is.
pub(crate) fn answer(cipher: &str, fault: &str, length: usize) -> (Merchant, String) {
    let key = |key: &[u8]| match cipher {
        "blowfish" => EncryptionKey::blowfish(key).expect("a key"),
        "aes" => EncryptionKey::aes(key).expect("a key"),
        other => panic!("no cipher: {other}"),
    };
    let right = key(testing::ENCRYPTION_KEY.as_bytes());
    let mac = MacKey::from_text(testing::MAC_KEY).expect("a key");
    let merchant = Merchant::new(testing::MERCHANT_ID, KeyRing::new(KeyPair::new(right.clone(), mac)));
    let forged = messages::answer(&merchant, &messages::expected(&merchant), length).with_forged_mac();
    let mut text = forged.plaintext(&merchant).expect("a MAC");
    let padding: &[u8] = match fault {
        "blanks" | "noise" => b" ",
        "zeros" => b"\0",
        // What is left of the last block, as PKCS has it.
        "pkcs" => &[if cipher == "aes" { 12 } else { 4 }],
        "wrong" => &[0xFF, b'&', 1],
        "mac-missing" => {
            let at = text.windows(4).rposition(|four| four == b"MAC=").expect("a MAC");
            text[at] = b'N';
            b" "
        }
        other => panic!("no fault: {other}"),
    };
    let padded = text.len().next_multiple_of(right.cipher().block_len());
    let padded: Vec<u8> = text.iter().chain(padding.iter().cycle()).copied().take(padded).collect();
    let by = if fault == "noise" { key(b"another key, of ".as_slice()) } else { right };
    // Blowfish takes no IV.
    let sealed = by.encrypt_with_iv(&padded, [0x5A; 16]).or_else(|_| by.encrypt(&padded)).expect("sealed");
    // Without the padding that the library adds.
    let iv = sealed.data().find('-').map_or(0, |dash| dash + 1);
    let data = &sealed.data()[..iv + 2 * padded.len()];
    (merchant, format!("Len={}&Data={data}", text.len()))
}
