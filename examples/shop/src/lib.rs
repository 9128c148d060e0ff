//! An example shop: a catalogue, a cart, a checkout, orders, and pages for the shopkeeper, paid by Trustly through Paygate.
//!
//! It is written to be copied from. What it does about money:
//!
//! - [`state`]: the state machine, all of it; a state never falls, and what is odd becomes a flag;
//! - [`payment`]: an attempt is stored, then sealed, and only then the customer leaves;
//! - [`callbacks`]: only what is genuine counts, whether Paygate's server tells it or a browser brings it, and it is stored before
//!   it is acknowledged;
//! - [`bookkeeper`]: what was stored is handled once;
//! - `reconciler`: where Paygate tells nothing, it is asked, and the amounts decide;
//! - [`refund`]: money goes back once, whoever clicks and whatever breaks in between;
//! - `retention`: what nobody needs any more is forgotten;
//! - [`store`]: all writes of one callback are one change, and the same callback again is one row.
//!
//! ```no_run
//! // A demo: a simulator in the same process, throw-away keys, a database in a folder.
//! let shop = shop::Shop::start(shop::Config::demo("shop-data"))?;
//! println!("{}", shop.url());
//! # Ok::<(), shop::StartError>(())
//! ```

pub mod app;
pub mod bookkeeper;
pub mod callbacks;
pub mod cart;
pub mod catalogue;
pub mod checkout;
mod clerks;
pub mod keeper;
pub mod order;
pub mod pages;
pub mod payment;
mod reconciler;
pub mod refund;
mod retention;
pub mod security;
pub mod settings;
pub mod state;
pub mod store;
mod teller;

pub use app::{Shop, StartError};
pub use settings::{BadPublicUrl, Config, SettingsError};
