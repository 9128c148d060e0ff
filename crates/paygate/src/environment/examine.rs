//! The examination of all variables at once, for whoever wonders why nothing opens.

use super::finding::{About, Finding};
use super::password::{self, Use};
use super::variable::{Kind, Value, Variable};
use super::{EnvironmentError, Settings, suspicion};
use crate::profile::Profile;
use paygate_params::{BaseUrl, MerchantId};

/// What kind of address an endpoint is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Known,
    ThisMachine,
    Unknown,
}

impl Settings {
    /// Examines every variable, beyond what [`Settings::merchant`] refuses: passwords of an unusual length, with
    /// quotation marks around them, equal to each other, or never replaced by real ones.
    ///
    /// At least one finding for each of [`Settings::VARIABLES`], in their order. Nothing is sent and no name is looked
    /// up; the profile's file is read. No finding holds a value.
    ///
    /// ```
    /// use paygate::{Settings, Severity};
    /// let settings = Settings::from_lookup(|name| match name {
    ///     "PAYGATE_MERCHANT_ID" => Some("Tea_Shop".to_owned()),
    ///     "PAYGATE_ENCRYPTION_KEY" => Some("'Xk4!pQ9?zR2_mN'".to_owned()),
    ///     _ => None,
    /// });
    /// let found = settings.examine();
    /// let problems: Vec<String> = found
    ///     .iter()
    ///     .filter(|finding| finding.severity() == Severity::Problem)
    ///     .map(|finding| finding.to_string())
    ///     .collect();
    /// assert_eq!(
    ///     problems,
    ///     [
    ///         "PAYGATE_ENCRYPTION_KEY: stands in quotation marks or brackets, which would be part of it",
    ///         "PAYGATE_MAC_KEY: is not set",
    ///     ]
    /// );
    /// ```
    #[must_use]
    pub fn examine(&self) -> Vec<Finding> {
        let profile = self.profile();
        let place = self.place(&profile);
        let simulated = place == Some(Place::ThisMachine);
        let encryption = Use::Encryption(self.current.kind().ok());
        let old_encryption = Use::Encryption(self.previous_kind().ok());

        let mut found = self.examine_merchant_id(simulated);
        let mut about = password::examine(&self.current.encryption, encryption, simulated);
        if self.current.encryption.same_as(&self.current.mac) {
            about.problem("is the same as PAYGATE_MAC_KEY: Computop gives two passwords");
        }
        found.extend(about.or_fine(password::length(&self.current.encryption)));
        let about = password::examine(&self.current.mac, Use::Mac, simulated);
        found.extend(about.or_fine(password::length(&self.current.mac)));
        for (old, current, purpose) in [
            (&self.previous.encryption, &self.current.encryption, old_encryption),
            (&self.previous.mac, &self.current.mac, Use::Mac),
        ] {
            found.extend(examine_previous(old, current, purpose, simulated));
        }
        found.extend(self.examine_ciphers());
        found.extend(self.examine_endpoint(place));
        found.extend(self.examine_profile(&profile));
        found
    }

    fn examine_merchant_id(&self, simulated: bool) -> Vec<Finding> {
        let mut about = About::new(self.merchant_id.name);
        let text = match self.merchant_id.needed() {
            Ok(text) => text,
            Err(error) => {
                about.problem(error.rule());
                return about.or_fine("");
            }
        };
        if let Err(rule) = MerchantId::new(text) {
            about.problem(rule.to_string());
        }
        suspicion::quotes(text, &mut about);
        suspicion::placeholder(text, simulated, &mut about);
        for key in [&self.current.encryption, &self.current.mac] {
            if self.merchant_id.same_as(key) {
                about.problem(format!("is the same as {}, so one of them is in the wrong place", key.name));
            }
        }
        about.or_fine(password::length(&self.merchant_id))
    }

