//! The way to Paygate: an attempt is registered, then sealed, and only then the customer leaves.

use crate::app::{AppError, Shared};
use crate::security::secret;
use crate::state::{Event, State};
use crate::store::{AttemptRow, Change, Customer, Item, NewAttempt, Order, StoreError};
use gateway_actix::Redirect;
use paygate::trustly::{Customer as Payer, Order as Purchase, PaymentRequest};
use paygate::{
    Attempt, CountryCode, Email, FirstName, LastName, Money, OrderDesc, ReqId, Sealed, TransId, Trustly,
};

/// Where the customer goes.
pub enum Leave {
    /// To Paygate.
    ToPaygate(Redirect),
    /// To the page of the order: it is paid, or somebody else is at it.
    ToOrder(String),
}

/// A checkout that was filled in.
pub struct Checkout<'a> {
    /// Which browser.
    pub session: &'a str,
    /// The one-time text of the form.
    pub once: &'a str,
    /// Who buys.
    pub customer: Customer,
    /// What is bought, with today's prices.
    pub items: Vec<Item>,
    /// The sum.
    pub costs: Money,
}

impl Checkout<'_> {
    /// What makes two sendings the same one: the form, and what stood in it. Another basket or another name under an old form
    /// is a new attempt.
    fn once(&self) -> String {
        let Customer { first_name, last_name, email, country } = &self.customer;
        let costs = format!("{} {}", self.costs.amount().units(), self.costs.currency().as_str());
        let items: Vec<_> =
            self.items.iter().map(|item| format!("{} {}", item.quantity, item.product)).collect();
        let items = items.join(",");
        secret::digest(&[self.session, self.once, first_name, last_name, email, country, &costs, &items])
    }
}

impl Shared {
    /// From the checkout to Paygate.
    ///
    /// # Errors
    ///
    /// If the request breaks rules, of which nothing is kept, or something is not stored.
    pub async fn check_out(&self, checkout: &Checkout<'_>) -> Result<Leave, AppError> {
        let once = checkout.once();
        let mut change = self.store.change().await?;
        if let Some((attempt, order)) = self.store.attempt_of_form(&mut change, &once).await? {
            return self.again(&attempt, &order);
        }
        let token = secret::random()?;
        let bought = (checkout.items.as_slice(), checkout.costs);
        let order =
            self.store.place(&mut change, checkout.session, &token, &checkout.customer, bought).await?;
        self.begin(change, &order, &once).await
    }

    /// From the page of an order to Paygate once more. While somebody may be at the bank with an attempt of before, the
    /// customer has to be `sure`.
    ///
    /// # Errors
    ///
    /// As [`Shared::check_out`].
    pub async fn pay_again(&self, token: &str, once: &str, sure: bool) -> Result<Leave, AppError> {
        let once = secret::digest(&[token, once]);
        let mut change = self.store.change().await?;
        if let Some((attempt, order)) = self.store.attempt_of_form(&mut change, &once).await? {
            return self.again(&attempt, &order);
        }
        // Read under the lock: a callback may have come since the page was shown.
        let order = self.store.order_of_change(&mut change, token).await?.ok_or(AppError::NotFound)?;
        let view = order.view();
        if view.may_pay_again() && (sure || view.state != State::Redirected) {
            self.begin(change, &order, &once).await
        } else {
            Ok(Leave::ToOrder(order.token))
        }
    }

    /// A new attempt for what the order costs now.
    async fn begin(&self, mut change: Change, order: &Order, once: &str) -> Result<Leave, AppError> {
        let trans_id = TransId::random_with_prefix("tea-").map_err(|_| secret::NoRandom)?;
        let new = NewAttempt {
            order: order.id,
            once,
            attempt: Attempt::new::<Trustly>(*self.merchant.id(), trans_id),
            req_id: ReqId::random().map_err(|_| secret::NoRandom)?,
            money: order.costs,
        };
        let attempt = self.store.register(&mut change, &new).await?;
        // An error drops the change, and with it the order and the attempt.
        let sealed = self.seal(&attempt, order)?;
        self.store.step(&mut change, &attempt, attempt.state.after(Event::Redirected), None).await?;
        change.commit().await.map_err(StoreError::from)?;
        Ok(Leave::ToPaygate(sealed.redirect.into()))
    }

    /// A form that was sent twice: the same attempt's redirect, under the same TransID and ReqId. Once something is known of
    /// the attempt, or a newer one was made, the order's page says more.
    fn again(&self, attempt: &AttemptRow, order: &Order) -> Result<Leave, AppError> {
        let is_newest = order.attempts.last().is_some_and(|newest| newest.id == attempt.id);
        if is_newest && attempt.state <= State::Redirected && attempt.money == order.costs {
            Ok(Leave::ToPaygate(self.seal(attempt, order)?.redirect.into()))
        } else {
            Ok(Leave::ToOrder(order.token.clone()))
        }
    }

    fn seal(&self, attempt: &AttemptRow, order: &Order) -> Result<Sealed, AppError> {
        // The checkout has read them before.
        let unreadable = |column| StoreError::Unreadable { table: "orders", column };
        let customer = &order.customer;
        let items: Vec<_> =
            order.items.iter().map(|item| format!("{} × {}", item.quantity, item.name)).collect();
        let request = PaymentRequest::builder(
            Purchase {
                trans_id: *attempt.attempt.trans_id(),
                money: attempt.money,
                description: OrderDesc::fit(&items.join(", ")).into_value(),
            },
            Payer {
                // No customer is turned away over a name.
                first_name: FirstName::fit(&customer.first_name).into_value(),
                last_name: LastName::fit(&customer.last_name).into_value(),
                email: Email::new(customer.email.as_str()).map_err(|_| unreadable("email"))?,
            },
            &self.urls,
        )
        .country_code(CountryCode::new(&customer.country).map_err(|_| unreadable("country"))?)
        .req_id(attempt.req_id)
        .build();
        Ok(self.merchant.seal(&request)?)
    }
}
