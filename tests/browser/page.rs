//! What must hold for every page, whatever it shows.

use super::browser::Browser;
use thirtyfour::prelude::*;

pub(crate) const PHONE: (u32, u32) = (390, 844);

/// Elements that stand out of the page, but for those that scroll within one that does not, or that are hidden on the left.
const STANDING_OUT: &str = "
    const width = document.documentElement.clientWidth;
    const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const within = element => element && (scrolls(element) || within(element.parentElement));
    return [...document.body.querySelectorAll('*')].filter(element => {
        const { left, right, width: own } = element.getBoundingClientRect();
        return own > 0 && right > 0 && (left < -0.5 || right > width + 0.5) && !within(element.parentElement);
    }).map(element => element.outerHTML.slice(0, 120));";

const HEADINGS: &str = "return document.querySelectorAll('h1').length;";
const LANGUAGE: &str = "return document.documentElement.lang;";
const UNNAMED: &str = "
    return [...document.querySelectorAll('input:not([type=hidden], [hidden]), select, textarea')]
        .filter(field => !field.labels.length && !field.getAttribute('aria-label'))
        .map(field => field.outerHTML);";

/// Looks at a page on a phone.
pub(crate) async fn fits_a_phone(browser: &Browser) -> WebDriverResult<()> {
    let (width, height) = PHONE;
    browser.resize(width, height).await?;
    let standing_out = browser.run(STANDING_OUT).await?;
    let path = browser.path().await?;
    assert_eq!(standing_out, serde_json::json!([]), "{path} at {width} pixels");
    Ok(())
}

/// One heading of the first order, a language, and a name for every field: what a screen reader goes by.
pub(crate) async fn can_be_read_out(browser: &Browser) -> WebDriverResult<()> {
    let path = browser.path().await?;
    assert_eq!(browser.run(HEADINGS).await?, 1, "{path}");
    assert_eq!(browser.run(LANGUAGE).await?, "en", "{path}");
    assert_eq!(browser.run(UNNAMED).await?, serde_json::json!([]), "{path}");
    Ok(())
}

/// All of it, and nothing on the console.
pub(crate) async fn is_sound(browser: &Browser) -> WebDriverResult<()> {
    fits_a_phone(browser).await?;
    can_be_read_out(browser).await?;
    let complaints = browser.complaints().await?;
    assert!(complaints.is_empty(), "{}: {complaints:#?}", browser.path().await?);
    Ok(())
}
