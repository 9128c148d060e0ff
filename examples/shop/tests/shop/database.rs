//! Where the shop of a test stores: here, in a SQLite file in a folder of its own. The same tests run on PostgreSQL with
//! another file in the place of this one: `tests/shop_on_postgres/database.rs` of the workspace.

use paygate::Merchant;
use shop::Config;
use std::path::PathBuf;
use std::process::Command;

/// Empty at first, and gone after the test.
pub(crate) struct Database(PathBuf);

impl Database {
    /// Whether what comes close together is handled at once, and so in any order: SQLite has one writer.
    pub(crate) const HANDLES_AT_ONCE: bool = false;

    pub(crate) fn new() -> Self {
        Self(std::env::temp_dir().join(format!("shop-test-{}", shop::security::secret::random().unwrap())))
    }

    /// A demo that stores here.
    pub(crate) fn demo(&self) -> Config {
        Config::demo(&self.0)
    }

    /// A shop with an account that stores here.
    pub(crate) fn real(&self) -> Config {
        self.real_at(paygate::testing::merchant(), "https://shop.example")
    }

    /// The same, with any account and address.
    pub(crate) fn real_at(&self, merchant: Merchant, public_url: &str) -> Config {
        Config::real(merchant, public_url, &self.0)
    }

    /// The program, which stores here, and knows nothing else of its environment.
    pub(crate) fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_shop"));
        program.env_clear().env("SHOP_DATA", &self.0);
        program
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
