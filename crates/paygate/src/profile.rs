//! What a merchant's account at Paygate allows: data that a shop can replace.

use crate::error::Violation;
use paygate_params::{CountryCode, Currency, Facts};

/// How free text is sent. Anything but the default needs Computop's word for the merchant's account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextEncoding {
    /// ISO-8859-1, one byte a character, so that `Len` is the same in bytes and characters.
    #[default]
    Latin1,
    /// UTF-8, `Len` in bytes.
    Utf8LenInBytes,
    /// UTF-8, `Len` in characters.
    Utf8LenInChars,
}

/// The rules of a merchant's account that no single parameter can tell.
///
/// The default is the Trustly page's: its thirteen currencies (which lack SEK, DKK and NOK), a currency
/// that matches the country, 100 of the smallest unit at least, addresses of at most 15 characters.
///
/// ```
/// use paygate::{Currency, Profile};
/// let profile = Profile::default().with_currencies([Currency::SEK, Currency::EUR]).with_minimum(1);
/// assert!(profile.currencies().contains(&Currency::SEK));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    currencies: Vec<Currency>,
    country_must_match: bool,
    minimum: u64,
    ip_addr_max: usize,
    text: TextEncoding,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            currencies: vec![
                Currency::BAM,
                Currency::BGN,
                Currency::CZK,
                Currency::EEK,
                Currency::EUR,
                Currency::GBP,
                Currency::HRK,
                Currency::HUF,
                Currency::LTL,
                Currency::LVL,
                Currency::PLN,
                Currency::RON,
                Currency::USD,
            ],
            country_must_match: true,
            minimum: 100,
            ip_addr_max: 15,
            text: TextEncoding::Latin1,
        }
    }
}

/// Countries that have the euro, by two letters each.
const EURO: &str = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK";

/// Currencies and the countries that they belong to; BGN, EEK, HRK, LTL and LVL from before the euro.
const OWN: &[(Currency, &str)] = &[
    (Currency::BAM, "BA"),
    (Currency::BGN, "BG"),
    (Currency::CHF, "CH LI"),
    (Currency::CZK, "CZ"),
    (Currency::DKK, "DK"),
    (Currency::EEK, "EE"),
    (Currency::EUR, EURO),
    (Currency::GBP, "GB"),
    (Currency::HRK, "HR"),
    (Currency::HUF, "HU"),
    (Currency::ISK, "IS"),
    (Currency::LTL, "LT"),
    (Currency::LVL, "LV"),
    (Currency::NOK, "NO"),
    (Currency::PLN, "PL"),
    (Currency::RON, "RO"),
    (Currency::SEK, "SE"),
    (Currency::USD, "US"),
];

impl Profile {
    /// Replaces the currencies.
    #[must_use]
    pub fn with_currencies(mut self, currencies: impl IntoIterator<Item = Currency>) -> Self {
        self.currencies = currencies.into_iter().collect();
        self
    }

    /// Takes any currency with any country.
    #[must_use]
    pub fn without_country_match(mut self) -> Self {
        self.country_must_match = false;
        self
    }

    /// Sets the least amount, in the smallest unit. Less than 100 needs Computop's helpdesk to agree.
    #[must_use]
    pub fn with_minimum(mut self, units: u64) -> Self {
        self.minimum = units;
        self
    }

    /// Sends IPv6 addresses of any length, up to 45 characters, where the account takes them.
    #[must_use]
    pub fn with_long_ip_addr(mut self) -> Self {
        self.ip_addr_max = 45;
        self
    }

    /// Sets how free text is sent.
    #[must_use]
    pub fn with_text_encoding(mut self, text: TextEncoding) -> Self {
        self.text = text;
        self
    }

    /// The currencies that may be used.
    #[must_use]
    pub fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// How free text is sent.
    #[must_use]
    pub fn text_encoding(&self) -> TextEncoding {
        self.text
    }

    /// The longest `IPAddr` that is sent, in characters.
    #[must_use]
    pub fn ip_addr_max(&self) -> usize {
        self.ip_addr_max
    }

    /// Adds the rules of the profile that a request breaks.
    pub(crate) fn violations(&self, facts: &Facts<'_>, found: &mut Vec<Violation>) {
        if let Some(currency) = facts.currency.filter(|currency| !self.currencies.contains(currency)) {
            found.push(Violation::Currency { currency });
        }
        if self.country_must_match
            && let (Some(currency), Some(country)) = (facts.currency, facts.country)
            && !matches(currency, country)
        {
            found.push(Violation::CountryCurrency { currency, country });
        }
        // An amount of nothing is no payment, whatever the account allows.
        let minimum = self.minimum.max(1);
        if facts.amount.is_some_and(|amount| amount.units() < minimum) {
            found.push(Violation::Minimum { minimum });
        }
    }
}

/// Whether a country uses a currency; a country of which nothing is known here uses any.
fn matches(currency: Currency, country: CountryCode) -> bool {
    let uses = |countries: &str| countries.split(' ').any(|code| code == country.as_str());
    let known = OWN.iter().any(|(_, countries)| uses(countries));
    !known || OWN.iter().any(|(own, countries)| *own == currency && uses(countries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_its_own_currency_or_the_euro() {
        assert!(matches(Currency::EUR, CountryCode::DE));
        assert!(matches(Currency::GBP, CountryCode::GB));
        assert!(matches(Currency::EEK, CountryCode::EE) && matches(Currency::EUR, CountryCode::EE));
        assert!(!matches(Currency::EUR, CountryCode::SE));
        assert!(!matches(Currency::GBP, CountryCode::DE));
    }

    #[test]
    fn a_country_that_is_not_listed_is_not_judged() {
        assert!(matches(Currency::EUR, CountryCode::new("NZ").unwrap()));
    }

    #[test]
    fn the_default_is_the_list_of_the_page() {
        let list = "BAM BGN CZK EEK EUR GBP HRK HUF LTL LVL PLN RON USD";
        let ours: Vec<_> = Profile::default().currencies().iter().map(ToString::to_string).collect();
        assert_eq!(ours.join(" "), list);
    }
}
