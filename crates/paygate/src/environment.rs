//! A merchant from the environment: the variables that the command, the examples and shops share.

mod error;
mod examine;
mod finding;
mod password;
mod profile_file;
mod suspicion;
mod variable;

pub use error::EnvironmentError;
pub use finding::{Finding, Severity};
pub use profile_file::ProfileFileError;

use crate::merchant::Merchant;
use crate::profile::Profile;
use paygate_crypto::{EncryptionKey, KeyPair, KeyRing, MacKey};
use paygate_params::{BaseUrl, MerchantId};
use std::env::VarError;
use std::fmt;
use variable::{KeyTexts, Kind, Value, Variable, encryption, mac};

/// The variables that name an account and its keys, read and not yet checked.
///
/// | variable | what |
/// |---|---|
/// | `PAYGATE_MERCHANT_ID` | the merchant id |
/// | `PAYGATE_ENCRYPTION_KEY` | the encryption password: text, or `hex:` and hex digits |
/// | `PAYGATE_MAC_KEY` | the HMAC password, in the same way |
/// | `PAYGATE_ENCRYPTION_KEY_PREVIOUS`, `PAYGATE_MAC_KEY_PREVIOUS` | the keys before these, while they are being exchanged; where one is not set, it did not change |
/// | `PAYGATE_CIPHER` | `blowfish` (default) or `aes` |
/// | `PAYGATE_CIPHER_PREVIOUS` | the same for the encryption password before; must be set where the current cipher is `aes` and that password is given |
/// | `PAYGATE_ENDPOINT` | where Paygate is, whatever the profile says; by default what the profile says |
/// | `PAYGATE_PROFILE` | the path of a TOML file with the merchant's profile (feature **toml**); Computop's own rules by default |
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
    merchant_id: Variable,
    current: KeyTexts,
    previous: KeyTexts,
    endpoint: Variable,
    profile: Variable,
}

impl Settings {
    /// The names of all variables, in the order of the table above.
    pub const VARIABLES: [&'static str; 9] = [
        "PAYGATE_MERCHANT_ID",
        "PAYGATE_ENCRYPTION_KEY",
        "PAYGATE_MAC_KEY",
        "PAYGATE_ENCRYPTION_KEY_PREVIOUS",
        "PAYGATE_MAC_KEY_PREVIOUS",
        "PAYGATE_CIPHER",
        "PAYGATE_CIPHER_PREVIOUS",
        "PAYGATE_ENDPOINT",
        "PAYGATE_PROFILE",
    ];

    /// Reads the process's environment. A variable that is empty counts as not set.
    #[must_use]
    pub fn from_env() -> Self {
        Self::read(|name| match std::env::var(name) {
            Ok(text) => Value::of(Some(text)),
            Err(VarError::NotPresent) => Value::NotSet,
            Err(VarError::NotUnicode(_)) => Value::NotUnicode,
        })
    }

