//! The simulated bank, as a customer walks through it.

use super::browser::Browser;
use gateway_simulator::paygate::Choice;
use thirtyfour::prelude::*;

/// A button of the bank's last page.
fn button(choice: Choice) -> String {
    format!("form:not(:has([name=leave])) > button[name=choice][value={}]", choice.name())
}

/// From the bank's first page to its last.
pub(crate) async fn log_in(browser: &Browser) -> WebDriverResult<()> {
    browser.click("button[name=bank][value=lantern]").await?;
    browser.fill("#user", "anna").await?;
    browser.click("button.main").await?;
    browser.wait_for(&button(Choice::Approve)).await?;
    Ok(())
}

/// Decides on the bank's last page.
pub(crate) async fn decide(browser: &Browser, choice: Choice) -> WebDriverResult<()> {
    browser.click(&button(choice)).await
}

/// Walks through all of it.
pub(crate) async fn visit(browser: &Browser, choice: Choice) -> WebDriverResult<()> {
    log_in(browser).await?;
    decide(browser, choice).await
}
