//! Takes the pictures in `docs/screenshots`, on a desktop and on a phone:
//!
//! ```sh
//! cargo run -p paygate-tests --all-features --example screenshots
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "without its pictures it may stop"
)]
#![allow(dead_code, reason = "the tests need more of what is shared with them")]

mod bank;
mod browser;
mod driver;
mod page;
mod shop;

use browser::{Browser, Script};
use gateway_simulator::paygate::Choice;
use shop::OpenShop;
use std::fs;
use std::path::Path;
use thirtyfour::prelude::*;

const DESKTOP: (u32, u32) = (1200, 900);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    shop::visit(Script::On, async |shop, browser| {
        shop.put_in_cart(browser, "earl-grey").await?;
        browser.open(&shop.url("/")).await?;
        take(browser, "catalogue").await?;
        shop.fill_checkout(browser).await?;
        browser.fill("[name=email]", "anna@localhost").await?;
        browser.click("#pay").await?;
        browser.wait_for("[aria-invalid=true]").await?;
        take(browser, "checkout-with-an-error").await?;
        shop.check_out(browser).await?;
        take(browser, "bank").await?;
        bank::log_in(browser).await?;
        take(browser, "bank-confirm").await?;
        bank::decide(browser, Choice::Approve).await?;
        shop.order(browser).await?;
        take(browser, "order-paid").await?;
        shop.buy(browser, "sencha").await?;
        bank::visit(browser, Choice::Processing).await?;
        shop.order(browser).await?;
        take(browser, "order-open").await?;
        pay_twice(shop, browser).await?;
        take(browser, "order-overpaid").await?;
        shop.log_keeper_in(browser).await?;
        take(browser, "keeper-orders").await?;
        browser.open(&shop.url("/keeper/people")).await?;
        take(browser, "keeper-people").await?;
        browser.open(&shop.url("/keeper/orders/3")).await?;
        take(browser, "keeper-order").await
    })
    .await;
}

/// In two tabs; the browser ends on the page of the order.
async fn pay_twice(shop: &OpenShop, browser: &Browser) -> WebDriverResult<()> {
    shop.buy(browser, "teapot").await?;
    bank::log_in(browser).await?;
    let first = browser.tab().await?;
    browser.open_tab(&shop.url("/checkout")).await?;
    shop.check_out_again(browser).await?;
    bank::visit(browser, Choice::Approve).await?;
    shop.order(browser).await?;
    browser.look_at(&first).await?;
    bank::decide(browser, Choice::Approve).await?;
    shop.order(browser).await?;
    Ok(())
}

/// A picture of what a screen shows of the page at first.
async fn take(browser: &Browser, name: &str) -> WebDriverResult<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/screenshots");
    fs::create_dir_all(&folder).unwrap();
    for (width, height) in [page::PHONE, DESKTOP] {
        browser.resize(width, height).await?;
        let picture = browser.0.screenshot_as_png().await?;
        println!("{name}-{width}.png: {} bytes", picture.len());
        fs::write(folder.join(format!("{name}-{width}.png")), picture).unwrap();
    }
    Ok(())
}
