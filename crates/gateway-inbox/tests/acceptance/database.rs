//! A database for one test: SQLite in a folder of its own.

use gateway_inbox::Inbox;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Executor, Pool};
use std::ops::Deref;
use tempfile::TempDir;

/// An inbox in a database that no other test has.
pub(crate) struct Fresh {
    inbox: Inbox<Any>,
    folder: TempDir,
}

pub(crate) async fn fresh() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let inbox = Inbox::open(connect(&folder).await).await.unwrap();
    Fresh { inbox, folder }
}

impl Fresh {
    /// The same database through connections of its own, as another process has it.
    pub(crate) async fn again(&self) -> Inbox<Any> {
        Inbox::open(self.connect().await).await.unwrap()
    }

    pub(crate) async fn connect(&self) -> Pool<Any> {
        connect(&self.folder).await
    }
}

async fn connect(folder: &TempDir) -> Pool<Any> {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("inbox.sqlite").display());
    let options = AnyPoolOptions::new().max_connections(10).after_connect(|connection, _| {
        Box::pin(async move {
            connection
                .execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 20000")
                .await?;
            Ok(())
        })
    });
    options.connect(&url).await.unwrap()
}

impl Deref for Fresh {
    type Target = Inbox<Any>;

    fn deref(&self) -> &Inbox<Any> {
        &self.inbox
    }
}
