//! How a payment stands by an inquiry: its amounts say it, nothing else does.

use super::answer::WithoutMac;
use paygate_params::follow_ups::inquire::InquireResult;
use paygate_params::message::SignedError;
use paygate_params::{Amount, Code, Currency, FollowUp, Money};
use std::fmt;

/// An inquiry tells no amounts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InquiryError {
    /// Paygate refused the inquiry, for example because it knows no such payment.
    #[error("the inquiry was refused with Code {code}")]
    Refused {
        /// The code of the inquiry.
        code: Code,
    },
    /// An amount or the currency breaks its format.
    #[error(transparent)]
    Field(#[from] SignedError),
}

/// What was authorized, captured and credited of a payment, as far as the answer told it.
///
/// `Debug` shows no amounts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    authorized: Option<Amount>,
    captured: Option<Amount>,
    credited: Option<Amount>,
    currency: Option<Currency>,
}

/// How much of an attempt's money was captured. Closed: a shop must handle all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    /// Exactly what the attempt was about.
    Whole,
    /// Nothing, yet or at all.
    Nothing,
    /// Less than the attempt was about.
    Less(Money),
    /// More than the attempt was about.
    More(Money),
    /// Something in another currency.
    OtherCurrency(Money),
    /// The answer has no `AmountCap` or, beside an amount, no `Currency`.
    Untold,
}

impl<F: FollowUp<Answer = InquireResult>> WithoutMac<F> {
    /// The amounts, which say how the payment stands (vendor page "Status inquiries": `LastStatus` is not sufficient, the
    /// amounts give the precise status).
    ///
    /// ```
    /// use paygate::follow_ups::inquire::InquireRequest;
    /// use paygate::{Call, Captured, PayId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = testing::merchant();
    /// let expected = testing::expected(&merchant, "order-1", 1999);
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// let call = merchant.inquire(&InquireRequest::new(pay_id, *expected.attempt().trans_id()))?;
    /// let answer = testing::Answer::to(&call)
    ///     .with("AmountCap", "1999")
    ///     .with("Currency", "EUR")
    ///     .with("LastStatus", "FAILED"); // of a credit that was refused later
    /// let amounts = call.read(&answer.response()?)?.amounts()?;
    /// assert_eq!(amounts.captured_of(expected.money()), Captured::Whole);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the inquiry itself was refused, or an amount breaks its format.
    pub fn amounts(&self) -> Result<Amounts, InquiryError> {
        let code = self.code();
        if code != Code::SUCCESS || self.status().as_str() != "OK" {
            return Err(InquiryError::Refused { code });
        }
        Ok(Amounts {
            authorized: self.strict("AmountAuth")?,
            captured: self.strict("AmountCap")?,
            credited: self.strict("AmountCred")?,
            currency: self.strict("Currency")?,
        })
    }
}

impl Amounts {
    /// `AmountAuth`: what was authorized.
    #[must_use]
    pub fn authorized(&self) -> Option<Amount> {
        self.authorized
    }

    /// `AmountCap`: what was captured; the shop has it or gets it.
    #[must_use]
    pub fn captured(&self) -> Option<Amount> {
        self.captured
    }

    /// `AmountCred`: what went back to the customer.
    #[must_use]
    pub fn credited(&self) -> Option<Amount> {
        self.credited
    }

    /// `Currency` of all of them.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Holds what was captured against what the attempt was about.
    #[must_use]
    pub fn captured_of(&self, money: Money) -> Captured {
        let Some(captured) = self.captured else { return Captured::Untold };
        if captured.units() == 0 {
            return Captured::Nothing;
        }
        let Some(currency) = self.currency else { return Captured::Untold };
        let told = Money::of(captured, currency);
        if currency != money.currency() {
            return Captured::OtherCurrency(told);
        }
        match captured.cmp(&money.amount()) {
            std::cmp::Ordering::Equal => Captured::Whole,
            std::cmp::Ordering::Less => Captured::Less(told),
            std::cmp::Ordering::Greater => Captured::More(told),
        }
    }
}

impl fmt::Debug for Amounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Amounts").field("currency", &self.currency).finish_non_exhaustive()
    }
}
