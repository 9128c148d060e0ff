//! How a payment stands by an inquiry: its amounts say it, nothing else does.

use super::answer::WithoutMac;
use paygate_params::follow_ups::inquire::InquireResult;
use paygate_params::message::SignedError;
use paygate_params::{Amount, Code, Currency, FollowUp, Money, Status};
use std::cmp::Ordering;
use std::fmt;

/// An inquiry tells no amounts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InquiryError {
    /// Paygate refused the inquiry, for example because it knows no such payment.
    #[error("the inquiry was refused with Status {status} and Code {code}")]
    Refused {
        /// The status of the inquiry.
        status: Status,
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

/// How much of an attempt's money was captured, or credited. Closed: a shop must handle all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nothing, yet or at all: the answer says 0.
    Nothing,
    /// Less than the money it is held against.
    Less(Money),
    /// Exactly that.
    Whole,
    /// More than that.
    More(Money),
    /// Something in another currency.
    OtherCurrency(Money),
    /// The answer does not have the amount or, beside one, no `Currency`. That is *not* nothing.
    Untold,
}

impl<F: FollowUp<Answer = InquireResult>> WithoutMac<F> {
    /// The amounts, which say how the payment stands (vendor page "Status inquiries": `LastStatus` is not sufficient, the
    /// amounts give the precise status).
    ///
    /// ```
    /// use paygate::follow_ups::inquire::InquireRequest;
    /// use paygate::{Call, Share, PayId, testing};
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
    /// assert_eq!(amounts.captured_of(expected.money()), Share::Whole);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the inquiry itself was refused, or an amount breaks its format.
    pub fn amounts(&self) -> Result<Amounts, InquiryError> {
        let (status, code) = (*self.status(), self.code());
        if code != Code::SUCCESS || status.as_str() != "OK" {
            return Err(InquiryError::Refused { status, code });
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
    /// `AmountAuth`: what was authorized; `None` where the answer does not tell.
    #[must_use]
    pub fn authorized(&self) -> Option<Amount> {
        self.authorized
    }

    /// `AmountCap`: what was captured; the shop has it or gets it. `None` where the answer does not tell, which is not 0:
    /// [`Amounts::captured_of`] minds that, and the currency.
    #[must_use]
    pub fn captured(&self) -> Option<Amount> {
        self.captured
    }

    /// `AmountCred`: what went back to the customer. `None` where the answer does not tell, which is not 0:
    /// [`Amounts::credited_of`] minds that, and the currency.
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
    pub fn captured_of(&self, money: Money) -> Share {
        self.share(self.captured, money)
    }

    /// Holds what went back to the customer against what the attempt was about: before giving back more, or where no
    /// answer came to a credit.
    ///
    /// ```
    /// use paygate::follow_ups::inquire24::Inquire24Request;
    /// use paygate::{Call, Currency, Money, Share, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let call = testing::merchant().inquire24(&Inquire24Request::new(TransId::new("order-1")?))?;
    /// let answer = testing::Answer::to(&call).with("AmountCred", "999").with("Currency", "EUR");
    /// let euro = |cents| Money::new(cents, Currency::EUR);
    /// assert_eq!(call.read(&answer.response()?)?.amounts()?.credited_of(euro(1999)?), Share::Less(euro(999)?));
    /// // Not told is not nothing.
    /// let silent = testing::Answer::to(&call).response()?;
    /// assert_eq!(call.read(&silent)?.amounts()?.credited_of(euro(1999)?), Share::Untold);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn credited_of(&self, money: Money) -> Share {
        self.share(self.credited, money)
    }

    fn share(&self, amount: Option<Amount>, of: Money) -> Share {
        let Some(amount) = amount else { return Share::Untold };
        if amount.units() == 0 {
            return Share::Nothing;
        }
        let Some(currency) = self.currency else { return Share::Untold };
        let told = Money::of(amount, currency);
        if currency != of.currency() {
            return Share::OtherCurrency(told);
        }
        match amount.cmp(&of.amount()) {
            Ordering::Less => Share::Less(told),
            Ordering::Equal => Share::Whole,
            Ordering::Greater => Share::More(told),
        }
    }
}

impl fmt::Debug for Amounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Amounts").field("currency", &self.currency).finish_non_exhaustive()
    }
}
