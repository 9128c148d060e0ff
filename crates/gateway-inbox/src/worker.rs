//! The worker: handles what waits, when it comes, at the start, and from time to time.

use crate::claim::Ticket;
use crate::database::{Database, Lent};
use crate::{Claim, CompleteError, Inbox, InboxError};
use futures_util::FutureExt;
use futures_util::future::join_all;
use sqlx::{Connection, Transaction};
use std::error::Error;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// What a shop does with a delivery.
///
/// All writes go into the transaction that is handed in; the worker completes the claim in the same one, and commits. So what is written here is written once. What is not in the database, like a mail, may be done
/// twice: write down that it is to be done, and do it afterwards.
///
/// A handler cannot commit by itself:
///
/// ```compile_fail,E0507
/// async fn handle(change: &mut sqlx::Transaction<'_, sqlx::Sqlite>) -> Result<(), sqlx::Error> {
///     change.commit().await
/// }
/// ```
///
/// An error, a panic, and a lost lease roll everything back; another try comes after a while, for as long as it takes.
pub trait Handler<DB: Database>: Send + Sync {
    /// Why a delivery was not handled. Its text is written beside the delivery: it must hold no secrets and no personal data.
    type Error: Error + Send;

    /// Handles one.
    fn handle(
        &self,
        claim: &Claim,
        change: &mut Transaction<'_, DB>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Handles deliveries, until it is dropped. Every process has one; those of several share the work.
pub struct Worker<DB: Database, H> {
    inbox: Inbox<DB>,
    handler: H,
    lease: Duration,
    look: Duration,
    together: u32,
}

/// What was done with all that was due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// How many were handled.
    pub handled: u64,
    /// How many failed, and wait for another try.
    pub failed: u64,
}

/// Why a delivery was not handled.
#[derive(Clone, Debug)]
enum NotHandled {
    /// The handler says so, or lost the claim.
    Failed(String),
    /// The database, before or after the handler.
    Database(InboxError),
}

impl From<InboxError> for NotHandled {
    fn from(error: InboxError) -> Self {
        Self::Database(error)
    }
}

impl From<CompleteError> for NotHandled {
    fn from(error: CompleteError) -> Self {
        match error {
            CompleteError::Inbox(error) => Self::Database(error),
            lost @ CompleteError::Lost => Self::Failed(lost.to_string()),
        }
    }
}

/// How long another try waits at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

impl<DB: Database, H: Handler<DB>> Worker<DB, H> {
    /// How long a claim lasts, unless it is renewed, which the worker does for as long as it lives.
    pub const LEASE: Duration = Duration::from_secs(60);

    /// How often the worker looks for what others left behind, where nothing new wakes it.
    pub const LOOK: Duration = Duration::from_secs(5);

    /// A worker. It does nothing before it is [run](Worker::run).
    #[must_use]
    pub fn new(inbox: Inbox<DB>, handler: H) -> Self {
        // In one transaction where only one can write; else that many at once, which leaves connections to those who store.
        let connections = inbox.pool().options().get_max_connections();
        let at_once = (connections / 2).saturating_add(connections / 4).clamp(1, 12);
        let together = if inbox.dialect().has_one_writer() { 32 } else { at_once };
        Self { inbox, handler, lease: Self::LEASE, look: Self::LOOK, together }
    }

    /// How long a claim lasts: what a process that died had claimed, waits so long.
    #[must_use]
    pub fn with_lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    /// How often to look for what others left behind.
    #[must_use]
    pub fn with_look(self, look: Duration) -> Self {
        Self { look, ..self }
    }

    /// How many are claimed together, from 1; by default 32 with SQLite, and with PostgreSQL three quarters of the pool's connections,
    /// at most 12. With PostgreSQL they are handled at once, each in its own transaction and on its own connection; with SQLite in
    /// one transaction, of which each has its own part that is rolled back alone. That holds the database's one lock for writing, so
    /// nothing is stored meanwhile: let the handler be quick, or claim fewer. The pool must have more connections than are handled
    /// at once, or no lease is renewed.
    #[must_use]
    pub fn with_together(self, together: u32) -> Self {
        Self { together: together.max(1), ..self }
    }

    /// Handles what waits, and then what comes, for ever. Dropped in the middle, it leaves what it had claimed to whoever looks
    /// after the lease.
    pub async fn run(&self) {
        loop {
            // Before the look: what comes after it wakes.
            let news = self.inbox.shared().news.notified();
            let wait = match self.drain().await {
                Ok(_) => self.inbox.until_the_next().await,
                Err(error) => Err(error),
            };
            let wait = match wait {
                Ok(next) => next.unwrap_or(self.look).clamp(Duration::from_millis(10), self.look),
                Err(error) => {
                    tracing::error!(target: "gateway_inbox", %error, "the worker cannot reach its database");
                    self.look
                }
            };
            // Either way, it looks.
            let _ = tokio::time::timeout(wait, news).await;
        }
    }

