//! The example shop, open for one test, and what its customers do there.

use super::browser::{Browser, Script, browse};
use gateway_simulator::paygate::{Builder, Fault, Settlement, Simulator, State, Transaction};
use shop::{Config, Shop};
use tempfile::TempDir;
use thirtyfour::prelude::*;

const KEEPER_PASSWORD: &str = "a password of the tests";

/// A shop with a simulator, whose clock stands still. What it stores goes with it.
pub(crate) struct OpenShop {
    shop: Shop,
    _data: TempDir,
}

/// How the order page shows an order, for programs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) state: String,
    pub(crate) flags: String,
}

/// A state with nothing odd about it.
pub(crate) fn plain(state: &str) -> Shown {
    Shown { state: state.to_owned(), flags: String::new() }
}

impl Shown {
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.split(' ').any(|known| known == flag)
    }
}

/// Opens a shop and a browser in front of it.
pub(crate) async fn visit(
    script: Script,
    visit: impl AsyncFnOnce(&OpenShop, &Browser) -> WebDriverResult<()>,
) {
    let shop = OpenShop::open();
    browse(script, async |browser| visit(&shop, browser).await).await;
}

impl OpenShop {
    pub(crate) fn open() -> Self {
        let data = TempDir::new().expect("there is room");
        let config = Config::demo(data.path()).keeper_password(KEEPER_PASSWORD);
        let config = config.simulator(Builder::clock_by_hand);
        let shop = Shop::start(config).expect("it opens");
        Self { shop, _data: data }
    }

    pub(crate) fn simulator(&self) -> &Simulator {
        self.shop.simulator().expect("a demo has one")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        [self.shop.url().trim_end_matches('/'), path].concat()
    }

    /// Lets the payments to come go wrong.
    pub(crate) fn fault(&self, fault: Fault) {
        self.simulator().set_faults([fault]);
    }

    /// The payment that was begun last.
    pub(crate) fn newest_payment(&self) -> Transaction {
        self.simulator().transactions().pop().expect("there is one")
    }

    /// How the payments stand at the bank, oldest first.
    pub(crate) fn payments(&self) -> Vec<State> {
        self.simulator().transactions().iter().map(|payment| payment.state).collect()
    }

    /// Ends the newest payment otherwise than it stands.
    pub(crate) async fn settle(&self, settlement: Settlement) {
        let payment = self.newest_payment();
        self.simulator().settle(&payment.pay_id, settlement).expect("it can end so");
        self.simulator().idle().await;
    }

    pub(crate) async fn put_in_cart(&self, browser: &Browser, product: &str) -> WebDriverResult<()> {
        browser.open(&self.url("/")).await?;
        browser.click(&format!("#add-{product}")).await?;
        browser.wait_for("#checkout").await?;
        Ok(())
    }

    /// From the cart to a checkout that is filled in.
    pub(crate) async fn fill_checkout(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.open(&self.url("/checkout")).await?;
        browser.fill("[name=first_name]", "Anna").await?;
        browser.fill("[name=last_name]", "Müller").await?;
        browser.fill("[name=email]", "anna@example.com").await
    }

    /// From the cart to the bank's first page.
    pub(crate) async fn check_out(&self, browser: &Browser) -> WebDriverResult<()> {
        self.fill_checkout(browser).await?;
        browser.click("#pay").await?;
        at_bank(browser).await
    }

    /// The same with an earlier payment under way, of which the shop asks whether it was made.
    pub(crate) async fn check_out_again(&self, browser: &Browser) -> WebDriverResult<()> {
        self.fill_checkout(browser).await?;
        browser.click("#pay").await?;
        browser.click("#sure").await?;
        browser.click("#pay").await?;
        at_bank(browser).await
    }

    /// From the catalogue to the bank's first page.
    pub(crate) async fn buy(&self, browser: &Browser, product: &str) -> WebDriverResult<()> {
        self.put_in_cart(browser, product).await?;
        self.check_out(browser).await
    }

    /// How the page of the order, on which the browser arrives, shows it once the bank has told the shop all it has to tell.
    pub(crate) async fn order(&self, browser: &Browser) -> WebDriverResult<Shown> {
        browser.wait_for("main[data-order-state]").await?;
        self.simulator().idle().await;
        browser.reload().await?;
        shown(browser).await
    }

    /// Logs the shopkeeper in, to the list of orders.
    pub(crate) async fn log_keeper_in(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.open(&self.url("/keeper")).await?;
        browser.fill("input[type=password]", KEEPER_PASSWORD).await?;
        browser.click("#keeper-login").await?;
        browser.open(&self.url("/keeper/orders")).await?;
        browser.wait_for("tr[data-order]").await?;
        Ok(())
    }
}

/// Waits for the bank's first page.
pub(crate) async fn at_bank(browser: &Browser) -> WebDriverResult<()> {
    browser.wait_for("button[name=bank]").await?;
    Ok(())
}

/// How the page of an order shows it now.
pub(crate) async fn shown(browser: &Browser) -> WebDriverResult<Shown> {
    let read = async |main: WebElement| {
        let state = main.attr("data-order-state").await?.unwrap_or_default();
        let flags = main.attr("data-flags").await?.unwrap_or_default();
        Ok(Shown { state, flags })
    };
    browser.with("main[data-order-state]", read).await
}
