//! What customers and shopkeepers do, in a headless Chromium, with the example shop and the simulator in this process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod bank;
mod browser;
mod callbacks;
mod driver;
mod keyboard;
mod page;
mod payments;
mod shop;
mod shop_pages;
mod simulator_pages;
mod twice;
mod without_script;
