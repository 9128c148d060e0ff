//! How a payment ends, and what the customer is shown then.

use super::bank;
use super::browser::Script;
use super::shop::{self, plain};
use gateway_simulator::paygate::{Choice, Settlement, State};

#[tokio::test]
async fn a_payment_that_goes_through_is_shown_as_paid() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?, plain("paid"));
        assert!(!browser.has("#pay-again").await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_declined_payment_has_failed_and_another_may_be_made() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Decline).await?;
        assert_eq!(shop.order(browser).await?, plain("failed"));
        let order = browser.url().await?;
        browser.click("#pay-again").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?, plain("paid"));
        assert_eq!(browser.url().await?, order);
        assert_eq!(shop.payments(), [State::Failed, State::Paid]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_payment_has_failed_and_the_cart_is_kept() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "sencha").await?;
        // The bank's first page leads back too.
        browser.click("button[value=cancel]").await?;
        assert_eq!(shop.order(browser).await?, plain("failed"));
        assert!(browser.has("#pay-again").await?);
        browser.open(&shop.url("/cart")).await?;
        assert!(browser.text("main").await?.contains("Sencha"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_open_payment_is_not_paid_until_the_bank_says_so() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Processing).await?;
        assert_eq!(shop.order(browser).await?, plain("open"));
        // Nobody is asked to pay twice.
        assert!(!browser.has("#pay-again").await?);
        shop.settle(Settlement::Paid).await;
        // The page looks again by itself.
        browser.wait_for("main[data-order-state=paid]").await?;
        assert_eq!(shop::shown(browser).await?, plain("paid"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_comes_after_it_had_failed_is_paid_and_flagged() {
    shop::visit(Script::On, async |shop, browser| {
        shop.buy(browser, "earl-grey").await?;
        bank::visit(browser, Choice::Decline).await?;
        assert_eq!(shop.order(browser).await?, plain("failed"));
        shop.settle(Settlement::Paid).await;
        let after = shop.order(browser).await?;
        assert_eq!(after.state, "paid");
        assert!(after.has("paid_after_failed"), "{after:?}");
        Ok(())
    })
    .await;
}
