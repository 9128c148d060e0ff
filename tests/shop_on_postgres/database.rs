//! Where the shop of a test stores: here, in a database of its own of a PostgreSQL server that all tests share.

use paygate::Merchant;
use paygate_tests::postgres::Postgres;
use shop::Config;
use std::process::Command;

/// Empty at first.
pub(crate) struct Database(String);

/// No shop may make this folder, nor store in it.
const NOWHERE: &str = "/dev/null/shop-data";

impl Database {
    /// Whether what comes close together is handled at once, and so in any order.
    pub(crate) const HANDLES_AT_ONCE: bool = true;

    pub(crate) fn new() -> Self {
        Self(Postgres::shared().database())
    }

    /// A demo that stores here.
    pub(crate) fn demo(&self) -> Config {
        Config::demo(NOWHERE).database(&self.0)
    }

    /// A shop with an account that stores here.
    pub(crate) fn real(&self) -> Config {
        self.real_at(paygate::testing::merchant(), "https://shop.example")
    }

    /// The same, with any account and address.
    pub(crate) fn real_at(&self, merchant: Merchant, public_url: &str) -> Config {
        Config::real(merchant, public_url, NOWHERE).database(&self.0)
    }

    /// For a connection by hand.
    pub(crate) fn url(&self) -> &str {
        &self.0
    }

    /// The program, which stores here, and knows nothing else of its environment.
    pub(crate) fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_shop-under-test"));
        program.env_clear().env("SHOP_DATA", NOWHERE).env("DATABASE_URL", &self.0);
        program
    }
}
