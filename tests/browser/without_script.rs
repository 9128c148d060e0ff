//! Browsers that run no scripts.

use super::bank;
use super::browser::Script;
use super::shop;
use gateway_simulator::paygate::Choice;

#[tokio::test]
async fn without_scripts_the_button_on_the_way_to_the_bank_works() {
    shop::visit(Script::Off, async |shop, browser| {
        shop.put_in_cart(browser, "earl-grey").await?;
        shop.fill_checkout(browser).await?;
        browser.click("#pay").await?;
        browser.click("#paygate button").await?;
        bank::visit(browser, Choice::Approve).await?;
        assert_eq!(shop.order(browser).await?.state, "paid");
        Ok(())
    })
    .await;
}
