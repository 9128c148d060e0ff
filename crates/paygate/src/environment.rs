//! A merchant from the environment: the variables that the command, the examples and shops share.

use crate::merchant::Merchant;
use paygate_crypto::{EncryptionKey, KeyError, KeyPair, KeyRing, MacKey, Zeroizing};
use paygate_params::{BaseUrl, FormatError, MerchantId};
use std::fmt;

/// The variables that name an account and its keys, read and not yet checked.
///
/// | variable | what |
/// |---|---|
/// | `PAYGATE_MERCHANT_ID` | the merchant id |
/// | `PAYGATE_ENCRYPTION_KEY` | the encryption password: text, or `hex:` and hex digits |
/// | `PAYGATE_MAC_KEY` | the HMAC password, in the same way |
/// | `PAYGATE_ENCRYPTION_KEY_PREVIOUS`, `PAYGATE_MAC_KEY_PREVIOUS` | the keys before these, while they are being exchanged; where one is not set, it did not change |
/// | `PAYGATE_CIPHER`, `PAYGATE_CIPHER_PREVIOUS` | `blowfish` (default) or `aes` |
/// | `PAYGATE_ENDPOINT` | where Paygate is; Computop's own by default |
///
/// ```
/// use paygate::Settings;
/// let settings = Settings::from_lookup(|name| match name {
///     "PAYGATE_MERCHANT_ID" => Some("YourMerchantId".to_owned()),
///     "PAYGATE_ENCRYPTION_KEY" => Some("0123456789abcdef".to_owned()),
///     "PAYGATE_MAC_KEY" => Some("hex:6d79536563726574".to_owned()),
///     _ => None,
/// });
/// assert_eq!(settings.merchant()?.id().as_str(), "YourMerchantId");
/// # Ok::<(), paygate::EnvironmentError>(())
/// ```
pub struct Settings {
    merchant_id: Option<String>,
    current: KeyTexts,
    previous: KeyTexts,
    endpoint: Option<String>,
}

/// The texts of one generation of keys.
struct KeyTexts {
    encryption: Variable,
    mac: Variable,
    cipher: Variable,
}

/// A variable's name and value.
struct Variable {
    name: &'static str,
    value: Option<Zeroizing<String>>,
}

/// A variable is missing or wrong. The value is never shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// The variable is not set.
    #[error("{name} is not set")]
    Missing {
        /// The variable.
        name: &'static str,
    },
    /// The variable holds no key.
    #[error("{name}: {error}")]
    Key {
        /// The variable.
        name: &'static str,
        /// What is wrong.
        error: KeyError,
    },
    /// The variable breaks a format.
    #[error("{name} {rule}")]
    Format {
        /// The variable.
        name: &'static str,
        /// The rule that it breaks.
        rule: FormatError,
    },
    /// The variable names no cipher.
    #[error("{name} is neither blowfish nor aes")]
    Cipher {
        /// The variable.
        name: &'static str,
    },
}

impl Settings {
    /// The names of all variables, in the order of the table above.
    pub const VARIABLES: [&'static str; 8] = [
        "PAYGATE_MERCHANT_ID",
        "PAYGATE_ENCRYPTION_KEY",
        "PAYGATE_MAC_KEY",
        "PAYGATE_ENCRYPTION_KEY_PREVIOUS",
        "PAYGATE_MAC_KEY_PREVIOUS",
        "PAYGATE_CIPHER",
        "PAYGATE_CIPHER_PREVIOUS",
        "PAYGATE_ENDPOINT",
    ];

