//! Settling: what came of a refund that was sent or asked for, and what follows from it for its payment, as one change; in the
//! customer's turn, as all that judges his order.

use super::{RefundOf, Store, StoreError, Turn};
use gateway_inbox::{Answer, Asking, InboxError, RefundState, Sending, SettleError};

/// What came of a refund was not written down.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The shop's tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ledger was not reached.
    #[error(transparent)]
    Inbox(#[from] InboxError),
    /// The ledger says no: somebody was faster, and knows more.
    #[error(transparent)]
    Settle(#[from] SettleError),
}

const UNKNOWN: StoreError = StoreError::Unreadable { table: "refunds", column: "payment_id" };

impl Store {
    /// Writes the answer to a refund that was sent down.
    ///
    /// # Errors
    ///
    /// If it is not written. It may be tried again; if it never is, Paygate is asked later.
    pub async fn settle(
        &self,
        sending: &Sending,
        of: &RefundOf,
        answer: Answer<'_>,
    ) -> Result<RefundState, NotWritten> {
        let mut change = self.change().await?;
        let mut turn = Turn::of_order(&mut change, of.order).await?.ok_or(UNKNOWN)?;
        let state = sending.settle(&self.ledger(), &mut turn, answer).await?;
        self.finish(&mut turn, of, state).await?;
        change.commit().await.map_err(StoreError::from)?;
        Ok(state)
    }

    /// Decides by how much Paygate gave back of the payment in all; `None` where it does not tell, which is not 0.
    ///
    /// # Errors
    ///
    /// If it is not written. Paygate is asked again then.
    pub async fn resolve(
        &self,
        asking: &Asking,
        of: &RefundOf,
        credited: Option<u64>,
    ) -> Result<RefundState, NotWritten> {
        let mut change = self.change().await?;
        let mut turn = Turn::of_order(&mut change, of.order).await?.ok_or(UNKNOWN)?;
        let state = asking.resolve(&self.ledger(), &mut turn, credited).await?;
        self.finish(&mut turn, of, state).await?;
        change.commit().await.map_err(StoreError::from)?;
        Ok(state)
    }

    async fn finish(&self, turn: &mut Turn<'_>, of: &RefundOf, state: RefundState) -> Result<(), StoreError> {
        if state == RefundState::Done { self.settle_up(turn, of.order, of.payment).await } else { Ok(()) }
    }
}
