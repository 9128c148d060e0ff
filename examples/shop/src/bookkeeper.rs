//! The bookkeeper: handles what the inbox has stored, each once, however often it came.
//!
//! It opens each callback again, so its MAC is checked once more, and writes all that follows from it into the change that the inbox
//! hands in and commits together with its own "handled".

use crate::store::{Store, StoreError};
use gateway_inbox::paygate::{self as stored, Received};
use gateway_inbox::{Claim, Handler, Worker};
use paygate::{Merchant, Merchants, Method, Route, Trustly, VerifyError};
use sqlx::{Any, Transaction};

/// Writes callbacks down in the tables of the shop.
pub struct Bookkeeper {
    store: Store,
    merchants: Merchants,
}

/// A callback was not written down; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum NotHandled {
    /// The database says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be opened any more.
    #[error(transparent)]
    Open(#[from] stored::OpenError),
}

impl Bookkeeper {
    /// Who handles the callbacks of these merchants.
    #[must_use]
    pub fn new(store: &Store, merchants: impl Into<Merchants>) -> Self {
        Self { store: store.clone(), merchants: merchants.into() }
    }

    /// The worker of this shop. Every process has one.
    #[must_use]
    pub fn worker(store: &Store, merchant: &Merchant) -> Worker<Any, Self> {
        Worker::new(store.inbox().clone(), Self::new(store, merchant.clone()))
    }
}

impl Handler<Any> for Bookkeeper {
    type Error = NotHandled;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), NotHandled> {
        let (came_to, received) = stored::open::<Trustly>(claim, &self.merchants)?;
        // A browser may have been first.
        let route = if claim.is_acknowledged() { Route::Notify } else { came_to };
        match received {
            Received::Genuine(callback) => self.store.record(change, &callback, route).await?,
            Received::Inapplicable(error) => {
                if let Some(signed) = error.kept() {
                    let reason = reason(&error, came_to);
                    self.store.keep(change, (Trustly::NAME, signed), route, &reason).await?;
                }
            }
        }
        Ok(())
    }
}

fn reason(error: &VerifyError, route: Route) -> String {
    let url = match route {
        Route::Success => "URLSuccess",
        Route::Failure => "URLFailure",
        Route::Notify => "URLNotify",
    };
    format!("{error} at {url}")
}
