//! One headless Chromium, with a profile of its own, for one test.

use super::driver;
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;
use std::time::Duration;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, WindowHandle};

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    On,
    Off,
}

pub(crate) struct Browser(pub(crate) WebDriver);

/// Opens a browser, lets a customer use it, and closes it whatever happened.
///
/// # Panics
///
/// If the visit fails, or the console of the browser has anything to complain about at its end.
pub(crate) async fn browse<T>(script: Script, visit: impl AsyncFnOnce(&Browser) -> WebDriverResult<T>) -> T {
    let wait = ElementPollerWithTimeout::new(Duration::from_secs(20), Duration::from_millis(50));
    let driver = WebDriver::builder(driver::url(), capabilities(script).expect("they are JSON"))
        .poller(Arc::new(wait))
        .await
        .expect("Chromium starts");
    let visited = driver.run_and_quit(async |driver| {
        let browser = Browser(driver);
        let seen = match visit(&browser).await {
            Ok(seen) => seen,
            Err(error) => panic!("{error}\nwhile it shows {}", browser.shown().await?),
        };
        let complaints = browser.complaints().await?;
        assert!(complaints.is_empty(), "the console says: {complaints:#?}");
        WebDriverResult::Ok(seen)
    });
    visited.await.unwrap()
}

fn capabilities(script: Script) -> WebDriverResult<ChromeCapabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    // Containers have little shared memory.
    for arg in ["--headless=new", "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1200,900"] {
        chrome.add_arg(arg)?;
    }
    if is_root() {
        chrome.add_arg("--no-sandbox")?;
    }
    if script == Script::Off {
        let blocked = serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        chrome.add_experimental_option("prefs", blocked)?;
    }
    chrome.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(chrome)
}

/// Chromium has no sandbox for root.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

impl Browser {
    /// Where it is and what it shows, for whoever looks for a mistake.
    async fn shown(&self) -> WebDriverResult<String> {
        let source = self.0.source().await?;
        Ok(format!("{}:\n{source}", self.url().await?))
    }

    pub(crate) async fn open(&self, url: &str) -> WebDriverResult<()> {
        self.0.goto(url).await
    }

    pub(crate) async fn path(&self) -> WebDriverResult<String> {
        Ok(self.0.current_url().await?.path().to_owned())
    }

    pub(crate) async fn url(&self) -> WebDriverResult<String> {
        Ok(self.0.current_url().await?.to_string())
    }

    pub(crate) async fn reload(&self) -> WebDriverResult<()> {
        self.0.refresh().await
    }

    pub(crate) async fn back(&self) -> WebDriverResult<()> {
        self.0.back().await
    }

    /// Waits for what a CSS selector selects first, and acts on it: once more where the page is replaced meanwhile.
    pub(crate) async fn with<T>(
        &self,
        css: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<T>,
    ) -> WebDriverResult<T> {
        loop {
            let acted = async { act(self.0.query(By::Css(css)).and_displayed().first().await?).await };
            match acted.await {
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                done => return done,
            }
        }
    }

    /// Waits for what a CSS selector selects.
    pub(crate) async fn wait_for(&self, css: &str) -> WebDriverResult<()> {
        self.with(css, async |_| Ok(())).await
    }

    /// Whether there is such an element now.
    pub(crate) async fn has(&self, css: &str) -> WebDriverResult<bool> {
        self.0.query(By::Css(css)).nowait().exists().await
    }

    pub(crate) async fn click(&self, css: &str) -> WebDriverResult<()> {
        self.with(css, async |element| element.click().await).await
    }

    pub(crate) async fn double_click(&self, css: &str) -> WebDriverResult<()> {
        let twice = async |element| self.0.action_chain().double_click_element(&element).perform().await;
        self.with(css, twice).await
    }

    pub(crate) async fn fill(&self, css: &str, text: &str) -> WebDriverResult<()> {
        let fill = async |field: WebElement| {
            field.clear().await?;
            field.send_keys(text).await
        };
        self.with(css, fill).await
    }

    pub(crate) async fn text(&self, css: &str) -> WebDriverResult<String> {
        self.with(css, async |element| element.text().await).await
    }

    pub(crate) async fn press(&self, key: Key) -> WebDriverResult<()> {
        self.0.action_chain().send_keys(key).perform().await
    }

    pub(crate) async fn type_text(&self, text: &str) -> WebDriverResult<()> {
        self.0.action_chain().send_keys(text).perform().await
    }

    /// The tab that is looked at.
    pub(crate) async fn tab(&self) -> WebDriverResult<WindowHandle> {
        self.0.window().await
    }

    /// Opens another tab, and looks at it.
    pub(crate) async fn open_tab(&self, url: &str) -> WebDriverResult<WindowHandle> {
        let tab = self.0.new_tab().await?;
        self.look_at(&tab).await?;
        self.open(url).await?;
        Ok(tab)
    }

    pub(crate) async fn look_at(&self, tab: &WindowHandle) -> WebDriverResult<()> {
        self.0.switch_to_window(tab.clone()).await
    }

    /// Makes the page this wide. A window cannot be as narrow as a phone; what it shows can.
    pub(crate) async fn resize(&self, width: u32, height: u32) -> WebDriverResult<()> {
        self.0.cdp().emulation().set_device_metrics_override(width, height, 1.0, false).await
    }

    /// Runs a script of the tests: the pages' policies do not bind it.
    pub(crate) async fn run(&self, script: &str) -> WebDriverResult<serde_json::Value> {
        Ok(self.0.execute(script, Vec::new()).await?.json().clone())
    }

    /// What the console has said since it was last asked: errors, and breaches of a Content-Security-Policy. That a form was
    /// refused, which it repeats too, is no mistake of the page.
    pub(crate) async fn complaints(&self) -> WebDriverResult<Vec<String>> {
        let said = self.0.browser_log().await?;
        let is_refusal = |message: &str| message.contains("responded with a status of 422 ");
        let complaints = said.into_iter().filter(|entry| !is_refusal(&entry.message));
        Ok(complaints.map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
    }
}
