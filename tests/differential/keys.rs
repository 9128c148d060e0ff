//! Keys of all lengths that ours and the peers take.

use crate::dice::Dice;
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, MerchantId};

/// How a text can be padded by who seals it.
const PADDINGS: [&str; 4] = ["pkcs", "zeros", "blanks", "zeros+pkcs"];

pub(crate) struct Keys {
    pub(crate) cipher: &'static str,
    key: Vec<u8>,
    mac_key: Vec<u8>,
}

impl Keys {
    /// Half of them Blowfish's, of 4 to 56 bytes; the other ones AES', of 16, 24 or 32.
    pub(crate) fn random(dice: &mut Dice) -> Self {
        let cipher = *dice.of(&["blowfish", "aes"]);
        let length = if cipher == "aes" { *dice.of(&[16, 24, 32]) } else { 4 + dice.below(53) };
        let mac_length = 1 + dice.below(100);
        Self { cipher, key: dice.bytes(length), mac_key: dice.bytes(mac_length) }
    }

    pub(crate) fn encryption(&self) -> EncryptionKey {
        let new = if self.cipher == "aes" { EncryptionKey::aes } else { EncryptionKey::blowfish };
        new(&self.key).unwrap()
    }

    pub(crate) fn merchant(&self, id: &str) -> Merchant {
        let pair = KeyPair::new(self.encryption(), MacKey::new(&self.mac_key).unwrap());
        Merchant::new(MerchantId::new(id).unwrap(), KeyRing::new(pair))
    }

    /// The head of a line for a peer: what is to be done, and with what.
    pub(crate) fn line(&self, verb: &str) -> String {
        format!("{verb}\t{}\t{}\t{}", self.cipher, hex::encode(&self.key), hex::encode(&self.mac_key))
    }

    /// A line that asks a peer to seal a text, in a way of its own.
    pub(crate) fn sealing(&self, verb: &str, dice: &mut Dice, text: &[u8]) -> String {
        let (iv, padding) = match self.cipher {
            "aes" => (hex::encode(dice.bytes(16)), *dice.of(&["pkcs", "zeros+pkcs"])),
            _ => (String::new(), *dice.of(&PADDINGS)),
        };
        let digits = dice.of(&["upper", "lower"]);
        format!("{}\t{iv}\t{padding}\t{digits}\t{}", self.line(verb), hex::encode(text))
    }
}