    fn examine_ciphers(&self) -> Vec<Finding> {
        let mut current = About::new(self.current.cipher.name);
        let mut previous = About::new(self.previous.cipher.name);
        let word = |kind| match kind {
            Kind::Blowfish => "Blowfish",
            Kind::Aes => "AES",
        };
        let kind = self.current.kind().map_err(|error| current.problem(error.rule()));
        // What is wrong with the current one is told there, and of a password with that password.
        let old = self.previous_kind().map_err(|error| {
            if error.name() == self.previous.cipher.name {
                previous.problem(error.rule());
            }
        });
        let mut found = current.or_fine(match (&self.current.cipher.value, kind) {
            (Value::NotSet, _) => "is not set: Blowfish",
            (_, kind) => kind.map(word).unwrap_or_default(),
        });
        let fine = match (&self.previous.cipher.value, old) {
            (Value::NotSet, _) => "is not set: it did not change",
            (_, old) => old.map(word).unwrap_or_default(),
        };
        found.extend(previous.or_fine(fine));
        found
    }

    /// Where the endpoint is, if it can be told.
    fn place(&self, profile: &Result<Profile, EnvironmentError>) -> Option<Place> {
        match (self.endpoint_override().ok()?, profile) {
            (Some(endpoint), _) => Some(place(&endpoint)),
            (None, Ok(profile)) => Some(place(profile.endpoint())),
            (None, Err(_)) => None,
        }
    }

    fn examine_endpoint(&self, place: Option<Place>) -> Vec<Finding> {
        let mut about = About::new(self.endpoint.name);
        let endpoint = self.endpoint_override();
        if let Err(error) = &endpoint {
            about.problem(error.rule());
        }
        let (is_set, is_open) = (matches!(endpoint, Ok(Some(_))), matches!(endpoint, Ok(None)));
        if endpoint
            .is_ok_and(|url| url.is_some_and(|url| url.as_str().to_ascii_lowercase().contains(".aspx")))
        {
            about.problem("names a file: only the part before it is wanted");
        }
        let whose = if is_set { "is" } else { "is not set, and the profile's is" };
        match place {
            Some(Place::ThisMachine) => {
                about.advice(format!("{whose} on this machine: a simulator, and no real payments"));
            }
            Some(Place::Unknown) => {
                about.advice(format!("{whose} not a known host (Computop's, Axepta's): is it your bank's?"));
            }
            None if is_open => about.advice("is not set, and the profile that may say it cannot be read"),
            Some(Place::Known) | None => {}
        }
        about.or_fine(format!("{whose} a known host"))
    }

    fn examine_profile(&self, profile: &Result<Profile, EnvironmentError>) -> Vec<Finding> {
        let mut about = About::new(self.profile.name);
        if let Err(error) = profile {
            for rule in error.rules() {
                about.problem(rule);
            }
        }
        about.or_fine(match self.profile.value {
            Value::NotSet => "is not set: Computop's own rules",
            _ => "is read",
        })
    }
}

fn examine_previous(old: &Variable, current: &Variable, purpose: Use, simulated: bool) -> Vec<Finding> {
    if matches!(old.value, Value::NotSet) {
        return About::new(old.name).or_fine("is not set: it did not change");
    }
    let mut about = password::examine(old, purpose, simulated);
    if old.same_as(current) {
        about.advice("is the same as the current one: where a password did not change, leave it unset");
    }
    about.or_fine(format!("{}; unset it once no older payment is open", password::length(old)))
}

fn place(endpoint: &BaseUrl) -> Place {
    let origin = endpoint.origin().to_ascii_lowercase();
    let origin = origin.strip_suffix(":443").unwrap_or(&origin);
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let local = host.starts_with("[::1]")
        || host.split(':').next().is_some_and(|name| {
            name == "localhost"
                || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        });
    if local {
        Place::ThisMachine
    } else if [BaseUrl::COMPUTOP, BaseUrl::AXEPTA].iter().any(|known| known.origin() == origin) {
        Place::Known
    } else {
        Place::Unknown
    }
}
