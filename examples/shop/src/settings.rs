//! How the shop is set up: play, or with the account that the environment names.

use crate::store::{self, BadDatabaseUrl, Place};
use gateway_http::Courier;
use gateway_simulator::paygate::Builder;
use paygate::{CallbackUrl, Merchant, Settings};
use std::env::VarError;
use std::path::PathBuf;

/// How the simulator of a demo is to behave.
type SimulatorSetup = Box<dyn FnOnce(Builder) -> Builder + Send>;

/// How a shop is to run.
pub struct Config {
    pub(crate) port: u16,
    pub(crate) place: Place,
    pub(crate) keeper_password: Option<String>,
    pub(crate) public_url: Option<String>,
    pub(crate) account: Account,
    pub(crate) courier: Option<Courier>,
}

/// Whose money it is.
pub(crate) enum Account {
    /// Nobody's: a simulator in this process, with keys made for this run.
    Demo(SimulatorSetup),
    /// The one of the environment.
    Own(Box<Merchant>),
}

/// The environment does not say what a shop needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Some variables of the account are set, and not all, or one is wrong. No value is told.
    #[error("some PAYGATE_ variables are set, and these are missing or wrong; set all or none: {}", .0.join("; "))]
    Account(Vec<String>),
    /// Paygate must know where to call.
    #[error("SHOP_PUBLIC_URL is not set, which an account needs: https:// and the name of the shop")]
    NoPublicUrl,
    /// It is no address that Paygate calls.
    #[error("SHOP_PUBLIC_URL: {0}")]
    PublicUrl(BadPublicUrl),
    /// A demo is for this machine alone.
    #[error("SHOP_PUBLIC_URL is set, and no PAYGATE_ variable is: a demo has no public address")]
    NoAccount,
    /// An empty variable would be left out in silence.
    #[error("{0} is set and empty; set it, or take it away")]
    Empty(String),
    /// A misspelt variable would be left out in silence.
    #[error("{0} is no variable of an account; those are {known}", known = Settings::VARIABLES.join(", "))]
    Unknown(String),
    /// It names no PostgreSQL database. Its value is not told: it may hold a password.
    #[error("DATABASE_URL {0}")]
    Database(BadDatabaseUrl),
    /// It holds bytes that are no text.
    #[error("{0} holds bytes that are no UTF-8")]
    NoText(&'static str),
}

/// The shop cannot stand under this address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicUrl {
    /// Paygate would not call it.
    #[error(transparent)]
    Format(#[from] paygate::FormatError),
    /// It has a path.
    #[error("names a path; the shop needs a host name of its own")]
    Path,
}

impl Config {
    /// A demo, with a simulator and keys of its own, whose data are in this folder.
    #[must_use]
    pub fn demo(data: impl Into<PathBuf>) -> Self {
        let account = Account::Demo(Box::new(|builder| builder));
        Self {
            port: 0,
            place: Place::Folder(data.into()),
            keeper_password: None,
            public_url: None,
            account,
            courier: None,
        }
    }

    /// A shop with an account. Where the account's Paygate is on this machine, it is a simulator, and the shop a demo too.
    #[must_use]
    pub fn real(merchant: Merchant, public_url: impl Into<String>, data: impl Into<PathBuf>) -> Self {
        let account = Account::Own(Box::new(merchant));
        Self {
            port: 0,
            place: Place::Folder(data.into()),
            keeper_password: None,
            public_url: Some(public_url.into()),
            account,
            courier: None,
        }
    }