    /// Reads from any source of variables. One that is empty counts as not set.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        Self::read(|name| Value::of(lookup(name)))
    }

    fn read(value: impl Fn(&str) -> Value) -> Self {
        let variable = |name| Variable { name, value: value(name) };
        Self {
            merchant_id: variable("PAYGATE_MERCHANT_ID"),
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
            endpoint: variable("PAYGATE_ENDPOINT"),
            profile: variable("PAYGATE_PROFILE"),
        }
    }

    /// The merchant id.
    ///
    /// # Errors
    ///
    /// If it is not set or is no merchant id.
    pub fn merchant_id(&self) -> Result<MerchantId, EnvironmentError> {
        let name = self.merchant_id.name;
        MerchantId::new(self.merchant_id.needed()?).map_err(|rule| EnvironmentError::Format { name, rule })
    }

    /// The encryption key.
    ///
    /// # Errors
    ///
    /// If it is not set or is no key.
    pub fn encryption_key(&self) -> Result<EncryptionKey, EnvironmentError> {
        encryption(&self.current.encryption, self.current.kind()?)
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
        let current = &self.current;
        if old_encryption.text()?.is_none() && old_mac.text()?.is_none() && old_cipher.text()?.is_none() {
            return Ok(ring);
        }
        let kind = self.previous_kind()?;
        let changed = old_encryption.text()?.is_some();
        let key = encryption(if changed { old_encryption } else { &current.encryption }, kind)?;
        let mac_key = if old_mac.text()?.is_some() { mac(old_mac) } else { mac(&current.mac) };
        Ok(ring.with_previous(KeyPair::new(key, mac_key?)))
    }

    /// What the encryption password before is for.
    fn previous_kind(&self) -> Result<Kind, EnvironmentError> {
        let KeyTexts { encryption, cipher, .. } = &self.previous;
        match (encryption.text()?, self.current.kind()?) {
            (Some(_), Kind::Blowfish) => self.previous.kind(),
            // A Blowfish password of 16 characters is an AES key too, and a wrong guess would lose every answer to a
            // payment that was begun before the change.
            (Some(_), Kind::Aes) => {
                self.previous.kind_or(Err(EnvironmentError::Missing { name: cipher.name }))
            }
            (None, kind) => self.previous.kind_or(Ok(kind)),
        }
    }

    /// The merchant's profile, read from its file now; the default where no file is named. A relative path starts at
    /// the working directory of the process.
    ///
    /// ```
    /// use paygate::{Profile, Settings};
    /// assert_eq!(Settings::from_lookup(|_| None).profile(), Ok(Profile::default()));
    ///
    /// let settings = Settings::from_lookup(|name| match name {
    ///     "PAYGATE_PROFILE" => Some("/no/such/file.toml".to_owned()),
    ///     _ => None,
    /// });
    /// assert!(settings.profile().unwrap_err().to_string().starts_with("PAYGATE_PROFILE: "));
    /// ```
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is no profile; without the feature **toml** if one is named at all.
    pub fn profile(&self) -> Result<Profile, EnvironmentError> {
        profile_file::read(&self.profile)
    }

    /// Where Paygate is: what the variable says, else what the profile says.
    ///
    /// ```
    /// use paygate::{BaseUrl, Settings};
    /// assert_eq!(Settings::from_lookup(|_| None).endpoint(), Ok(BaseUrl::COMPUTOP));
    /// ```
    ///
    /// # Errors
    ///
    /// If the variable is set and no URL for it, or is not set and the profile cannot be read.
    pub fn endpoint(&self) -> Result<BaseUrl, EnvironmentError> {
        match self.endpoint_override()? {
            Some(endpoint) => Ok(endpoint),
            None => self.profile().map(|profile| profile.endpoint().clone()),
        }
    }

    fn endpoint_override(&self) -> Result<Option<BaseUrl>, EnvironmentError> {
        let wrong = |rule| EnvironmentError::Format { name: self.endpoint.name, rule };
        self.endpoint.text()?.map(|text| BaseUrl::new(text).map_err(wrong)).transpose()
    }

    /// The merchant, put together.
    ///
    /// # Errors
    ///
    /// The first variable that is missing or wrong.
    pub fn merchant(&self) -> Result<Merchant, EnvironmentError> {
        let merchant = Merchant::new(self.merchant_id()?, self.keys()?);
        let endpoint = self.endpoint_override()?;
        let merchant = merchant.with_profile(self.profile()?);
        Ok(match endpoint {
            Some(endpoint) => merchant.with_endpoint(endpoint),
            None => merchant,
        })
    }
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

    /// An answer that was sealed with a key of before opens with the ring that the variables make.
    fn opens(old: &[(&str, &str)], new: &[(&'static str, &'static str)]) -> Result<bool, EnvironmentError> {
        let before = settings(old).merchant()?;
        let expected = crate::testing::expected(&before, "order-1", 1999);
        let form = crate::testing::Callback::paid(&expected).form(&before).unwrap();
        let raw = crate::RawCallback::post(crate::Route::Notify, form.as_bytes());
        Ok(with(new).merchant()?.open::<crate::Trustly>(&raw).is_ok())
    }

    #[test]
    fn answers_to_payments_begun_before_a_change_of_keys_still_open() {
        let base = |encryption, mac, cipher| {
            [
                ("PAYGATE_MERCHANT_ID", "m"),
                ("PAYGATE_ENCRYPTION_KEY", encryption),
                ("PAYGATE_MAC_KEY", mac),
                ("PAYGATE_CIPHER", cipher),
            ]
        };
        let old = base("an-older-key-16c", "older", "blowfish");
        let keys =
            [("PAYGATE_ENCRYPTION_KEY_PREVIOUS", "an-older-key-16c"), ("PAYGATE_MAC_KEY_PREVIOUS", "older")];
        assert_eq!(opens(&old, &keys), Ok(true));
        assert_eq!(opens(&old, &[]), Ok(false));
        assert_eq!(
            opens(&base("0123456789abcdef", "older", ""), &keys[1..]),
            Ok(true),
            "the MAC key alone changed"
        );
        assert_eq!(
            opens(&base("an-older-key-16c", "mac", ""), &keys[..1]),
            Ok(true),
            "the encryption key alone changed"
        );
        // From Blowfish to AES: what the old password was for must be said.
        let aes = [keys[0], keys[1], ("PAYGATE_CIPHER", "aes")];
        assert_eq!(opens(&old, &aes), Err(EnvironmentError::Missing { name: "PAYGATE_CIPHER_PREVIOUS" }));
        let said = [keys[0], keys[1], ("PAYGATE_CIPHER", "aes"), ("PAYGATE_CIPHER_PREVIOUS", "blowfish")];
        assert_eq!(opens(&old, &said), Ok(true));
        // And where the password stayed and the cipher changed.
        let cipher_alone = [("PAYGATE_CIPHER", "aes"), ("PAYGATE_CIPHER_PREVIOUS", "blowfish")];
        assert_eq!(opens(&base("0123456789abcdef", "mac", ""), &cipher_alone), Ok(true));
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
