//! An inbox of any database, as the extractors see it.

use futures_util::future::BoxFuture;
use gateway_inbox::{Database, Delivery, Inbox};
use std::sync::Arc;

/// It was not stored.
pub(crate) struct NotDone;

/// Stores deliveries. Why one was not stored, `tracing` is told.
pub(crate) trait Stores: Send + Sync {
    fn store(self: Arc<Self>, delivery: Delivery) -> BoxFuture<'static, Result<(), NotDone>>;
}

impl<DB: Database> Stores for Inbox<DB> {
    fn store(self: Arc<Self>, delivery: Delivery) -> BoxFuture<'static, Result<(), NotDone>> {
        Box::pin(async move {
            match Inbox::store(&self, delivery).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    tracing::error!(target: "gateway_actix", %error, "the inbox did not store a result");
                    Err(NotDone)
                }
            }
        })
    }
}
