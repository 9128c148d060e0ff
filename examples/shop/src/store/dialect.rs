//! What SQLite and PostgreSQL do not share. All queries beside this file run on both as they stand: where SQLite has words of
//! its own (`datetime`, `unixepoch`), PostgreSQL learns them in its first migration.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, Connection, Executor};
use std::borrow::Cow;

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub(super) fn of(connection: &AnyConnection) -> Self {
        if connection.backend_name() == "PostgreSQL" { Self::Postgres } else { Self::Sqlite }
    }

    /// Begins a change. SQLite has one lock for writing, which is held from the start. On PostgreSQL each query has to see what
    /// was stored before it began, not before the change did: the lock of a customer's turn may have been waited for in between.
    pub(super) const fn change(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        }
    }

    /// Begins a look: several queries that see one and the same state.
    pub(super) const fn look(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Takes the lock of the customer `$1` until the change ends. SQLite's is that of the whole database; to write, though it be
    /// nothing, takes it for those who did not begin by [`Self::change`], or fails.
    pub(super) const fn lock(self) -> &'static str {
        match self {
            Self::Sqlite => "DELETE FROM cart_items WHERE session = $1 AND quantity = 0",
            Self::Postgres => "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        }
    }

    /// An address without the case of ASCII letters, whatever language the server was set up in.
    pub(super) const fn folded_email(self) -> &'static str {
        match self {
            Self::Sqlite => "lower(email)",
            Self::Postgres => "lower(email COLLATE \"C\")",
        }
    }

    /// How many changes and looks go on at once; more have to wait.
    pub(super) const fn connections(self) -> u32 {
        match self {
            Self::Sqlite => 4,
            Self::Postgres => 16,
        }
    }

    /// Each connection's settings. Acknowledged means durably stored: also where the machine loses its power. And who waits for
    /// a lock gives up before Paygate does.
    pub(super) async fn prepare(self, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let sql = match self {
            Self::Sqlite => {
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 PRAGMA foreign_keys = ON"
            }
            // A server may be set to more than `on`, as to wait for a second machine; that stays.
            Self::Postgres => {
                "SET lock_timeout = '10s'; SET client_min_messages = warning;
                 SELECT set_config('synchronous_commit', 'on', false)
                 WHERE current_setting('synchronous_commit') IN ('off', 'local')"
            }
        };
        connection.execute(sql).await?;
        Ok(())
    }

    /// Brings the tables up to date; shops that start at once do so one after the other.
    pub(super) async fn migrate(self, connection: &mut AnyConnection) -> Result<(), MigrateError> {
        match self {
            // The migrator has no lock here.
            Self::Sqlite => {
                let mut change = connection.begin_with(self.change()).await?;
                self.migrator().run(&mut *change).await?;
                Ok(change.commit().await?)
            }
            // It has one here, which it gives back before an outer change would end.
            Self::Postgres => self.migrator().run(connection).await,
        }
    }

    /// The tables as an older shop made them.
    #[cfg(test)]
    pub(super) async fn migrate_to(
        self,
        version: i64,
        connection: &mut AnyConnection,
    ) -> Result<(), MigrateError> {
        let mut migrator = self.migrator();
        migrator.migrations.to_mut().retain(|migration| migration.version <= version);
        migrator.run(connection).await
    }

    /// The files of `migrations/`, in the program itself. `sqlx::migrate!` would do the same, at the price of a second SQLite for
    /// the compiler.
    fn migrator(self) -> Migrator {
        let migrations = match self {
            Self::Sqlite => [
                (1, "shop", include_str!("../../migrations/sqlite/1_shop.sql")),
                (2, "inquiries", include_str!("../../migrations/sqlite/2_inquiries.sql")),
                (3, "refunds", include_str!("../../migrations/sqlite/3_refunds.sql")),
            ],
            Self::Postgres => [
                (1, "shop", include_str!("../../migrations/postgres/1_shop.sql")),
                (2, "inquiries", include_str!("../../migrations/postgres/2_inquiries.sql")),
                (3, "refunds", include_str!("../../migrations/postgres/3_refunds.sql")),
            ],
        };
        let migrations = migrations.map(|(version, name, sql)| {
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, Cow::Borrowed(sql), false)
        });
        Migrator { migrations: Cow::Owned(migrations.into()), ..Migrator::DEFAULT }
    }
}

/// Somebody else's words, as both can store and look for them: PostgreSQL's texts hold no NUL, and no paid order may be lost
/// over one in a description.
pub(super) fn words(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_that_databases_hold_is_never_changed() {
        let migrator = Dialect::Sqlite.migrator();
        let checksums: Vec<_> = migrator.iter().map(|migration| hex::encode(&migration.checksum)).collect();
        assert!(checksums[0].starts_with("74160056987e0eb1c4d225e222a5b1e7"), "{checksums:?}");
        assert!(checksums[1].starts_with("0eb58360b43efe87611213fffb0d47a1"), "{checksums:?}");
        // What one database has, the other one has too.
        let names = |dialect: Dialect| -> Vec<_> {
            dialect
                .migrator()
                .iter()
                .map(|migration| (migration.version, migration.description.clone()))
                .collect()
        };
        assert_eq!(names(Dialect::Sqlite), names(Dialect::Postgres));
    }
}
