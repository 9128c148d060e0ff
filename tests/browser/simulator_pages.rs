//! The simulator's own pages, which a developer sees while the shop is being built.

use super::browser::{Script, browse};
use super::{bank, page};
use gateway_simulator::paygate::{Choice, Simulator};
use paygate::testing;

#[tokio::test]
async fn every_page_of_the_bank_is_sound() {
    let simulator = Simulator::start(testing::merchant()).unwrap();
    let sealed = simulator.merchant().seal(&testing::request("order-1", 1999)).unwrap();
    browse(Script::On, async |browser| {
        browser.open(sealed.redirect.url()).await?;
        page::is_sound(browser).await?;
        browser.click("button[name=bank]").await?;
        browser.wait_for("#user").await?;
        page::is_sound(browser).await?;
        browser.click("button.main").await?;
        browser.wait_for("button[value=approve]").await?;
        page::is_sound(browser).await?;
        bank::decide(browser, Choice::Close).await?;
        browser.wait_for("dl").await?;
        page::is_sound(browser).await
    })
    .await;
}

#[tokio::test]
async fn every_page_of_the_console_is_sound() {
    let simulator = Simulator::start(testing::merchant()).unwrap();
    let sealed = simulator.merchant().seal(&testing::request("order-1", 1999)).unwrap();
    browse(Script::On, async |browser| {
        browser.open(sealed.redirect.url()).await?;
        for path in ["/console", "/console/inspect"] {
            browser.open(&format!("{}{path}", simulator.url())).await?;
            page::is_sound(browser).await?;
        }
        browser.open(&format!("{}/console", simulator.url())).await?;
        browser.click("main a[href^='/console/payment/']").await?;
        browser.wait_for("dl").await?;
        page::is_sound(browser).await
    })
    .await;
}
