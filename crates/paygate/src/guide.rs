//! Guides for developers of shops: each answers one question, in the order in which the questions come up.
//!
//! | guide | the question | for whom |
//! |---|---|---|
//! | [`quickstart`] | How do I get from keys to a paid order, and back to a refund? | whoever begins |
//! | [`callbacks`] | What may come to my three URLs, and what do I answer? | whoever writes the routes |
//! | [`charset`] | What becomes of `ł`, `&` and emoji? | whoever has customers with names |
//! | [`replay_and_basket`] | What can somebody do with a genuine callback? | whoever designs the order tables, and reviewers |
//! | [`testing`] | How do I test all that without Paygate? | whoever keeps the shop |
//! | [`migration`] | How do I get here from a PHP plugin or sample? | whoever has payments on the way |
//! | [`codes`] | What does `21550053` mean, and who should see it? | whoever reads logs or answers customers |
//! | [`events`] | What do I log and count? | whoever runs the shop |
//!
//! All code in them is compiled and run by `cargo test --doc`. It takes merchants and callbacks from the crate's
//! module `testing` (feature `testing`), so it needs no account.
//!
//! The guides say what to do and why; what a function takes and returns stands at the function. Facts about Paygate
//! name the vendor's page that they come from. A *white label's page* is that of a bank that offers Paygate under its
//! own name, here BNP Paribas Axepta: it is cited where it says more than Computop's own.

#[doc = include_str!("../guide/quickstart.md")]
pub mod quickstart {}

#[doc = include_str!("../guide/callbacks.md")]
pub mod callbacks {}

#[doc = include_str!("../guide/charset.md")]
pub mod charset {}

#[doc = include_str!("../guide/replay_and_basket.md")]
pub mod replay_and_basket {}

#[doc = include_str!("../guide/testing.md")]
pub mod testing {}

#[doc = include_str!("../guide/migration.md")]
pub mod migration {}

#[doc = include_str!("../guide/codes.md")]
pub mod codes {}

#[doc = include_str!("../guide/events.md")]
pub mod events {}