    /// Handles all that is due now.
    ///
    /// # Errors
    ///
    /// If the database cannot be read or written. What fails for a reason of its own is no error: it is counted.
    pub async fn drain(&self) -> Result<Drained, InboxError> {
        let mut drained = Drained::default();
        loop {
            let claims = self.inbox.claim(self.together, self.lease).await?;
            if claims.is_empty() {
                return Ok(drained);
            }
            let tickets: Vec<_> = claims.iter().map(Claim::ticket).collect();
            let results = {
                let handled = std::pin::pin!(self.handle_all(claims));
                let renewed = std::pin::pin!(self.renew(&tickets));
                match futures_util::future::select(handled, renewed).await {
                    futures_util::future::Either::Left((results, _)) => results,
                    futures_util::future::Either::Right((never, _)) => match never {},
                }
            };
            self.inbox.shared().done.notify_waiters();
            let mut not_written = Ok(());
            for (ticket, result) in tickets.into_iter().zip(results) {
                let (why, pause) = match result {
                    Ok(()) => {
                        drained.handled = drained.handled.saturating_add(1);
                        continue;
                    }
                    Err(NotHandled::Failed(why)) => (why, pause(ticket.tries)),
                    // No handler is to blame, so its next try need not wait long.
                    Err(NotHandled::Database(error)) => (error.to_string(), pause(4)),
                };
                drained.failed = drained.failed.saturating_add(1);
                tracing::warn!(target: "gateway_inbox", %why, tries = ticket.tries, "a delivery was not handled");
                not_written = not_written.and(self.inbox.fail(ticket, pause, &why).await);
            }
            not_written?;
        }
    }

    /// Handles those that were claimed together; for each, why it was not handled.
    async fn handle_all(&self, claims: Vec<Claim>) -> Vec<Result<(), NotHandled>> {
        if self.inbox.dialect().has_one_writer() {
            self.handle_in_one(claims).await
        } else {
            join_all(claims.into_iter().map(|claim| self.handle_by_itself(claim))).await
        }
    }

    async fn handle_by_itself(&self, claim: Claim) -> Result<(), NotHandled> {
        let mut lent = Lent::of(self.inbox.pool()).await?;
        let begin = self.inbox.dialect().begin();
        let mut change = lent.connection().begin_with(begin).await.map_err(InboxError::from)?;
        let result = self.handle_one(claim, &mut change).await;
        match result {
            Ok(()) => change.commit().await,
            Err(_) => change.rollback().await,
        }
        .map_err(InboxError::from)?;
        lent.give_back();
        result
    }

    /// One transaction, and in it one savepoint for each.
    async fn handle_in_one(&self, claims: Vec<Claim>) -> Vec<Result<(), NotHandled>> {
        let count = claims.len();
        let _turn = self.inbox.turn().await;
        match self.handle_parts(claims).await {
            Ok(results) => results,
            Err(error) => vec![Err(NotHandled::Database(error)); count],
        }
    }

    /// An error means that nothing was handled. The connection is closed then: SQLite may have rolled back by itself, of which
    /// sqlx knows nothing.
    async fn handle_parts(&self, claims: Vec<Claim>) -> Result<Vec<Result<(), NotHandled>>, InboxError> {
        let mut lent = Lent::of(self.inbox.pool()).await?;
        let mut change = lent.connection().begin_with(self.inbox.dialect().begin()).await?;
        let mut results = Vec::with_capacity(claims.len());
        for claim in claims {
            let mut part = Connection::begin(&mut *change).await?;
            let result = self.handle_one(claim, &mut part).await;
            match result {
                Ok(()) => part.commit().await?,
                Err(_) => part.rollback().await?,
            }
            results.push(result);
        }
        change.commit().await?;
        lent.give_back();
        Ok(results)
    }

    async fn handle_one(&self, claim: Claim, change: &mut Transaction<'_, DB>) -> Result<(), NotHandled> {
        let may_roll_back_by_itself = self.inbox.dialect().has_one_writer();
        if may_roll_back_by_itself {
            claim.mark(&self.inbox, &mut *change).await?;
        }
        let handled = AssertUnwindSafe(self.handler.handle(&claim, change)).catch_unwind().await;
        match handled {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(NotHandled::Failed(error.to_string())),
            // What it says may be anybody's words.
            Err(_) => return Err(NotHandled::Failed("the handler panicked".to_owned())),
        }
        Ok(if may_roll_back_by_itself {
            claim.complete_marked(&self.inbox, &mut *change).await
        } else {
            claim.complete(&self.inbox, &mut *change).await
        }?)
    }

    /// Keeps the leases while the handlers work. Where there is one writer, nobody else can claim while the handler's
    /// transaction lasts, and nobody could renew either.
    async fn renew(&self, tickets: &[Ticket]) -> std::convert::Infallible {
        if self.inbox.dialect().has_one_writer() {
            return std::future::pending().await;
        }
        loop {
            tokio::time::sleep(self.lease.div_f32(3.0)).await;
            for ticket in tickets {
                if let Err(error) = self.inbox.renew(*ticket, self.lease).await {
                    tracing::warn!(target: "gateway_inbox", %error, "a lease was not renewed");
                }
            }
        }
    }
}

/// The pause before the next try: twice as long each time.
fn pause(tries: i64) -> Duration {
    let doublings = u32::try_from(tries.clamp(1, 20)).unwrap_or(20).saturating_sub(1);
    Duration::from_millis(100).saturating_mul(1_u32 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_at_five_minutes() {
        assert_eq!(pause(1), Duration::from_millis(100));
        assert_eq!(pause(2), Duration::from_millis(200));
        assert!((1..100).all(|tries| pause(tries) <= pause(tries + 1)));
        assert_eq!(pause(i64::MAX), LONGEST_PAUSE);
        assert_eq!(pause(i64::MIN), pause(1));
    }
}
