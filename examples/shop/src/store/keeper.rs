//! Who opened the shopkeeper's pages, and what was done there.

use super::{Store, StoreError};
use sqlx::AnyConnection;

/// What was done in the shopkeeper's pages.
#[derive(Clone, Debug, Default)]
pub struct Audited {
    /// When, in UTC, and what; the newest first.
    pub actions: Vec<(String, String)>,
    /// How many wrong passwords were tried: apart, since anybody can make many of them.
    pub refused: i64,
    /// When the last one was, in UTC.
    pub refused_at: Option<String>,
}

const REFUSED: &str = "refused a wrong password";

impl Store {
    /// Writes it down.
    ///
    /// # Errors
    ///
    /// If it cannot be written. Nothing should be shown then.
    pub async fn audit(&self, action: &str) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        audit(&mut change, action).await?;
        Ok(change.commit().await?)
    }

    /// Writes a wrong password down, though not which.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn audit_refusal(&self) -> Result<(), StoreError> {
        self.audit(REFUSED).await
    }

    /// The newest actions.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn audited(&self) -> Result<Audited, StoreError> {
        let actions = "SELECT datetime(at), action FROM audit WHERE action <> $1 ORDER BY id DESC LIMIT 100";
        let actions = sqlx::query_as(actions).bind(REFUSED).fetch_all(&self.pool).await?;
        let refused = "SELECT count(*), datetime(max(at)) FROM audit WHERE action = $1";
        let (refused, refused_at) = sqlx::query_as(refused).bind(REFUSED).fetch_one(&self.pool).await?;
        Ok(Audited { actions, refused, refused_at })
    }
}

/// The same, in the change that it is about: what is done is written down, or it is not done.
pub(super) async fn audit(connection: &mut AnyConnection, action: &str) -> Result<(), StoreError> {
    tracing::info!(target: "shop::audit", action);
    sqlx::query("INSERT INTO audit (action) VALUES ($1)").bind(action).execute(connection).await?;
    Ok(())
}
