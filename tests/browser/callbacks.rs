//! The customer's return and Paygate's notify, in either order.

use super::bank;
use super::browser::Script;
use super::shop;
use gateway_simulator::paygate::{Choice, Fault};

#[tokio::test]
async fn a_customer_who_returns_after_the_notify_finds_the_order_paid() {
    shop::visit(Script::On, async |shop, browser| {
        shop.fault(Fault::NotifyFirst);
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop::shown(browser).await?.state, "paid");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_returns_before_the_notify_brings_the_result_along() {
    shop::visit(Script::On, async |shop, browser| {
        shop.fault(Fault::RedirectOnly);
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?, shop::plain("paid"));
        // Not before: until then it may be the bank's page.
        let order = browser.url().await?;
        shop.log_keeper_in(browser).await?;
        browser.open(&shop.url("/keeper/orders/1")).await?;
        assert!(browser.text("[data-callback=OK]").await?.contains("a browser only"));
        // The notify comes late, and changes nothing.
        shop.simulator().resend(&shop.newest_payment().pay_id).expect("it has a result");
        shop.simulator().idle().await;
        browser.reload().await?;
        assert!(browser.text("[data-callback=OK][data-count='2']").await?.contains("Paygate's server"));
        browser.open(&order).await?;
        assert_eq!(shop::shown(browser).await?, shop::plain("paid"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_copied_failure_leads_to_a_page_that_says_nothing() {
    shop::visit(Script::On, async |shop, browser| {
        shop.fault(Fault::CopiedFailure);
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Decline).await?;
        // The page knows the orders of this browser.
        browser.wait_for("main a[href^='/order/']").await?;
        assert_eq!(browser.path().await?, "/checking");
        assert!(!browser.has("main[data-order-state=paid]").await?);
        Ok(())
    })
    .await;
}
