//! Deliveries to test with, and a handler that writes down what it handled.

use gateway_inbox::{Claim, Delivery, Handler, Inbox, Key};
use sqlx::{Any, AnyConnection, Transaction};
use std::time::Duration;

/// Longer than any test takes.
pub(crate) const LONG: Duration = Duration::from_secs(600);

/// The result `name` of the attempt `attempt`.
pub(crate) fn of_attempt(attempt: &str, name: &str) -> Delivery {
    Delivery {
        gateway: "test",
        key: Key::of("callback", [attempt, name]),
        attempt: Key::of("attempt", [attempt]),
        payment: Key::of("payment", [attempt]),
        payload: format!("{attempt} {name}").into_bytes(),
        rank: 1,
        acknowledged: true,
    }
}

pub(crate) fn named(name: &str) -> Delivery {
    of_attempt("attempt", name)
}

/// Writes one row for each, in the transaction that it is given.
#[derive(Clone, Default)]
pub(crate) struct Shop {
    /// Payloads that it cannot handle.
    pub(crate) refuses: Option<&'static str>,
    /// How long it takes.
    pub(crate) takes: Duration,
}

/// Makes the table of the shop's effects.
pub(crate) async fn table(inbox: &Inbox<Any>) {
    sqlx::query("CREATE TABLE effects (payload text NOT NULL)").execute(inbox.pool()).await.unwrap();
}

/// What the shop has done, in alphabetical order.
pub(crate) async fn effects(inbox: &Inbox<Any>) -> Vec<String> {
    sqlx::query_scalar("SELECT payload FROM effects ORDER BY payload").fetch_all(inbox.pool()).await.unwrap()
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ShopError {
    #[error("refused")]
    Refused,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// The shop's effect.
pub(crate) async fn write_down(change: &mut AnyConnection, payload: &[u8]) -> Result<(), sqlx::Error> {
    let payload = String::from_utf8_lossy(payload).into_owned();
    sqlx::query("INSERT INTO effects (payload) VALUES ($1)").bind(payload).execute(change).await?;
    Ok(())
}

impl Handler<Any> for Shop {
    type Error = ShopError;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), ShopError> {
        // Before the refusal: it must be rolled back.
        write_down(change, claim.payload()).await?;
        tokio::time::sleep(self.takes).await;
        if self.refuses.is_some_and(|refused| claim.payload() == refused.as_bytes()) {
            return Err(ShopError::Refused);
        }
        Ok(())
    }
}

/// Waits for something that another task brings about; a test that waits in vain fails.
pub(crate) async fn until<F: Future<Output = bool>>(mut is_so: impl FnMut() -> F) {
    for _ in 0..1000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came about");
}
