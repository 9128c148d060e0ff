//! Sealing: the MAC, the order and spelling of the pairs, the charset, `Len` and `Data`, as a form.

use super::message::Message;
use crate::paygate::fault::{Fault, Faults};
use fastrand::Rng;
use paygate::crypto::{Cipher, EncryptError, EncryptionKey, KeyError, MacError, MacKey, ResponseParts};
use paygate::{Charset, KeyPair, Merchant, TextEncoding, testing};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

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
    /// Bytes of the text, and what `Len` counts.
    pub(crate) encoding: TextEncoding,
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
    /// As Paygate does it, in the charset of the account.
    pub(crate) fn genuine(merchant: &Merchant, seed: u64) -> Self {
        let profile = merchant.profile();
        let encoding = match (profile.charset(), profile.text_encoding()) {
            (Charset::Latin1, _) => TextEncoding::Latin1,
            (Charset::Utf8, TextEncoding::Latin1) => TextEncoding::Utf8LenInBytes,
            (_, encoding) => encoding,
        };
        Self { encoding, mac: MacIs::Right, other_keys: false, tampered: false, seed }
    }

    /// As the faults say; some of them spoil the first attempt only.
    pub(crate) fn with_faults(faults: &Faults, first: bool, merchant: &Merchant, seed: u64) -> Self {
        let genuine = Self::genuine(merchant, seed);
        let encoding = match () {
            () if faults.has(Fault::Utf8LenInChars) => TextEncoding::Utf8LenInChars,
            () if faults.has(Fault::Latin1) => TextEncoding::Latin1,
            () => genuine.encoding,
        };
        let mac = match () {
            () if faults.has(Fault::MissingMac) => MacIs::Missing,
            () if faults.has(Fault::ForgedMac) => MacIs::Forged,
            () => MacIs::Right,
        };
        let other_keys = faults.has(Fault::WrongKey);
        Self { encoding, mac, other_keys, tampered: faults.has(Fault::Tampered) && first, ..genuine }
    }

    /// The form of a message with a MAC: what goes to URLSuccess, URLFailure and URLNotify.
    pub(crate) fn callback(&self, message: &Message, merchant: &Merchant) -> Result<String, NotSealed> {
        let strangers;
        let keys = if self.other_keys {
            strangers = strangers_keys(testing::keys(merchant).current().encryption().cipher())?;
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
                TextEncoding::Utf8LenInChars => text.chars().count(),
                _ => bytes.len(),
            };
            let mut data = encrypt(&bytes, keys.encryption())?;
            if self.tampered {
                tamper(&mut data, &bytes);
            }
            vec![format!("Len={len}"), format!("Data={data}")]
        } else {
            let escaped = |text: &str| self.escaped(text);
            if self.tampered {
                tamper_plain(&mut pairs);
            }
            pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect()
        };
        Ok(own.into_iter().chain(echoes).collect::<Vec<_>>().join("&"))
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            TextEncoding::Latin1 => {
                text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
            }
            _ => text.as_bytes().to_vec(),
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
    if key.cipher() == Cipher::Blowfish {
        padded.resize(text.len().next_multiple_of(8), b' ');
    }
    Ok(key.encrypt(&padded)?.into_data())
}

/// Keys of the same kind as the shop's, and others.
fn strangers_keys(cipher: Cipher) -> Result<KeyPair, KeyError> {
    let encryption = match cipher {
        Cipher::Blowfish => EncryptionKey::blowfish(b"another-key-0001")?,
        _ => EncryptionKey::aes(b"another-key-0001")?,
    };
    Ok(KeyPair::new(encryption, MacKey::new(b"another")?))
}

/// Changes one hex digit of the block in which the Status begins.
fn tamper(data: &mut String, text: &[u8]) {
    const NAME: &[u8] = b"&status=";
    let found = text.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME));
    let status = found.map_or(0, |at| at.saturating_add(NAME.len()));
    // Two digits a byte; behind the IV and its `-` where the cipher is AES.
    let begin = data.find('-').map_or(0, |at| at.saturating_add(1));
    let digit = begin.saturating_add(status.saturating_mul(2)).min(data.len().saturating_sub(1));
    let changed = match data.as_bytes().get(digit) {
        Some(b'0') => "1",
        _ => "0",
    };
    data.replace_range(digit..=digit, changed);
}

/// What anybody can do to an answer in the clear: make it say something else.
fn tamper_plain(pairs: &mut [(String, String)]) {
    if let Some((_, status)) = pairs.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("Status")) {
        status.push('X');
    }
}
