//! Giving money back: a refund is stored with its bytes, within what is left, and only then somebody sends it.

use crate::app::{AppError, Shared};
use crate::pages::money;
use crate::security::secret;
use crate::state::State;
use crate::store::{AttemptRow, PaymentRow, StoreError, Turn, key_of, paid_payment};
use gateway_inbox::{Channel, Elsewhere, Key, NewRefund, RefundError};
use paygate::follow_ups::credit::CreditRequest;
use paygate::{Call, Currency, FormatError, Money, ReqId, SealError, TransId};

/// What the shopkeeper has filled in.
#[derive(Clone, Copy, Debug)]
pub struct GiveBack<'a> {
    /// Of which order.
    pub order: i64,
    /// Of which payment.
    pub payment: i64,
    /// How much, as it was typed.
    pub amount: &'a str,
    /// What the page showed as given back, under way or not known.
    pub seen: u64,
    /// The one-time text of the page.
    pub once: &'a str,
}

/// Which way the money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The shop asks Paygate.
    Paygate,
    /// Somebody does it on Computop's own pages.
    Elsewhere,
}

/// Why no money goes back. Nothing was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoRefund {
    /// It was never paid, or is given back already.
    #[error("This payment is not paid, or was given back before.")]
    NotPaid,
    /// Another account got the money.
    #[error("This payment was made with another account, which alone can give it back.")]
    OtherAccount,
    /// It is no amount.
    #[error("This is no amount that can be given back: {0}.")]
    Amount(FormatError),
    /// Nothing was asked for.
    #[error("Give back more than 0.")]
    Nothing,
    /// It breaks a rule of Paygate's.
    #[error("Paygate would not take it: {0}.")]
    Rules(SealError),
    /// There is less.
    #[error("That is more than is left: {0}.")]
    TooMuch(String),
    /// Somebody else was faster.
    #[error("Somebody else has given back meanwhile; look again at what is left.")]
    Changed,
    /// Too early.
    #[error(
        "Paygate has not told the shop's server about this payment yet, and takes no refund before. Try again later."
    )]
    NotAcknowledged,
    /// The page was sent before, with something else in it.
    #[error("This page was sent before with another amount; look at what became of that.")]
    SentBefore,
    /// The ledger says something else.
    #[error("The books say something else about this payment; somebody has to look at them.")]
    Books,
}

impl NoRefund {
    fn of(error: &RefundError, currency: Currency) -> Self {
        match error {
            RefundError::TooMuch { left } => Self::TooMuch(money::units(*left, currency)),
            RefundError::Changed { .. } => Self::Changed,
            RefundError::NotAcknowledged => Self::NotAcknowledged,
            RefundError::OtherRefund => Self::SentBefore,
            RefundError::Amount => Self::Nothing,
            _ => Self::Books,
        }
    }
}

impl Shared {
    /// Gives money of a payment back, or writes down that somebody does.
    ///
    /// # Errors
    ///
    /// If something is not stored; inside, why it is not done.
    pub async fn give_back(&self, form: &GiveBack<'_>, way: Way) -> Result<Result<(), NoRefund>, AppError> {
        if !secret::is_well_formed(form.once) {
            return Err(AppError::Form);
        }
        let mut change = self.store.change().await?;
        let mut turn = Turn::of_order(&mut change, form.order).await?.ok_or(AppError::NotFound)?;
        let done = self.give_back_in(&mut turn, form, way).await?;
        if done.is_ok() {
            change.commit().await.map_err(StoreError::from)?;
            self.refunds.notify_waiters();
        }
        Ok(done)
    }

    async fn give_back_in(
        &self,
        turn: &mut Turn<'_>,
        form: &GiveBack<'_>,
        way: Way,
    ) -> Result<Result<(), NoRefund>, AppError> {
        let order = self.store.order_of_turn(turn, form.order).await?.ok_or(AppError::NotFound)?;
        let found = order.payments().find(|(_, payment)| payment.id == form.payment);
        let Some((attempt, payment)) = found else { return Err(AppError::NotFound) };
        if !self.may_go_back(turn, attempt, payment).await? {
            return Ok(Err(NoRefund::NotPaid));
        }
        let currency = attempt.want.costs.currency();
        let amount = match Money::parse_decimal(form.amount.trim(), currency) {
            Ok(amount) if amount.amount().units() > 0 => amount,
            Ok(_) => return Ok(Err(NoRefund::Nothing)),
            Err(error) => return Ok(Err(NoRefund::Amount(error))),
        };
        let written = match way {
            Way::Paygate => match self.write(turn, form, (attempt, payment), amount).await? {
                Ok(written) => written,
                Err(refused) => return Ok(Err(refused)),
            },
            Way::Elsewhere => {
                let refund = Elsewhere {
                    payment: paid_payment(attempt, payment, &currency),
                    amount: amount.amount().units(),
                    seen: form.seen,
                    once: Key::of("shop given back", [form.once, &form.payment.to_string()]),
                    note: "written down by the shopkeeper",
                };
                self.store.record_elsewhere(turn, (order.id, payment), &refund).await?
            }
        };
        Ok(written.map_err(|error| NoRefund::of(&error, currency)))
    }

    /// A payment that the ledger knows may be asked about again, as by a double click: the ledger says what is left. One that was
    /// given back before there was a ledger is over.
    async fn may_go_back(
        &self,
        turn: &mut Turn<'_>,
        attempt: &AttemptRow,
        payment: &PaymentRow,
    ) -> Result<bool, AppError> {
        Ok(match payment.state {
            State::Paid => true,
            State::Refunded => {
                let refunds = self.store.ledger().of_in(turn, &key_of(attempt, payment)).await;
                refunds.map_err(StoreError::from)?.paid.is_some()
            }
            _ => false,
        })
    }

    /// Seals it, and stores what was sealed.
    async fn write(
        &self,
        turn: &mut Turn<'_>,
        form: &GiveBack<'_>,
        (attempt, payment): (&AttemptRow, &PaymentRow),
        amount: Money,
    ) -> Result<Result<Result<(), RefundError>, NoRefund>, AppError> {
        let mid = self.merchant.id().as_str();
        if !attempt.attempt.mid().as_str().eq_ignore_ascii_case(mid) {
            return Ok(Err(NoRefund::OtherAccount));
        }
        let trans_id = TransId::random_with_prefix("tea-back-").map_err(|_| secret::NoRandom)?;
        let req_id = ReqId::random().map_err(|_| secret::NoRandom)?;
        let request = CreditRequest::builder(payment.pay_id, trans_id, amount).req_id(req_id).build();
        let call = match self.merchant.credit(&request) {
            Ok(call) => call,
            Err(error @ SealError::Rules(_)) => return Ok(Err(NoRefund::Rules(error))),
            Err(error) => return Err(error.into()),
        };
        let currency = amount.currency();
        let refund = NewRefund {
            payment: paid_payment(attempt, payment, &currency),
            amount: amount.amount().units(),
            seen: form.seen,
            once: Key::of("shop refund", [form.once, &form.payment.to_string()]),
            channel: Channel::Online,
            account: mid,
            reference: req_id.as_str(),
            request: call.request().body(),
        };
        let whose = (form.order, payment);
        Ok(Ok(self.store.begin_refund(turn, whose, &trans_id, &refund).await?))
    }
}
