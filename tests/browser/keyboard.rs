//! Buying without a mouse.

use super::browser::{Browser, Script};
use super::shop;
use thirtyfour::prelude::*;

const MATCHES: &str = "return document.activeElement.matches(arguments[0])";
const OUTLINED: &str = "
    const style = getComputedStyle(document.activeElement);
    return document.activeElement === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';";

/// Presses the tab key until an element has the focus, which must be seen wherever it stops.
async fn tab_to(browser: &Browser, css: &str) -> WebDriverResult<()> {
    browser.wait_for(css).await?;
    for _ in 0..60 {
        browser.press(Key::Tab).await?;
        assert_eq!(browser.run(OUTLINED).await?, true, "a focus that is not seen, before {css}");
        if browser.run(&MATCHES.replace("arguments[0]", &format!("{css:?}"))).await? == true {
            return Ok(());
        }
    }
    panic!("no way to {css} by the tab key")
}

async fn press_enter_on(browser: &Browser, css: &str) -> WebDriverResult<()> {
    tab_to(browser, css).await?;
    browser.press(Key::Enter).await
}

async fn type_into(browser: &Browser, css: &str, text: &str) -> WebDriverResult<()> {
    tab_to(browser, css).await?;
    browser.type_text(text).await
}

#[tokio::test]
async fn a_customer_buys_and_pays_by_keyboard_alone() {
    shop::visit(Script::On, async |shop, browser| {
        browser.open(&shop.url("/")).await?;
        press_enter_on(browser, "#add-rooibos").await?;
        press_enter_on(browser, "#checkout").await?;
        type_into(browser, "[name=first_name]", "Anna").await?;
        type_into(browser, "[name=last_name]", "Müller").await?;
        type_into(browser, "[name=email]", "anna@example.com").await?;
        press_enter_on(browser, "#pay").await?;
        press_enter_on(browser, "button[name=bank][value=fjord]").await?;
        type_into(browser, "#user", "anna").await?;
        browser.press(Key::Enter).await?;
        press_enter_on(browser, "button[name=choice][value=approve]").await?;
        assert_eq!(shop.order(browser).await?.state, "paid");
        Ok(())
    })
    .await;
}
