//! What can be wrong with a variable; the value is in no error.

use super::ProfileFileError;
use paygate_crypto::KeyError;
use paygate_params::FormatError;

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
    /// The variable is set to something that is not Unicode.
    #[error("{name} is not Unicode text")]
    NotUnicode {
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
    /// The file that the variable names gives no profile.
    #[error("{name}: {error}")]
    Profile {
        /// The variable.
        name: &'static str,
        /// What is wrong, with the lines and keys of the file.
        error: ProfileFileError,
    },
}

impl EnvironmentError {
    /// What is wrong, without the variable's name.
    pub(super) fn rule(&self) -> String {
        let text = self.to_string();
        let rule = text.strip_prefix(self.name()).unwrap_or(&text);
        rule.strip_prefix(':').unwrap_or(rule).trim_start().to_owned()
    }

    /// What is wrong, without the variable's name; each line of a profile's file for itself.
    ///
    /// ```
    /// use paygate::Settings;
    /// let error = Settings::from_lookup(|_| None).merchant().unwrap_err();
    /// assert_eq!((error.name(), error.rules()), ("PAYGATE_MERCHANT_ID", vec!["is not set".to_owned()]));
    /// ```
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        match self {
            #[cfg(feature = "toml")]
            Self::Profile { error: ProfileFileError::Lines(lines), .. } => {
                lines.problems().iter().map(ToString::to_string).collect()
            }
            other => vec![other.rule()],
        }
    }

    /// The variable.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing { name }
            | Self::NotUnicode { name }
            | Self::Key { name, .. }
            | Self::Format { name, .. }
            | Self::Cipher { name }
            | Self::Profile { name, .. } => name,
        }
    }
}
