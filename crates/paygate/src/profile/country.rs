//! Which currency goes with which country ("must match CountryCode", vendor page "Trustly", row Currency).

use paygate_params::{CountryCode, Currency};

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

/// The currencies of countries, as the account takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Countries {
    /// Any currency goes with any country.
    Any,
    /// The table above, with what the shop replaced in it.
    Matched(Vec<(CountryCode, Vec<Currency>)>),
}

impl Default for Countries {
    fn default() -> Self {
        Self::Matched(Vec::new())
    }
}

impl Countries {
    pub(super) fn unmatched() -> Self {
        Self::Any
    }

    /// Replaces what a country takes, and matches from now on.
    pub(super) fn set(&mut self, country: CountryCode, currencies: Vec<Currency>) {
        let mut replaced = match std::mem::take(self) {
            Self::Any => Vec::new(),
            Self::Matched(replaced) => replaced,
        };
        replaced.retain(|(known, _)| *known != country);
        replaced.push((country, currencies));
        *self = Self::Matched(replaced);
    }

    pub(super) fn take(&self, country: CountryCode, currency: Currency) -> bool {
        let Self::Matched(replaced) = self else { return true };
        match replaced.iter().find(|(known, _)| *known == country) {
            Some((_, currencies)) => currencies.contains(&currency),
            None => own_currency(country, currency),
        }
    }
}

/// Whether a country uses a currency; a country of which nothing is known here uses any.
fn own_currency(country: CountryCode, currency: Currency) -> bool {
    let uses = |countries: &str| countries.split(' ').any(|code| code == country.as_str());
    OWN.iter().any(|(own, countries)| *own == currency && uses(countries))
        || !OWN.iter().any(|(_, countries)| uses(countries))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SE: CountryCode = CountryCode::from_static("SE");

    #[test]
    fn a_country_has_its_own_currency_or_the_euro() {
        let taken = |country: &str, currency| own_currency(CountryCode::new(country).unwrap(), currency);
        assert!(taken("DE", Currency::EUR) && taken("GB", Currency::GBP) && taken("EE", Currency::EEK));
        assert!(taken("EE", Currency::EUR) && taken("SE", Currency::SEK));
        assert!(!taken("SE", Currency::EUR) && !taken("DE", Currency::GBP));
    }

    #[test]
    fn a_country_that_is_not_listed_is_not_judged() {
        assert!(own_currency(CountryCode::new("NZ").unwrap(), Currency::EUR));
    }

    #[test]
    fn what_a_shop_says_of_a_country_replaces_the_table() {
        let mut countries = Countries::default();
        countries.set(SE, vec![Currency::EUR]);
        assert!(countries.take(SE, Currency::EUR) && !countries.take(SE, Currency::SEK));
        assert!(
            countries.take(CountryCode::DE, Currency::EUR) && !countries.take(CountryCode::DE, Currency::SEK)
        );
        assert!(Countries::unmatched().take(SE, Currency::GBP));
    }
}
