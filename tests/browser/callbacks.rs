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
async fn a_customer_who_returns_before_the_notify_waits_for_it() {
    shop::visit(Script::On, async |shop, browser| {
        shop.fault(Fault::RedirectOnly);
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Approve).await?;
        // A browser's word for it, though genuine, pays nothing.
        assert_eq!(shop.order(browser).await?.state, "redirected");
        shop.simulator().resend(&shop.newest_payment().pay_id).expect("it has a result");
        // The page looks again by itself.
        browser.find("main[data-order-state=paid]").await?;
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
        browser.find("main h1").await?;
        assert_eq!(browser.path().await?, "/checking");
        assert!(!browser.has("main[data-order-state=paid]").await?);
        Ok(())
    })
    .await;
}
