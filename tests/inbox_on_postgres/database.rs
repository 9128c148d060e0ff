//! A database for one test: of a PostgreSQL server that all tests share.

use gateway_inbox::Inbox;
use paygate_tests::postgres::Postgres;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Pool};
use std::ops::Deref;

/// An inbox in a database that no other test has.
pub(crate) struct Fresh {
    inbox: Inbox<Any>,
    url: String,
}

pub(crate) async fn fresh() -> Fresh {
    let url = Postgres::shared().database();
    let inbox = Inbox::open(connect(&url).await).await.unwrap();
    Fresh { inbox, url }
}

impl Fresh {
    /// The same database through connections of its own, as another process has it.
    pub(crate) async fn again(&self) -> Inbox<Any> {
        Inbox::open(self.connect().await).await.unwrap()
    }

    pub(crate) async fn connect(&self) -> Pool<Any> {
        connect(&self.url).await
    }
}

async fn connect(url: &str) -> Pool<Any> {
    sqlx::any::install_default_drivers();
    AnyPoolOptions::new().max_connections(10).connect(url).await.unwrap()
}

impl Deref for Fresh {
    type Target = Inbox<Any>;

    fn deref(&self) -> &Inbox<Any> {
        &self.inbox
    }
}
