//! Sealing: the MAC, the order and spelling of the pairs, the charset, `Len` and `Data`, as a form.

use super::message::Message;
use crate::paygate::fault::{Fault, Faults};
use fastrand::Rng;
use paygate::crypto::{EncryptError, EncryptionKey, KeyError, MacError, MacKey, ResponseParts};
use paygate::{KeyPair, Merchant, testing};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

/// Bytes of the text, and what `Len` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Latin1,
    Utf8LenInChars,
}

/// Whose MAC it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MacIs {
    Right,
    Forged,
    Missing,
}

/// How a message is sealed.
#[derive(Clone, Debug)]
pub(crate) struct Sealing {
    pub(crate) encoding: Encoding,
    pub(crate) mac: MacIs,
    /// Sealed with keys that the shop does not have.
    pub(crate) other_keys: bool,
    /// One hex digit is changed, where the Status stands.
    pub(crate) tampered: bool,
    /// What the order and the spelling are drawn from.
    pub(crate) seed: u64,
}

/// A message cannot be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotSealed {
    #[error(transparent)]
    Mac(#[from] MacError),
    #[error(transparent)]
    Encrypt(#[from] EncryptError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Sealing {
    /// As Paygate does it.
    pub(crate) fn genuine(seed: u64) -> Self {
        Self { encoding: Encoding::Latin1, mac: MacIs::Right, other_keys: false, tampered: false, seed }
    }

    /// As the faults say; some of them spoil the first attempt only.
    pub(crate) fn with_faults(faults: &Faults, first_attempt: bool, seed: u64) -> Self {
        let mac = match () {
            () if faults.has(Fault::MissingMac) => MacIs::Missing,
            () if faults.has(Fault::ForgedMac) => MacIs::Forged,
            () => MacIs::Right,
        };
        let encoding =
            if faults.has(Fault::Utf8LenInChars) { Encoding::Utf8LenInChars } else { Encoding::Latin1 };
        Self {
            encoding,
            mac,
            other_keys: faults.has(Fault::WrongKey),
            tampered: faults.has(Fault::Tampered) && first_attempt,
            seed,
        }
    }

    /// The form of a message with a MAC: what goes to URLSuccess, URLFailure and URLNotify.
    pub(crate) fn callback(&self, message: &Message, merchant: &Merchant) -> Result<String, NotSealed> {
        let strangers;
        let keys = if self.other_keys {
            strangers = KeyPair::new(EncryptionKey::blowfish(b"another-key-0001")?, MacKey::new(b"another")?);
            &strangers
        } else {
            testing::keys(merchant).current()
        };
        let mut pairs = message.pairs.clone();
        if let Some(mac) = self.mac(message, keys)? {
            pairs.push(("MAC".to_owned(), mac));
        }
        self.form(pairs, message, keys)
    }

    /// The form of an answer from server to server, which has no MAC.
    pub(crate) fn answer(&self, message: &Message, merchant: &Merchant) -> Result<String, NotSealed> {
        self.form(message.pairs.clone(), message, testing::keys(merchant).current())
    }

    fn mac(&self, message: &Message, keys: &KeyPair) -> Result<Option<String>, NotSealed> {
        let stranger;
        let key = match self.mac {
            MacIs::Missing => return Ok(None),
            MacIs::Forged => {
                stranger = MacKey::new(b"somebody else's key")?;
                &stranger
            }
            MacIs::Right => keys.mac(),
        };
        let mac = key.response(&ResponseParts {
            pay_id: message.value("PayID").as_bytes(),
            trans_id: message.value("TransID").as_bytes(),
            mid: message.value("mid").as_bytes(),
            status: message.value("Status").as_bytes(),
            code: message.value("Code").as_bytes(),
        })?;
        Ok(Some(mac.to_hex().as_str().to_owned()))
    }

    fn form(
        &self,
        mut pairs: Vec<(String, String)>,
        message: &Message,
        keys: &KeyPair,
    ) -> Result<String, NotSealed> {
        let mut rng = Rng::with_seed(self.seed);
        rng.shuffle(&mut pairs);
        for (name, _) in &mut pairs {
            respell(name, &mut rng);
        }
        let echoes = message.echoes.iter().map(|(name, value)| match value {
            Some(value) => format!("{}={}", self.escaped(name), self.escaped(value)),
            None => self.escaped(name),
        });
        let own: Vec<String> = if message.encrypted {
            let text: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let text = text.join("&");
            let bytes = self.bytes(&text);
            let len = match self.encoding {
                Encoding::Latin1 => bytes.len(),
                Encoding::Utf8LenInChars => text.chars().count(),
            };
            let mut data = encrypt(&bytes, keys.encryption())?;
            if self.tampered {
                tamper(&mut data, &text);
            }
            vec![format!("Len={len}"), format!("Data={data}")]
        } else {
            let escaped = |text: &str| self.escaped(text);
            pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect()
        };
        Ok(own.into_iter().chain(echoes).collect::<Vec<_>>().join("&"))
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            Encoding::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            Encoding::Utf8LenInChars => text.as_bytes().to_vec(),
        }
    }

    fn escaped(&self, text: &str) -> String {
        percent_encode(&self.bytes(text), NON_ALPHANUMERIC).to_string()
    }
}

/// Names come back "in upper or lower case" (vendor's page "Trustly").
fn respell(name: &mut str, rng: &mut Rng) {
    match rng.u8(..4) {
        0 => name.make_ascii_lowercase(),
        1 => name.make_ascii_uppercase(),
        _ => {}
    }
}

/// Upper-case hex; Blowfish's last block is filled with blanks.
fn encrypt(text: &[u8], key: &EncryptionKey) -> Result<String, EncryptError> {
    let mut padded = text.to_vec();
    if key.cipher() == paygate::crypto::Cipher::Blowfish {
        padded.resize(text.len().next_multiple_of(8), b' ');
    }
    Ok(key.encrypt(&padded)?.into_data())
}

/// Changes one hex digit of the block in which the Status begins.
fn tamper(data: &mut String, text: &str) {
    let lower = text.to_ascii_lowercase();
    let status = lower.find("&status=").map_or(0, |at| at.saturating_add(8));
    // Two digits a byte; behind the IV and its `-` where the cipher is AES.
    let begin = data.find('-').map_or(0, |at| at.saturating_add(1));
    let digit = begin.saturating_add(status.saturating_mul(2)).min(data.len().saturating_sub(1));
    let changed = match data.as_bytes().get(digit) {
        Some(b'0') => "1",
        _ => "0",
    };
    data.replace_range(digit..=digit, changed);
}
