//! The payment methods that `paygate seal` knows, one line each.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use paygate::{Merchant, Method, SealError, Sealed, Trustly};
use std::fmt;

/// Names and values, as text.
pub(crate) type Pairs<'a> = [(&'a str, &'a str)];

/// A payment method, chosen by its name.
#[derive(Clone, Copy)]
pub(crate) struct PaymentMethod {
    name: &'static str,
    seal: fn(&Merchant, &Pairs<'_>) -> Result<Sealed, SealError>,
}

impl PaymentMethod {
    /// All of them.
    const ALL: &'static [Self] = &[
        Self::of::<Trustly>(),
        // A new method of the library is a line here.
    ];

    const fn of<M: Method>() -> Self {
        Self { name: M::NAME, seal: |merchant, pairs| merchant.seal_pairs::<M>(pairs.iter().copied()) }
    }

    /// Reads a request of this method and seals it.
    pub(crate) fn seal(self, merchant: &Merchant, pairs: &Pairs<'_>) -> Result<Sealed, SealError> {
        (self.seal)(merchant, pairs)
    }
}

impl ValueEnum for PaymentMethod {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name))
    }
}

impl fmt::Debug for PaymentMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