    /// Reads the process's environment; a variable that is empty or not Unicode counts as not set.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads from any source of variables. An empty one counts as not set, as it is where a container's
    /// configuration names it without a value.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let lookup = |name| lookup(name).filter(|value| !value.is_empty());
        let variable = |name| Variable { name, value: lookup(name).map(Zeroizing::new) };
        Self {
            merchant_id: lookup("PAYGATE_MERCHANT_ID"),
            current: KeyTexts {
                encryption: variable("PAYGATE_ENCRYPTION_KEY"),
                mac: variable("PAYGATE_MAC_KEY"),
                cipher: variable("PAYGATE_CIPHER"),
            },
            previous: KeyTexts {
                encryption: variable("PAYGATE_ENCRYPTION_KEY_PREVIOUS"),
                mac: variable("PAYGATE_MAC_KEY_PREVIOUS"),
                cipher: variable("PAYGATE_CIPHER_PREVIOUS"),
            },
            endpoint: lookup("PAYGATE_ENDPOINT"),
        }
    }

    /// The merchant id.
    ///
    /// # Errors
    ///
    /// If it is not set or is no merchant id.
    pub fn merchant_id(&self) -> Result<MerchantId, EnvironmentError> {
        let name = "PAYGATE_MERCHANT_ID";
        let text = self.merchant_id.as_deref().ok_or(EnvironmentError::Missing { name })?;
        MerchantId::new(text).map_err(|rule| EnvironmentError::Format { name, rule })
    }

    /// The encryption key.
    ///
    /// # Errors
    ///
    /// If it is not set or is no key.
    pub fn encryption_key(&self) -> Result<EncryptionKey, EnvironmentError> {
        encryption(&self.current.encryption, self.current.cipher.kind()?)
    }

    /// The MAC key.
    ///
    /// # Errors
    ///
    /// If it is not set or is no key.
    pub fn mac_key(&self) -> Result<MacKey, EnvironmentError> {
        mac(&self.current.mac)
    }

    /// All keys; the previous ones if any of their variables is set.
    ///
    /// # Errors
    ///
    /// If one is missing or is no key.
    pub fn keys(&self) -> Result<KeyRing, EnvironmentError> {
        let ring = KeyRing::new(KeyPair::new(self.encryption_key()?, self.mac_key()?));
        let KeyTexts { encryption: old_encryption, mac: old_mac, cipher: old_cipher } = &self.previous;
        if [old_encryption, old_mac, old_cipher].iter().all(|variable| variable.value.is_none()) {
            return Ok(ring);
        }
        let kind = old_cipher.kind_or(self.current.cipher.kind()?)?;
        let key = encryption(old_encryption.or(&self.current.encryption), kind)?;
        Ok(ring.with_previous(KeyPair::new(key, mac(old_mac.or(&self.current.mac))?)))
    }

    /// Where Paygate is.
    ///
    /// # Errors
    ///
    /// If the variable is set and no URL for it.
    pub fn endpoint(&self) -> Result<BaseUrl, EnvironmentError> {
        let wrong = |rule| EnvironmentError::Format { name: "PAYGATE_ENDPOINT", rule };
        self.endpoint.as_deref().map_or(Ok(BaseUrl::COMPUTOP), |text| BaseUrl::new(text).map_err(wrong))
    }

    /// The merchant, put together.
    ///
    /// # Errors
    ///
    /// The first variable that is missing or wrong.
    pub fn merchant(&self) -> Result<Merchant, EnvironmentError> {
        Ok(Merchant::new(self.merchant_id()?, self.keys()?).with_endpoint(self.endpoint()?))
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Blowfish,
    Aes,
}

impl Variable {
    fn text(&self) -> Result<&str, EnvironmentError> {
        self.value.as_deref().map(String::as_str).ok_or(EnvironmentError::Missing { name: self.name })
    }

    fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.value.is_some() { self } else { other }
    }

    fn kind(&self) -> Result<Kind, EnvironmentError> {
        self.kind_or(Kind::Blowfish)
    }

    fn kind_or(&self, default: Kind) -> Result<Kind, EnvironmentError> {
        match self.value.as_deref().map(String::as_str) {
            None => Ok(default),
            Some(text) if text.eq_ignore_ascii_case("blowfish") => Ok(Kind::Blowfish),
            Some(text) if text.eq_ignore_ascii_case("aes") => Ok(Kind::Aes),
            Some(_) => Err(EnvironmentError::Cipher { name: self.name }),
        }
    }
}

