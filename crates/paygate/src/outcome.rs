//! The four ways in which a payment can stand; a shop must handle all of them.

use paygate_params::message::Signed;
use paygate_params::{Code, Money, PayId, TransId, Verdict};

/// How an attempt stands. Closed: a `match` without one of the four does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there: ship.
    Paid(Paid),
    /// The money is reserved and not yet captured. Trustly has no such status: a matter for a person.
    Authorized(Authorized),
    /// Undecided: ship nothing, a later notify tells the end.
    Open(Open),
    /// It came to nothing.
    Failed(Failed),
}

macro_rules! outcomes {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        ///
        /// Only [`Bound::outcome`](crate::Bound::outcome) makes one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name {
            signed: Signed,
            money: Money,
        }

        impl $name {
            /// The shop's name for the attempt.
            #[must_use]
            pub fn trans_id(&self) -> &TransId {
                self.signed.trans_id()
            }

            /// Paygate's name for the payment.
            #[must_use]
            pub fn pay_id(&self) -> &PayId {
                self.signed.pay_id()
            }

            /// The response code.
            #[must_use]
            pub fn code(&self) -> Code {
                self.signed.code()
            }

            /// What the *attempt* was about; the answer itself names no amount.
            #[must_use]
            pub fn money(&self) -> Money {
                self.money
            }
        }
    )+};
}

outcomes! {
    /// An attempt that was paid: Status `OK` with Code `00000000`.
    Paid
    /// An attempt whose money is reserved: Status `AUTHORIZED` with Code `00000000`.
    Authorized
    /// An attempt that is not decided yet.
    Open
    /// An attempt that failed. [`Code::explain`] says why; where Paygate refused the request for one of its parameters,
    /// [`Explanation::parameter`](crate::Explanation::parameter) names it.
    Failed
}

impl Outcome {
    /// The payment, where it is one: `Some` for Status `OK` with Code `00000000` alone.
    ///
    /// For the places that only ship. A shop's notify route handles all four.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use paygate::{RawCallback, Route, Trustly, testing};
    /// # let merchant = testing::merchant();
    /// # let expected = testing::expected(&merchant, "order-1", 1999);
    /// # let form = testing::Callback::paid(&expected).form(&merchant)?;
    /// let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()))?;
    /// let outcome = callback.bind(&expected)?.outcome();
    /// assert_eq!(outcome.paid().map(|paid| paid.money()), Some(expected.money()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn paid(&self) -> Option<&Paid> {
        match self {
            Self::Paid(paid) => Some(paid),
            Self::Authorized(_) | Self::Open(_) | Self::Failed(_) => None,
        }
    }

    pub(crate) fn of(verdict: Verdict, signed: Signed, money: Money) -> Self {
        match verdict {
            Verdict::Paid => Self::Paid(Paid { signed, money }),
            Verdict::Authorized => Self::Authorized(Authorized { signed, money }),
            Verdict::Open => Self::Open(Open { signed, money }),
            Verdict::Failed => Self::Failed(Failed { signed, money }),
        }
    }
}
