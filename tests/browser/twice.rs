//! What customers do twice, in an order that nobody planned.

use super::browser::{Browser, Script};
use super::shop::OpenShop;
use super::{bank, shop};
use gateway_simulator::paygate::{Choice, State};
use thirtyfour::prelude::*;

/// What the shopkeeper's list says of the one order.
async fn keeper_reads(shop: &OpenShop, browser: &Browser) -> WebDriverResult<String> {
    shop.log_keeper_in(browser).await?;
    browser.text("tr[data-order]").await
}

#[tokio::test]
async fn going_back_from_the_bank_and_on_again_pays_once() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        browser.back().await?;
        assert!(browser.url().await?.starts_with(&shop.url("/")), "{}", browser.url().await?);
        shop.check_out_again(browser).await?;
        bank::visit(browser, Choice::Approve).await?;
        let order = shop.order(browser).await?;
        assert_eq!(order.state, "paid");
        assert!(!order.has("overpaid"));
        assert_eq!(shop.payments().iter().filter(|state| **state == State::Paid).count(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn going_back_after_paying_and_deciding_once_more_pays_once() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?, shop::plain("paid"));
        let order = browser.url().await?;
        browser.back().await?;
        // The bank's page, as the browser has kept it.
        bank::decide(browser, Choice::Approve).await?;
        browser.wait_for(".customer main:not(:has(form))").await?;
        let refused = browser.complaints().await?;
        assert!(matches!(refused.as_slice(), [one] if one.contains("status of 409")), "{refused:#?}");
        browser.open(&order).await?;
        assert_eq!(shop.order(browser).await?, shop::plain("paid"));
        assert_eq!(shop.payments(), [State::Paid]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_double_click_on_pay_is_one_attempt() {
    shop::visit(Script::On, async |shop, browser| {
        shop.put_in_cart(browser, "earl-grey").await?;
        shop.fill_checkout(browser).await?;
        browser.double_click("#pay").await?;
        shop::at_bank(browser).await?;
        bank::visit(browser, Choice::Approve).await?;
        let order = shop.order(browser).await?;
        assert_eq!((order.state.as_str(), order.flags.as_str()), ("paid", ""));
        // However often Paygate was asked, it was asked for one and the same.
        let mut asked: Vec<_> =
            shop.simulator().transactions().iter().map(|payment| payment.trans_id).collect();
        asked.dedup();
        assert_eq!(asked.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn two_tabs_that_pay_twice_are_overpaid_and_the_keeper_sees_it() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::log_in(browser).await?;
        let first = browser.tab().await?;
        let second = browser.open_tab(&shop.url("/checkout")).await?;
        shop.check_out_again(browser).await?;
        bank::log_in(browser).await?;
        for tab in [first, second] {
            browser.look_at(&tab).await?;
            bank::decide(browser, Choice::Approve).await?;
            browser.wait_for("main[data-order-state]").await?;
        }
        let order = shop.order(browser).await?;
        assert_eq!(order.state, "paid");
        assert!(order.has("overpaid"), "{order:?}");
        assert_eq!(shop.payments(), [State::Paid, State::Paid]);
        let page = keeper_reads(shop, browser).await?;
        assert!(page.contains("paid more than once"), "{page}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_old_tab_does_not_pay_for_a_basket_that_has_grown() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::log_in(browser).await?;
        let old = browser.tab().await?;
        browser.open_tab(&shop.url("/")).await?;
        shop.put_in_cart(browser, "teapot").await?;
        shop.check_out_again(browser).await?;
        browser.look_at(&old).await?;
        bank::decide(browser, Choice::Approve).await?;
        let order = shop.order(browser).await?;
        assert_ne!(order.state, "paid");
        assert!(order.has("other_basket"), "{order:?}");
        assert_eq!(shop.payments(), [State::Paid, State::AtBank]);
        let page = keeper_reads(shop, browser).await?;
        assert!(page.contains("payment is for another basket"), "{page}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_left_the_bank_says_so_and_pays() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        browser.open(&shop.url("/checking")).await?;
        browser.click("main a[href^='/order/']").await?;
        assert_eq!(shop::shown(browser).await?, shop::plain("redirected"));
        browser.click("#again").await?;
        browser.click("#pay-again").await?;
        shop::at_bank(browser).await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?, shop::plain("paid"));
        assert_eq!(shop.payments(), [State::AtBank, State::Paid]);
        Ok(())
    })
    .await;
}