    /// By the environment: a demo only where no variable `PAYGATE_…` is there at all, not even an empty one. One that was
    /// forgotten or misspelt must not turn a shop into a play.
    ///
    /// # Errors
    ///
    /// If an account is named, and not wholly; if a variable is none that the shop knows, or no text.
    pub fn from_env() -> Result<Self, SettingsError> {
        let data = std::env::var_os("SHOP_DATA").filter(|folder| !folder.is_empty());
        let data = data.map_or_else(|| PathBuf::from("shop-data"), PathBuf::from);
        let public_url = variable("SHOP_PUBLIC_URL")?;
        let config = if is_account_named()? {
            Self::real(account()?, public_url.ok_or(SettingsError::NoPublicUrl)?, data)
        } else if public_url.is_some() {
            return Err(SettingsError::NoAccount);
        } else {
            Self::demo(data)
        };
        let config = Self { keeper_password: variable("SHOP_KEEPER_PASSWORD")?, ..config };
        let config = match database_url()? {
            Some(url) => config.database(url),
            None => config,
        };
        if let Some(url) = &config.public_url {
            callback_url(url, "notify").map_err(SettingsError::PublicUrl)?;
        }
        Ok(config)
    }

    /// Listens on this port of the loopback address; 0 is any that is free. A proxy with TLS stands before a real shop.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// The password of the shopkeeper; without one it is made up and told once.
    #[must_use]
    pub fn keeper_password(self, password: impl Into<String>) -> Self {
        Self { keeper_password: Some(password.into()), ..self }
    }

    /// Stores in the PostgreSQL database of this URL, `postgres://…`, and in no folder.
    #[must_use]
    pub fn database(self, url: impl Into<String>) -> Self {
        Self { place: Place::Server(url.into()), ..self }
    }

    /// Sends calls to Paygate by this courier, as in a test in which no answer comes; without one, by TLS.
    #[must_use]
    pub fn courier(self, courier: Courier) -> Self {
        Self { courier: Some(courier), ..self }
    }

    /// Sets the simulator of a demo up: faults, a clock that is moved by hand.
    #[must_use]
    pub fn simulator(self, setup: impl FnOnce(Builder) -> Builder + Send + 'static) -> Self {
        match self.account {
            Account::Demo(_) => Self { account: Account::Demo(Box::new(setup)), ..self },
            Account::Own(_) => self,
        }
    }
}

/// Where Paygate and browsers come to, by the configured address and never by what a request says.
pub(crate) fn callback_url(public_url: &str, path: &str) -> Result<CallbackUrl, BadPublicUrl> {
    let url = CallbackUrl::new(format!("{}/{path}", public_url.trim_end_matches('/')))?;
    let host = url.as_str().split_once("://").map_or("", |(_, host)| host);
    // The shop's pages link from the root.
    if host.matches('/').count() == 1 { Ok(url) } else { Err(BadPublicUrl::Path) }
}

/// Empty, it may be the one of a deployment that failed to fill it: orders that then go to a file would be missed.
fn database_url() -> Result<Option<String>, SettingsError> {
    const NAME: &str = "DATABASE_URL";
    match std::env::var(NAME) {
        Ok(url) if url.is_empty() => Err(SettingsError::Empty(NAME.to_owned())),
        Ok(url) => store::server(&url).map(|_| Some(url)).map_err(SettingsError::Database),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(SettingsError::NoText(NAME)),
    }
}

fn variable(name: &'static str) -> Result<Option<String>, SettingsError> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(SettingsError::NoText(name)),
    }
}

/// Whether there is any variable of an account; each has to be one that is known, and not to be empty: what was meant to fill it
/// failed, and what is used in its place may be somebody else's, as the endpoint is.
fn is_account_named() -> Result<bool, SettingsError> {
    let mut is_named = false;
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if !name.starts_with("PAYGATE_") {
            continue;
        }
        if !Settings::VARIABLES.contains(&&*name) {
            return Err(SettingsError::Unknown(name.into_owned()));
        }
        if value.is_empty() {
            return Err(SettingsError::Empty(name.into_owned()));
        }
        is_named = true;
    }
    Ok(is_named)
}

fn account() -> Result<Merchant, SettingsError> {
    let settings = Settings::from_env();
    settings.merchant().map_err(|first| {
        let errors =
            [settings.merchant_id().err(), settings.encryption_key().err(), settings.mac_key().err()];
        let errors: Vec<_> = errors.into_iter().flatten().map(|error| error.to_string()).collect();
        SettingsError::Account(if errors.is_empty() { vec![first.to_string()] } else { errors })
    })
}
