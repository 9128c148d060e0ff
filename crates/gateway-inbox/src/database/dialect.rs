//! Where the dialects of SQL differ. All statements are written once, with two words to be filled in.

/// Which SQL a connection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Fills `{now}` and `{skip_locked}` in. Parameters are `$1` and so on, in both.
    pub(crate) fn sql(self, text: &str) -> String {
        // Milliseconds since 1970, by the database's own clock: that of the statement, not of the transaction.
        let (now, skip_locked) = match self {
            Self::Sqlite => ("CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)", ""),
            Self::Postgres => {
                ("CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", "FOR UPDATE SKIP LOCKED")
            }
        };
        text.replace("{now}", now).replace("{skip_locked}", skip_locked)
    }

    /// Begins a transaction that writes. SQLite's takes the one lock for writing at once: one that reads first, and then
    /// wants to write, may be refused. PostgreSQL's sees in each statement what was committed before that, whatever the server's
    /// default is.
    pub(crate) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        }
    }

    /// Whether there is one lock for writing, so that more than one writer at a time only wait for each other.
    pub(crate) fn has_one_writer(self) -> bool {
        self == Self::Sqlite
    }
}
