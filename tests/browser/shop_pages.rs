//! Every page of the shop: it fits a phone, can be read out, and makes no noise on the console.

use super::browser::Script;
use super::{bank, page, shop};
use gateway_simulator::paygate::Choice;

#[tokio::test]
async fn every_page_that_a_customer_sees_is_sound() {
    shop::visit(Script::On, async |shop, browser| {
        for path in ["/", "/cart", "/checking"] {
            browser.open(&shop.url(path)).await?;
            page::is_sound(browser).await?;
        }
        shop.put_in_cart(browser, "teapot").await?;
        page::is_sound(browser).await?;
        shop.fill_checkout(browser).await?;
        page::is_sound(browser).await?;
        browser.fill("[name=email]", "anna@localhost").await?;
        browser.click("#pay").await?;
        browser.wait_for("[name=email][aria-invalid=true]").await?;
        // Who hears the page hears at once what is wrong.
        assert_eq!(browser.run("return document.activeElement.getAttribute('role')").await?, "alert");
        page::is_sound(browser).await?;
        browser.fill("[name=email]", "anna@example.com").await?;
        browser.click("#pay").await?;
        bank::visit(browser, Choice::Decline).await?;
        shop.order(browser).await?;
        page::is_sound(browser).await?;
        browser.click("#pay-again").await?;
        bank::visit(browser, Choice::Approve).await?;
        shop.order(browser).await?;
        page::is_sound(browser).await
    })
    .await;
}

#[tokio::test]
async fn every_page_that_the_keeper_sees_is_sound() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "sencha").await?;
        bank::visit(browser, Choice::Approve).await?;
        shop.order(browser).await?;
        browser.open(&shop.url("/keeper")).await?;
        page::is_sound(browser).await?;
        shop.log_keeper_in(browser).await?;
        for path in
            ["/keeper/orders", "/keeper/people", "/keeper/customers", "/keeper/audit", "/keeper/orders/1"]
        {
            browser.open(&shop.url(path)).await?;
            page::is_sound(browser).await?;
        }
        Ok(())
    })
    .await;
}
