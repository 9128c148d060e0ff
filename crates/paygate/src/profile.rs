//! What a merchant's account at Paygate allows: data that a shop can replace, in code or from a file.

mod country;
#[cfg(feature = "toml")]
mod file;
#[cfg(feature = "toml")]
pub(crate) mod problem;
#[cfg(feature = "toml")]
mod reader;
mod rules;

use country::Countries;
use paygate_params::{Amount, BaseUrl, Charset, CountryCode, Currency, Method};

/// How free text is sent. Anything but the default needs Computop's word for the merchant's account.
///
/// It says how letters become bytes, not which letters there are: all texts are of ISO-8859-1 either way.
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

/// The rules of a merchant's account that no single parameter can tell, and where its Paygate is.
///
/// The default is Computop's own: the currencies of each method's page (Trustly's thirteen lack SEK, DKK and NOK), a
/// currency that matches the country, 100 of the smallest unit at least, amounts of ten digits, addresses of at most
/// 15 characters. White labels of Paygate differ; [`Profile::axepta`] is the one whose rules are known.
///
/// ```
/// use paygate::{Currency, Profile, Trustly};
/// let profile = Profile::default().with_currencies([Currency::SEK, Currency::EUR]).with_minimum(1);
/// assert!(profile.currencies::<Trustly>().contains(&Currency::SEK));
/// ```
///
/// A shop may keep it in a file, next to its other settings (feature `toml`): see `Profile::from_toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    endpoint: BaseUrl,
    currencies: Option<Vec<Currency>>,
    countries: Countries,
    minimum: u64,
    amount_digits: u32,
    ref_nr_max: usize,
    ref_nr_required: bool,
    ip_addr_max: usize,
    random_req_id: bool,
    requests: TextEncoding,
    answers: Charset,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            endpoint: BaseUrl::COMPUTOP,
            currencies: None,
            countries: Countries::default(),
            minimum: 100,
            amount_digits: 10,
            ref_nr_max: 30,
            ref_nr_required: false,
            ip_addr_max: 15,
            random_req_id: true,
            requests: TextEncoding::Latin1,
            answers: Charset::Detect,
        }
    }
}

impl Profile {
    /// BNP Paribas Axepta: its own host, a `RefNr` of at most 12 characters that must be there, an `Amount` of up to
    /// 12 digits (Axepta's page "Trustly - Integration"). That page calls the `RefNr` `ns..12`, other pages of Axepta say
    /// alphanumeric; which characters pass is not checked.
    ///
    /// ```
    /// use paygate::{BaseUrl, Profile};
    /// assert_eq!(Profile::axepta().endpoint(), &BaseUrl::AXEPTA);
    /// assert_eq!(Profile::axepta().ref_nr_max(), 12);
    /// ```
    #[must_use]
    pub fn axepta() -> Self {
        Self {
            amount_digits: 12,
            ref_nr_max: 12,
            ref_nr_required: true,
            endpoint: BaseUrl::AXEPTA,
            ..Self::default()
        }
    }

    /// Sets where Paygate is: a white label's host. ([`Merchant::with_endpoint`](crate::Merchant::with_endpoint)
    /// overrides it, for a simulator.)
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// Replaces the currencies that the page of a payment method lists, for all methods.
    #[must_use]
    pub fn with_currencies(mut self, currencies: impl IntoIterator<Item = Currency>) -> Self {
        self.currencies = Some(currencies.into_iter().collect());
        self
    }

    /// Replaces the currencies that customers of a country may pay in.
    ///
    /// ```
    /// use paygate::{CountryCode, Currency, Profile};
    /// let sweden = CountryCode::new("SE")?;
    /// let profile = Profile::default().with_country(sweden, [Currency::SEK, Currency::EUR]);
    /// assert!(profile.country_takes(sweden, Currency::EUR));
    /// assert!(!Profile::default().country_takes(sweden, Currency::EUR));
    /// # Ok::<(), paygate::FormatError>(())
    /// ```
    #[must_use]
    pub fn with_country(
        mut self,
        country: CountryCode,
        currencies: impl IntoIterator<Item = Currency>,
    ) -> Self {
        self.countries.set(country, currencies.into_iter().collect());
        self
    }

