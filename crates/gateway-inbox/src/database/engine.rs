//! Running a statement.

use super::{Cells, Dialect, Value};
use crate::InboxError;
use sqlx::query::Query;
use std::future::Future;

/// What is needed of a database. Not to be had outside of this crate.
pub trait Engine: sqlx::Database<Row: Cells> {
    /// The SQL that this connection speaks.
    ///
    /// # Errors
    ///
    /// If it is neither of the two.
    fn dialect(connection: &Self::Connection) -> Result<Dialect, InboxError>;

    /// A statement with its values.
    fn query<'q>(sql: &'q str, values: &'q [Value<'q>]) -> Query<'q, Self, Self::Arguments<'q>>;

    /// Runs one statement, and gives its rows.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn rows<'a>(
        connection: &'a mut Self::Connection,
        sql: &'a str,
        values: &'a [Value<'a>],
    ) -> impl Future<Output = Result<Vec<Self::Row>, InboxError>> + Send + 'a;

    /// Runs one statement, and tells how many rows it changed.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn execute<'a>(
        connection: &'a mut Self::Connection,
        sql: &'a str,
        values: &'a [Value<'a>],
    ) -> impl Future<Output = Result<u64, InboxError>> + Send + 'a;

    /// Runs a script of several statements.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn script<'a>(
        connection: &'a mut Self::Connection,
        sql: &'a str,
    ) -> impl Future<Output = Result<(), InboxError>> + Send + 'a;
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
macro_rules! engine {
    ($Db:ty, $Row:ty, $dialect:expr) => {
        impl Engine for $Db {
            fn dialect(connection: &Self::Connection) -> Result<Dialect, InboxError> {
                $dialect(connection)
            }

            fn query<'q>(sql: &'q str, values: &'q [Value<'q>]) -> Query<'q, Self, Self::Arguments<'q>> {
                values.iter().fold(sqlx::query(sql), |query, value| match *value {
                    Value::Integer(value) => query.bind(value),
                    Value::Text(value) => query.bind(value),
                    Value::Bytes(value) => query.bind(value),
                })
            }

            async fn rows<'a>(
                connection: &'a mut Self::Connection,
                sql: &'a str,
                values: &'a [Value<'a>],
            ) -> Result<Vec<Self::Row>, InboxError> {
                Ok(Self::query(sql, values).fetch_all(connection).await?)
            }

            async fn execute<'a>(
                connection: &'a mut Self::Connection,
                sql: &'a str,
                values: &'a [Value<'a>],
            ) -> Result<u64, InboxError> {
                Ok(Self::query(sql, values).execute(connection).await?.rows_affected())
            }

            async fn script<'a>(
                connection: &'a mut Self::Connection,
                sql: &'a str,
            ) -> Result<(), InboxError> {
                sqlx::Executor::execute(connection, sql).await?;
                Ok(())
            }
        }

        impl Cells for $Row {
            fn integer(&self, column: usize) -> Result<i64, InboxError> {
                Ok(sqlx::Row::try_get(self, column)?)
            }

            fn maybe_integer(&self, column: usize) -> Result<Option<i64>, InboxError> {
                Ok(sqlx::Row::try_get(self, column)?)
            }

            fn text(&self, column: usize) -> Result<Option<String>, InboxError> {
                Ok(sqlx::Row::try_get(self, column)?)
            }

            fn bytes(&self, column: usize) -> Result<Option<Vec<u8>>, InboxError> {
                Ok(sqlx::Row::try_get(self, column)?)
            }
        }
    };
}

#[cfg(feature = "sqlite")]
engine!(sqlx::Sqlite, sqlx::sqlite::SqliteRow, |_| Ok(Dialect::Sqlite));

#[cfg(feature = "postgres")]
engine!(sqlx::Postgres, sqlx::postgres::PgRow, |_| Ok(Dialect::Postgres));

#[cfg(feature = "any")]
engine!(sqlx::Any, sqlx::any::AnyRow, |connection: &sqlx::AnyConnection| match connection.backend_name() {
    "SQLite" => Ok(Dialect::Sqlite),
    "PostgreSQL" => Ok(Dialect::Postgres),
    _ => Err(InboxError::Dialect),
});
