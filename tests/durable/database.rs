//! Where the shops of a test store: in a SQLite file, or in a database of a PostgreSQL server.

use paygate::testing;
use paygate::{BaseUrl, Merchant};
use paygate_tests::postgres::Postgres;
use shop::Config;
use shop::store::{Place, Store};
use std::path::PathBuf;
use std::process::Command;

/// Nobody listens there: no test asks Paygate anything.
const PAYGATE: &str = "http://127.0.0.1:9/";

#[derive(Clone)]
pub(crate) enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Database {
    /// A file in this folder, which is made.
    pub(crate) fn sqlite(folder: &tempfile::TempDir) -> Self {
        Self::Sqlite(folder.path().join("shop"))
    }

    /// A database of the server that all tests share.
    pub(crate) fn postgres() -> Self {
        Self::Postgres(Postgres::shared().database())
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// As the shop has it: to prepare orders, and to look at what came of them.
    pub(crate) async fn store(&self) -> Store {
        let place = match self {
            Self::Sqlite(folder) => Place::Folder(folder.clone()),
            Self::Postgres(url) => Place::Server(url.clone()),
        };
        Store::open(&place, true).await.unwrap()
    }

    /// A shop in this process.
    pub(crate) fn config(&self) -> Config {
        let config = Config::real(merchant(), PAYGATE, "/dev/null/shop-data").keeper_password("x");
        match self {
            Self::Sqlite(folder) => Config::real(merchant(), PAYGATE, folder).keeper_password("x"),
            Self::Postgres(url) => config.database(url),
        }
    }

    /// What the program reads: this database and the account of [`merchant`].
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("PAYGATE_MERCHANT_ID", testing::MERCHANT_ID.as_str().to_owned()),
            ("PAYGATE_ENCRYPTION_KEY", testing::ENCRYPTION_KEY.to_owned()),
            ("PAYGATE_MAC_KEY", testing::MAC_KEY.to_owned()),
            ("PAYGATE_ENDPOINT", PAYGATE.to_owned()),
            ("SHOP_PUBLIC_URL", PAYGATE.to_owned()),
            ("SHOP_KEEPER_PASSWORD", "x".to_owned()),
        ];
        match self {
            Self::Sqlite(folder) => variables.push(("SHOP_DATA", folder.to_str().unwrap().to_owned())),
            Self::Postgres(url) => variables.push(("DATABASE_URL", url.clone())),
        }
        variables
    }

    /// The program, which knows nothing else of its environment.
    pub(crate) fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_shop-under-test"));
        program.env_clear().envs(self.environment());
        program
    }
}

/// Whose keys the shop and the test have.
pub(crate) fn merchant() -> Merchant {
    testing::merchant().with_endpoint(BaseUrl::new(PAYGATE).unwrap())
}
