//! Whose Paygate it is: the account of the environment, or a throw-away one where there is none.

use paygate::{EnvironmentError, Merchant, Settings, testing};

/// How the names of the variables begin.
const PREFIX: &str = "PAYGATE_";

/// An account, and where it comes from.
pub(crate) enum Account {
    /// The keys stand in the source of a public crate.
    ThrowAway(Merchant),
    Own(Merchant),
}

impl Account {
    /// The throw-away account only where nothing is set at all: a variable that was forgotten or misspelt must not be
    /// answered with other keys than the shop has.
    pub(crate) fn from_env() -> Result<Self, Vec<EnvironmentError>> {
        let is_set = std::env::vars_os()
            .any(|(name, value)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) && !value.is_empty());
        if !is_set {
            return Ok(Self::ThrowAway(testing::merchant()));
        }
        let settings = Settings::from_env();
        settings.merchant().map(Self::Own).map_err(|first| {
            let errors =
                [settings.merchant_id().err(), settings.encryption_key().err(), settings.mac_key().err()];
            let errors: Vec<_> = errors.into_iter().flatten().collect();
            if errors.is_empty() { vec![first] } else { errors }
        })
    }

    pub(crate) const fn merchant(&self) -> &Merchant {
        match self {
            Self::ThrowAway(merchant) | Self::Own(merchant) => merchant,
        }
    }
}