    /// Takes any currency with any country.
    #[must_use]
    pub fn without_country_match(mut self) -> Self {
        self.countries = Countries::unmatched();
        self
    }

    /// Sets the least amount, in the smallest unit. Less than 100 needs Computop's helpdesk to agree. What is outside of 1 to
    /// the largest amount becomes the nearer of the two.
    #[must_use]
    pub fn with_minimum(mut self, units: u64) -> Self {
        self.minimum = units.clamp(1, Amount::MAX.units());
        self
    }

    /// Sets how many digits an `Amount` may have: ten at Computop. What is outside of 1 to 12 becomes the nearer of the two.
    #[must_use]
    pub fn with_amount_digits(mut self, digits: u32) -> Self {
        self.amount_digits = digits.clamp(1, 12);
        self
    }

    /// Sets how long a `RefNr` may be, and whether every payment must have one. What is outside of 1 to 30 characters
    /// becomes the nearer of the two.
    #[must_use]
    pub fn with_ref_nr(mut self, max: usize, required: bool) -> Self {
        self.ref_nr_max = max.clamp(1, 30);
        self.ref_nr_required = required;
        self
    }

    /// Sends IPv6 addresses of any length, up to 45 characters, where the account takes them.
    #[must_use]
    pub fn with_long_ip_addr(mut self) -> Self {
        self.ip_addr_max = 45;
        self
    }

    /// Sends a `ReqId` only where the shop gives one. Else a request without one gets a random one, so that the same sealed
    /// request that is sent again after the payment was finished makes no second one.
    #[must_use]
    pub fn without_random_req_id(mut self) -> Self {
        self.random_req_id = false;
        self
    }

    /// Sets how free text is sent.
    #[must_use]
    pub fn with_text_encoding(mut self, text: TextEncoding) -> Self {
        self.requests = text;
        self
    }

    /// Sets the charset in which the free text of answers is read.
    #[must_use]
    pub fn with_charset(mut self, charset: Charset) -> Self {
        self.answers = charset;
        self
    }

    /// Where Paygate is.
    #[must_use]
    pub fn endpoint(&self) -> &BaseUrl {
        &self.endpoint
    }

    /// The currencies that may be used with the method `M`: those of its page, unless they were replaced.
    #[must_use]
    pub fn currencies<M: Method>(&self) -> &[Currency] {
        self.currencies.as_deref().unwrap_or(M::CURRENCIES)
    }

    /// Whether a customer of this country may pay in this currency; a country of which nothing is known takes any.
    #[must_use]
    pub fn country_takes(&self, country: CountryCode, currency: Currency) -> bool {
        self.countries.take(country, currency)
    }

    /// The least amount of a payment, in the smallest unit, and at least 1.
    #[must_use]
    pub fn minimum(&self) -> u64 {
        self.minimum
    }

    /// The most digits that an `Amount` has.
    #[must_use]
    pub fn amount_digits(&self) -> u32 {
        self.amount_digits
    }

    /// The longest `RefNr`, in characters.
    #[must_use]
    pub fn ref_nr_max(&self) -> usize {
        self.ref_nr_max
    }

    /// Whether every payment must have a `RefNr`.
    #[must_use]
    pub fn requires_ref_nr(&self) -> bool {
        self.ref_nr_required
    }

    /// How free text is sent.
    #[must_use]
    pub fn text_encoding(&self) -> TextEncoding {
        self.requests
    }

    /// The charset in which the free text of answers is read.
    #[must_use]
    pub fn charset(&self) -> Charset {
        self.answers
    }

    /// The longest `IPAddr` that is sent, in characters.
    #[must_use]
    pub fn ip_addr_max(&self) -> usize {
        self.ip_addr_max
    }

    /// Whether a request without a `ReqId` gets a random one.
    #[must_use]
    pub fn makes_req_ids(&self) -> bool {
        self.random_req_id
    }
}
