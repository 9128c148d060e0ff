//! Which currency goes with which country ("must match CountryCode", vendor page "Trustly", row Currency).

use paygate_params::{CountryCode, Currency};

/// Currencies and the countries that they belong to; BGN, EEK, HRK, LTL and LVL from before the euro.
const OWN: &[(Currency, &[CountryCode])] = &[
    (Currency::BAM, &countries(["BA"])),
    (Currency::BGN, &countries(["BG"])),
    (Currency::CHF, &countries(["CH", "LI"])),
    (Currency::CZK, &countries(["CZ"])),
    (Currency::DKK, &countries(["DK"])),
    (Currency::EEK, &countries(["EE"])),
    (
        Currency::EUR,
        &countries([
            "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV",
            "MT", "NL", "PT", "SI", "SK",
        ]),
    ),
    (Currency::GBP, &countries(["GB"])),
    (Currency::HRK, &countries(["HR"])),
    (Currency::HUF, &countries(["HU"])),
    (Currency::ISK, &countries(["IS"])),
    (Currency::LTL, &countries(["LT"])),
    (Currency::LVL, &countries(["LV"])),
    (Currency::NOK, &countries(["NO"])),
    (Currency::PLN, &countries(["PL"])),
    (Currency::RON, &countries(["RO"])),
    (Currency::SEK, &countries(["SE"])),
    (Currency::USD, &countries(["US"])),
];

const fn countries<const N: usize>(codes: [&'static str; N]) -> [CountryCode; N] {
    let mut countries = [CountryCode::DE; N];
    let (mut rest, mut codes): (&mut [CountryCode], &[&'static str]) = (&mut countries, &codes);
    while let ([country, other @ ..], [code, codes_after @ ..]) = (rest, codes) {
        *country = CountryCode::from_static(code);
        (rest, codes) = (other, codes_after);
    }
    countries
}

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
    OWN.iter().any(|(own, countries)| *own == currency && countries.contains(&country))
        || !OWN.iter().any(|(_, countries)| countries.contains(&country))
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
        countries.set(CountryCode::DE, vec![Currency::SEK]);
        countries.set(SE, vec![Currency::GBP]);
        assert!(countries.take(SE, Currency::GBP) && !countries.take(SE, Currency::EUR));
        assert!(countries.take(CountryCode::DE, Currency::SEK));
        assert!(Countries::unmatched().take(SE, Currency::GBP));
    }
}