fn encryption(variable: &Variable, kind: Kind) -> Result<EncryptionKey, EnvironmentError> {
    let text = variable.text()?;
    let key = match kind {
        Kind::Blowfish => EncryptionKey::blowfish_from_text(text),
        Kind::Aes => EncryptionKey::aes_from_text(text),
    };
    key.map_err(|error| EnvironmentError::Key { name: variable.name, error })
}

fn mac(variable: &Variable) -> Result<MacKey, EnvironmentError> {
    MacKey::from_text(variable.text()?).map_err(|error| EnvironmentError::Key { name: variable.name, error })
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not even the merchant id: unchecked, it may be a key in the wrong variable.
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate_crypto::Cipher;

    fn settings(variables: &[(&str, &str)]) -> Settings {
        Settings::from_lookup(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    const BASE: [(&str, &str); 3] = [
        ("PAYGATE_MERCHANT_ID", "m"),
        ("PAYGATE_ENCRYPTION_KEY", "0123456789abcdef"),
        ("PAYGATE_MAC_KEY", "mac"),
    ];

    fn with(more: &[(&'static str, &'static str)]) -> Settings {
        settings(&BASE.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>())
    }

    #[test]
    fn a_missing_variable_is_named() {
        assert_eq!(
            settings(&BASE[..2]).merchant().unwrap_err(),
            EnvironmentError::Missing { name: "PAYGATE_MAC_KEY" }
        );
    }

    #[test]
    fn the_cipher_is_blowfish_unless_told_otherwise() {
        assert_eq!(with(&[]).encryption_key().unwrap().cipher(), Cipher::Blowfish);
        assert_eq!(with(&[("PAYGATE_CIPHER", "AES")]).encryption_key().unwrap().cipher(), Cipher::Aes128);
        assert_eq!(
            with(&[("PAYGATE_CIPHER", "des")]).keys().unwrap_err(),
            EnvironmentError::Cipher { name: "PAYGATE_CIPHER" }
        );
    }

    #[test]
    fn a_previous_key_that_is_not_set_did_not_change() {
        let pairs = |settings: Settings| settings.keys().unwrap().pairs_at(0).count();
        assert_eq!(pairs(with(&[])), 1);
        assert_eq!(pairs(with(&[("PAYGATE_MAC_KEY_PREVIOUS", "old")])), 2);
        assert_eq!(pairs(with(&[("PAYGATE_ENCRYPTION_KEY_PREVIOUS", "old")])), 2);
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        assert_eq!(with(&[("PAYGATE_MAC_KEY_PREVIOUS", "")]).keys().unwrap().pairs_at(0).count(), 1);
        let missing = settings(&[("PAYGATE_MERCHANT_ID", "")]).merchant_id();
        assert_eq!(missing.unwrap_err(), EnvironmentError::Missing { name: "PAYGATE_MERCHANT_ID" });
    }

    #[test]
    fn every_variable_that_is_listed_is_asked_for_and_no_other() {
        let asked = std::cell::RefCell::new(Vec::new());
        let _ = Settings::from_lookup(|name| {
            asked.borrow_mut().push(name.to_owned());
            None
        });
        let mut listed = Settings::VARIABLES.map(str::to_owned).to_vec();
        listed.sort();
        asked.borrow_mut().sort();
        assert_eq!(*asked.borrow(), listed);
    }

    #[test]
    fn no_error_and_no_debug_shows_a_value() {
        let wrong =
            with(&[("PAYGATE_ENDPOINT", "http://canary.example/"), ("PAYGATE_CIPHER_PREVIOUS", "canary")]);
        for text in [
            wrong.endpoint().unwrap_err().to_string(),
            wrong.keys().unwrap_err().to_string(),
            format!("{:?} {wrong:?}", wrong.keys().unwrap_err()),
        ] {
            assert!(!text.contains("canary") && !text.contains("0123456789"), "{text}");
        }
    }
}
