//! What verified callbacks cost a server, against the same handler that checks nothing, in the same run.
//!
//! `cargo bench -p gateway-actix --bench callbacks` prints the figures, each the median of its rounds. In a round both
//! routes take turns, so that a machine that slows down slows both. After `--`: `--json FILE` writes the figures,
//! `--svg DIR` draws them, `--date DATE` says when, and `--test` runs each part once with a few requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

mod alone;
mod client;
mod cpu;
mod figures;
mod growth;
mod machine;
mod median;
mod memory;
mod options;
mod plots;
mod server;

use crate::figures::Figures;
use crate::machine::Machine;
use crate::options::Options;
use crate::server::Server;
use gateway_actix::{Callbacks, CheckingPage};
use paygate::testing::{self, Callback};
use std::fs;

fn main() {
    let Options { is_test, json, svg, date } = Options::read();
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-4711-1", 1999);
    let body = Callback::paid(&expected)
        .with("AccOwner", "Anna Svensson")
        .with("AddrCity", "Stockholm")
        .with("UserData", "u".repeat(600))
        .form(&merchant)
        .expect("sealed");
    let callbacks = Callbacks::new(merchant, CheckingPage::new("/checking").expect("a page"));
    let server = Server::start(callbacks.clone(), expected);
    let figures = Figures {
        machine: Machine::of(date),
        body: body.len(),
        memory: memory::measure(&server, &body, is_test),
        alone: alone::measure(&callbacks, expected, &body, is_test),
        served: growth::measure(&server, &body, is_test),
    };
    print!("{figures}");
    if let Some(file) = json {
        let text = serde_json::to_string_pretty(&figures).expect("JSON");
        fs::write(file, text + "\n").expect("written");
    }
    if let Some(directory) = svg {
        plots::draw(&figures, &directory);
    }
}
