//! The tables, and how they are brought up to date.

use crate::InboxError;
use crate::database::{Cells, Database, Dialect, Value};
use sqlx::Pool;

/// The scripts, in order: the version of a database is how many of them it has seen. Each only adds, so a program that runs with
/// the version before goes on while a newer one begins.
const SQLITE: &[&str] = &[
    include_str!("../migrations/sqlite/1_inbox.sql"),
    include_str!("../migrations/sqlite/2_refunds.sql"),
    include_str!("../migrations/sqlite/3_files.sql"),
];
const POSTGRES: &[&str] = &[
    include_str!("../migrations/postgres/1_inbox.sql"),
    include_str!("../migrations/postgres/2_refunds.sql"),
    include_str!("../migrations/postgres/3_files.sql"),
];

/// Two that begin at once make the tables once.
const LOCK: &str = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7453010308) IS NULL) AS locked";

/// Brings the tables up to date, in one transaction: they are of the old version or of the new one.
pub(crate) async fn migrate<DB: Database>(pool: &Pool<DB>) -> Result<Dialect, InboxError> {
    let dialect = DB::dialect(&*pool.acquire().await?)?;
    let scripts = match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let mut change = pool.begin_with(dialect.begin()).await?;
    if dialect == Dialect::Postgres {
        DB::rows(&mut change, LOCK, &[]).await?;
    }
    let table = "CREATE TABLE IF NOT EXISTS gateway_schema (version bigint NOT NULL PRIMARY KEY)";
    DB::execute(&mut change, table, &[]).await?;
    let rows = DB::rows(&mut change, "SELECT coalesce(max(version), 0) FROM gateway_schema", &[]).await?;
    let found = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    let known = i64::try_from(scripts.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(InboxError::Newer { found, known });
    }
    for (version, script) in (1..).zip(scripts) {
        if version > found {
            DB::script(&mut change, script).await?;
            let insert = "INSERT INTO gateway_schema (version) VALUES ($1)";
            DB::execute(&mut change, insert, &[Value::Integer(version)]).await?;
            tracing::info!(target: "gateway_inbox", version, "tables brought up to date");
        }
    }
    change.commit().await?;
    Ok(dialect)
}
