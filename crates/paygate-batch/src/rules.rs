//! What a writer allows besides the formats: what the vendor's page makes an account's own matter.

/// The rules of a [`Writer`](crate::Writer). By default all is refused that needs a word with Computop before.
///
/// ```
/// use paygate_batch::Rules;
/// let rules = Rules::default().with_mixed_currencies(true);
/// assert_eq!(rules.most_digits, 10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// Whether one file may have several currencies: SumAmount then adds cents to kronor, and means nothing. `false`.
    pub mixed_currencies: bool,
    /// The least amount, in the smallest unit: "contact the Computop Helpdesk, if you want to capture amounts <100". 100.
    pub least_amount: u64,
    /// How many digits an amount may have: `n..10` on Computop's page, 12 on that of its white label Axepta. 10.
    pub most_digits: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { mixed_currencies: false, least_amount: 100, most_digits: 10 }
    }
}

impl Rules {
    /// The same, with or without mixed currencies.
    #[must_use]
    pub const fn with_mixed_currencies(self, mixed_currencies: bool) -> Self {
        Self { mixed_currencies, ..self }
    }

    /// The same with another least amount. 0 goes back to nobody, whatever is allowed.
    #[must_use]
    pub const fn with_least_amount(self, least_amount: u64) -> Self {
        Self { least_amount, ..self }
    }

    /// The same with amounts of up to so many digits.
    #[must_use]
    pub const fn with_most_digits(self, most_digits: usize) -> Self {
        Self { most_digits, ..self }
    }
}
