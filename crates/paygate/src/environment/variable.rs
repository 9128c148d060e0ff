//! One variable, and the texts of one generation of keys: what they hold, and what they become.

use super::EnvironmentError;
use super::password::bytes;
use paygate_crypto::{EncryptionKey, MacKey, Zeroizing};

/// The texts of one generation of keys.
pub(super) struct KeyTexts {
    pub(super) encryption: Variable,
    pub(super) mac: Variable,
    pub(super) cipher: Variable,
}

/// A variable's name and value.
pub(super) struct Variable {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// What a source of variables has to say about one.
pub(super) enum Value {
    NotSet,
    NotUnicode,
    Text(Zeroizing<String>),
}

impl Value {
    /// An empty variable counts as not set, as it is where a container's configuration names it without a value.
    pub(super) fn of(text: Option<String>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::NotSet, |text| Self::Text(Zeroizing::new(text)))
    }
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Blowfish,
    Aes,
}

impl Variable {
    /// The text, where there is one.
    pub(super) fn text(&self) -> Result<Option<&str>, EnvironmentError> {
        match &self.value {
            Value::NotSet => Ok(None),
            Value::NotUnicode => Err(EnvironmentError::NotUnicode { name: self.name }),
            Value::Text(text) => Ok(Some(text)),
        }
    }

    /// Whether both are set and stand for the same bytes. In time that tells where they differ: for examinations of
    /// one's own settings, where nobody guesses.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Text(one), Value::Text(other)) => {
                bytes(one).is_some_and(|one| Some(&*one) == bytes(other).as_deref())
            }
            _ => false,
        }
    }

    pub(super) fn needed(&self) -> Result<&str, EnvironmentError> {
        self.text()?.ok_or(EnvironmentError::Missing { name: self.name })
    }
}

impl KeyTexts {
    pub(super) fn kind(&self) -> Result<Kind, EnvironmentError> {
        self.kind_or(Ok(Kind::Blowfish))
    }

    pub(super) fn kind_or(&self, default: Result<Kind, EnvironmentError>) -> Result<Kind, EnvironmentError> {
        match self.cipher.text()? {
            None => default,
            Some(text) if text.eq_ignore_ascii_case("blowfish") => Ok(Kind::Blowfish),
            Some(text) if text.eq_ignore_ascii_case("aes") => Ok(Kind::Aes),
            Some(_) => Err(EnvironmentError::Cipher { name: self.cipher.name }),
        }
    }
}

pub(super) fn encryption(variable: &Variable, kind: Kind) -> Result<EncryptionKey, EnvironmentError> {
    let text = variable.needed()?;
    let key = match kind {
        Kind::Blowfish => EncryptionKey::blowfish_from_text(text),
        Kind::Aes => EncryptionKey::aes_from_text(text),
    };
    key.map_err(|error| EnvironmentError::Key { name: variable.name, error })
}

pub(super) fn mac(variable: &Variable) -> Result<MacKey, EnvironmentError> {
    MacKey::from_text(variable.needed()?)
        .map_err(|error| EnvironmentError::Key { name: variable.name, error })
}
