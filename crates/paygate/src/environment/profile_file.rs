//! The profile from the file that `PAYGATE_PROFILE` names.

use super::EnvironmentError;
use super::variable::Variable;
use crate::profile::Profile;
#[cfg(feature = "toml")]
use crate::profile::problem::ProfileError;

/// Why the file that `PAYGATE_PROFILE` names gives no profile. Neither its path nor what it holds is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileFileError {
    /// The file cannot be read.
    #[cfg(feature = "toml")]
    #[error("{}", unreadable(*.0))]
    Unreadable(std::io::ErrorKind),
    /// The file is larger than 64 KiB, which no profile is.
    #[cfg(feature = "toml")]
    #[error("the file is larger than 64 KiB")]
    TooLarge,
    /// The file holds bytes that are not UTF-8, and TOML is.
    #[cfg(feature = "toml")]
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// Lines of the file are wrong.
    #[cfg(feature = "toml")]
    #[error(transparent)]
    Lines(ProfileError),
    /// This build reads no such file. To pass over it would judge payments by other rules than the merchant's.
    #[cfg(not(feature = "toml"))]
    #[error("a profile from a file needs the feature `toml` of the crate paygate")]
    NoFeature,
}

#[cfg(feature = "toml")]
fn unreadable(kind: std::io::ErrorKind) -> String {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::NotFound => {
            "there is no such file (a relative path begins at the working directory)".to_owned()
        }
        ErrorKind::PermissionDenied => "the file may not be read by this user".to_owned(),
        ErrorKind::IsADirectory => "it names a folder, and no file".to_owned(),
        other => format!("the file cannot be read: {other}"),
    }
}

/// The profile of the file, or the default where the variable is not set.
pub(super) fn read(variable: &Variable) -> Result<Profile, EnvironmentError> {
    let Some(path) = variable.text()? else { return Ok(Profile::default()) };
    from_file(path).map_err(|error| EnvironmentError::Profile { name: variable.name, error })
}

#[cfg(not(feature = "toml"))]
fn from_file(_: &str) -> Result<Profile, ProfileFileError> {
    Err(ProfileFileError::NoFeature)
}

#[cfg(feature = "toml")]
fn from_file(path: &str) -> Result<Profile, ProfileFileError> {
    use std::io::Read;
    const MAX: usize = 64 * 1024;

    let failed = |error: std::io::Error| ProfileFileError::Unreadable(error.kind());
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more, also of a file that has no end.
    let limit = u64::try_from(MAX).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MAX {
        return Err(ProfileFileError::TooLarge);
    }
    let text = str::from_utf8(&bytes).map_err(|_| ProfileFileError::NotUtf8)?;
    Profile::from_toml(text).map_err(ProfileFileError::Lines)
}

#[cfg(test)]
mod tests {
    use crate::{BaseUrl, EnvironmentError, ProfileFileError, Settings};
    use std::path::PathBuf;

    /// A file that goes with the test.
    struct File(PathBuf);

    impl File {
        fn of(name: &str, content: impl AsRef<[u8]>) -> Self {
            let path = std::env::temp_dir().join(format!("paygate-{}-{name}.toml", std::process::id()));
            std::fs::write(&path, content).unwrap();
            Self(path)
        }

        fn settings(&self, endpoint: Option<&str>) -> Settings {
            Settings::from_lookup(|name| match name {
                "PAYGATE_MERCHANT_ID" => Some("m".to_owned()),
                "PAYGATE_ENCRYPTION_KEY" | "PAYGATE_MAC_KEY" => Some("key".to_owned()),
                "PAYGATE_PROFILE" => Some(self.0.to_str().unwrap().to_owned()),
                "PAYGATE_ENDPOINT" => endpoint.map(str::to_owned),
                _ => None,
            })
        }

        fn error(&self) -> ProfileFileError {
            match self.settings(None).merchant().unwrap_err() {
                EnvironmentError::Profile { name: "PAYGATE_PROFILE", error } => error,
                other => panic!("{other}"),
            }
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn a_merchant_has_the_profile_of_the_file_and_its_endpoint() {
        let file = File::of("axepta", "white_label = 'axepta'\nminimum = 1");
        let merchant = file.settings(None).merchant().unwrap();
        assert_eq!((merchant.profile().ref_nr_max(), merchant.profile().minimum()), (12, 1));
        assert_eq!(merchant.endpoint(), &BaseUrl::AXEPTA);
        assert_eq!(file.settings(None).endpoint(), Ok(BaseUrl::AXEPTA));
    }

    #[test]
    fn an_endpoint_in_a_variable_overrides_the_one_of_the_file_and_nothing_else() {
        let file = File::of("override", "white_label = 'axepta'");
        let settings = file.settings(Some("http://127.0.0.1:8080/"));
        let merchant = settings.merchant().unwrap();
        assert!(merchant.endpoint().is_loopback_http());
        assert_eq!(settings.endpoint().as_ref(), Ok(merchant.endpoint()));
        assert!(merchant.profile().requires_ref_nr());
    }

    #[test]
    fn an_error_names_the_variable_and_the_line_and_the_key() {
        let file = File::of("wrong", "minimum = 100\nlong_ip_addr = 'canary'\n");
        let error = file.settings(None).merchant().unwrap_err();
        assert_eq!(error.to_string(), "PAYGATE_PROFILE: line 2: long_ip_addr must be true or false");
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_file_that_cannot_be_read_or_is_too_large_or_no_text_is_told() {
        let large = format!("#{}\n", "x".repeat(64 * 1024 - 2));
        let full = File::of("full", &large);
        assert!(full.settings(None).profile().is_ok());
        assert_eq!(File::of("large", large + "\n").error(), ProfileFileError::TooLarge);
        assert_eq!(File::of("bytes", b"# \xff").error(), ProfileFileError::NotUtf8);

        let missing = Settings::from_lookup(|_| Some("/nowhere/canary.toml".to_owned()));
        let error = missing.profile().unwrap_err().to_string();
        assert!(error.starts_with("PAYGATE_PROFILE: there is no such file"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}
