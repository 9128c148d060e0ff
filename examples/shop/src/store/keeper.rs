//! Who opened the shopkeeper's pages.

use super::{Store, StoreError};

/// Something that was done in the shopkeeper's pages.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// When, in UTC.
    pub at: String,
    /// What.
    pub action: String,
}

impl Store {
    /// Writes it down.
    ///
    /// # Errors
    ///
    /// If it cannot be written. Nothing should be shown then.
    pub async fn audit(&self, action: &str) -> Result<(), StoreError> {
        tracing::info!(target: "shop::audit", action);
        sqlx::query("INSERT INTO audit (action) VALUES (?)").bind(action).execute(&self.pool).await?;
        Ok(())
    }

    /// The newest entries.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn audited(&self) -> Result<Vec<AuditRow>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT at, action FROM audit ORDER BY id DESC LIMIT 50")
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(at, action)| AuditRow { at, action }).collect())
    }
}
