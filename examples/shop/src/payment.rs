//! The way to Paygate: an attempt is registered, then sealed, and only then the customer leaves.

use crate::app::{AppError, Shared};
use crate::catalogue;
use crate::security::secret;
use crate::state::State;
use crate::store::{AttemptRow, Customer, NewAttempt, Order, StoreError, Turn, Want};
use gateway_actix::Redirect;
use paygate::trustly::{Customer as Payer, Order as Purchase, PaymentRequest};
use paygate::{
    Attempt, CountryCode, Currency, Email, FirstName, LastName, OrderDesc, ReqId, Sealed, TransId, Trustly,
};

/// Where the customer goes.
pub enum Leave {
    /// To Paygate.
    ToPaygate(Redirect),
    /// To the page of the order, which this token names: it is paid, or somebody has to look at it.
    ToOrder(String),
    /// To the cart: it is empty, as where the order was paid meanwhile.
    ToCart,
    /// Nowhere yet: the cart is not the one that the form showed.
    CartChanged,
    /// Nowhere yet: he may be at the bank with the order that this token names, in another tab, and has to be sure.
    Unsure(String),
}

/// A checkout that was filled in.
pub struct Checkout<'a> {
    /// Which browser.
    pub session: &'a str,
    /// The one-time text of the form.
    pub once: &'a str,
    /// What the form showed of the cart, by [`catalogue::digest`].
    pub seen: &'a str,
    /// That nothing was paid before.
    pub sure: bool,
    /// Who buys.
    pub customer: Customer,
    /// What in.
    pub currency: Currency,
}

impl Checkout<'_> {
    /// What makes two sendings the same one: the form, and what stood in it. Another basket or another name under an old form
    /// is a new attempt.
    fn once(&self) -> String {
        let Customer { first_name, last_name, email, country } = &self.customer;
        let currency = self.currency.as_str();
        secret::digest(&[self.session, self.once, self.seen, first_name, last_name, email, country, currency])
    }
}

impl Shared {
    /// From the checkout to Paygate.
    ///
    /// # Errors
    ///
    /// If the request breaks rules, of which nothing is kept, or something is not stored.
    pub async fn check_out(&self, checkout: &Checkout<'_>) -> Result<Leave, AppError> {
        let mut change = self.store.change().await?;
        // All is read in the customer's turn: a callback that empties the cart comes before or after.
        let mut turn = Turn::of_session(&mut change, checkout.session).await?;
        let leave = self.check_out_in(&mut turn, checkout).await?;
        change.commit().await.map_err(StoreError::from)?;
        Ok(leave)
    }

    /// An error must drop the change, and with it the order and the attempt.
    async fn check_out_in(&self, turn: &mut Turn<'_>, checkout: &Checkout<'_>) -> Result<Leave, AppError> {
        let once = checkout.once();
        if let Some((attempt, order)) = self.store.attempt_of_form(turn, &once).await? {
            return self.again(&attempt, &order);
        }
        let cart = self.store.cart_in_turn(turn).await?;
        let Some((items, costs)) = catalogue::priced(&cart, checkout.currency) else {
            return Ok(Leave::ToCart);
        };
        if catalogue::digest(&cart) != checkout.seen {
            return Ok(Leave::CartChanged);
        }
        let order = match self.store.order_of_cart(turn).await? {
            Some(order) => match leave_for(&order, checkout.sure) {
                Some(leave) => return Ok(leave),
                None => order.id,
            },
            None => match self.store.order_at_the_bank(turn).await? {
                Some(token) if !checkout.sure => return Ok(Leave::Unsure(token)),
                _ => self.store.place(turn, &secret::random()?).await?,
            },
        };
        let want = Want { customer: checkout.customer.clone(), items, costs };
        self.begin(turn, order, &want, &once).await
    }

    /// From the page of an order to Paygate once more.
    ///
    /// # Errors
    ///
    /// As [`Shared::check_out`].
    pub async fn pay_again(&self, token: &str, once: &str, sure: bool) -> Result<Leave, AppError> {
        let mut change = self.store.change().await?;
        let mut turn = Turn::of_token(&mut change, token).await?.ok_or(AppError::NotFound)?;
        let leave = self.pay_again_in(&mut turn, token, once, sure).await?;
        change.commit().await.map_err(StoreError::from)?;
        Ok(leave)
    }

    async fn pay_again_in(
        &self,
        turn: &mut Turn<'_>,
        token: &str,
        once: &str,
        sure: bool,
    ) -> Result<Leave, AppError> {
        let once = secret::digest(&[token, once]);
        if let Some((attempt, order)) = self.store.attempt_of_form(turn, &once).await? {
            return self.again(&attempt, &order);
        }
        // Read in the customer's turn: a callback may have come since the page was shown.
        let order = self.store.order_in_turn(turn, token).await?.ok_or(AppError::NotFound)?;
        match leave_for(&order, sure) {
            Some(leave) => Ok(leave),
            None => self.begin(turn, order.id, order.want(), &once).await,
        }
    }

    /// A new attempt at an order.
    async fn begin(
        &self,
        turn: &mut Turn<'_>,
        order: i64,
        want: &Want,
        once: &str,
    ) -> Result<Leave, AppError> {
        let trans_id = TransId::random_with_prefix("tea-").map_err(|_| secret::NoRandom)?;
        let new = NewAttempt {
            order,
            once,
            attempt: Attempt::new::<Trustly>(*self.merchant.id(), trans_id),
            req_id: ReqId::random().map_err(|_| secret::NoRandom)?,
            want,
        };
        let attempt = self.store.register(turn, &new).await?;
        let sealed = self.seal(&attempt)?;
        self.store.redirected(turn, &attempt).await?;
        Ok(Leave::ToPaygate(sealed.redirect.into()))
    }

    /// A form that was sent twice: the same attempt's redirect, under the same TransID and ReqId. Once something is known of
    /// the order, or a newer attempt was made, the order's page says more.
    fn again(&self, attempt: &AttemptRow, order: &Order) -> Result<Leave, AppError> {
        let view = order.view();
        if order.newest.id == attempt.id && order.may_pay_again() && view.state == State::Redirected {
            Ok(Leave::ToPaygate(self.seal(attempt)?.redirect.into()))
        } else {
            Ok(Leave::ToOrder(order.token.clone()))
        }
    }

    fn seal(&self, attempt: &AttemptRow) -> Result<Sealed, AppError> {
        // The checkout has read them before.
        let unreadable = |column| StoreError::Unreadable { table: "attempts", column };
        let Want { customer, items, costs } = &attempt.want;
        let items: Vec<_> = items.iter().map(|item| format!("{} × {}", item.quantity, item.name)).collect();
        let request = PaymentRequest::builder(
            Purchase {
                trans_id: *attempt.attempt.trans_id(),
                money: *costs,
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

/// Where else the customer has to go before another attempt is made, if anywhere.
fn leave_for(order: &Order, sure: bool) -> Option<Leave> {
    let view = order.view();
    if !order.may_pay_again() {
        Some(Leave::ToOrder(order.token.clone()))
    } else if view.is_at_the_bank && !sure {
        Some(Leave::Unsure(order.token.clone()))
    } else {
        None
    }
}
