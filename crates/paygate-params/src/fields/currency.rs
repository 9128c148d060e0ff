//! `Currency`: three letters of ISO 4217, and how many decimals each has.

use super::ascii_field;

ascii_field! {
    /// `Currency`: three capital letters of ISO 4217. An open set; which of them a merchant may use is part of
    /// the merchant's profile.
    ///
    /// ```
    /// use paygate_params::Currency;
    /// assert_eq!(Currency::new("EUR")?, Currency::EUR);
    /// assert_eq!(Currency::new("JPY")?.decimals(), Some(0));
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    Currency: Upper 3..=3, "a3";
}

macro_rules! currencies {
    ($($name:ident)+) => {
        impl Currency {
            $(
                #[doc = concat!("`", stringify!($name), "`.")]
                pub const $name: Self = Self::from_static(stringify!($name));
            )+
        }
    };
}
// The list of the Trustly page, the Nordic currencies that Trustly began with, and two more of Europe.
currencies!(BAM BGN CZK EEK EUR GBP HRK HUF LTL LVL PLN RON USD SEK DKK NOK ISK CHF JPY);

/// ISO 4217 currencies whose smallest unit is the currency itself.
const WITHOUT_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
/// Those with a thousandth as the smallest unit.
const WITH_THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
/// Those with a hundredth, the ones that the euro replaced included.
const WITH_TWO: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL \
    HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP \
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK \
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW";

impl Currency {
    /// How many decimals an amount of this currency has by ISO 4217; `None` where it is not known here.
    #[must_use]
    pub fn decimals(&self) -> Option<u8> {
        let listed = |list: &str| list.split_ascii_whitespace().any(|code| code == self.as_str());
        [(WITH_TWO, 2), (WITHOUT_DECIMALS, 0), (WITH_THREE, 3)]
            .into_iter()
            .find_map(|(list, decimals)| listed(list).then_some(decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_three_capital_letters() {
        for text in ["eur", "EU", "EURO", "E1R", ""] {
            assert!(Currency::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn no_currency_stands_in_two_lists() {
        let mut all: alloc::vec::Vec<_> = [WITH_TWO, WITHOUT_DECIMALS, WITH_THREE]
            .into_iter()
            .flat_map(str::split_ascii_whitespace)
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|code| Currency::new(code).is_ok()));
    }
}
