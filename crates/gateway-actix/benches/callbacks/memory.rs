//! What stays in memory: for a connection that waits for its next callback, and for a merchant.

use crate::client::{Connection, exchange, request};
use crate::server::Server;
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, Merchants};
use serde::Serialize;
use std::fs;

const CONNECTIONS: usize = 2_000;
const MERCHANTS: usize = 5_000;

/// Resident memory of this process, in bytes for each. The client is in it, which holds no more than a number; what the
/// kernel holds for a socket is not.
#[derive(Serialize)]
pub(crate) struct Memory {
    pub(crate) connections: usize,
    pub(crate) of_connection: Option<f64>,
    pub(crate) merchants: usize,
    pub(crate) of_merchant: Option<f64>,
}

/// Must be the first to be measured: memory that something else gave back would be used again, and not be seen.
pub(crate) fn measure(server: &Server, body: &str, is_test: bool) -> Memory {
    let (connections, merchants) = if is_test { (20, 20) } else { (files().min(CONNECTIONS), MERCHANTS) };
    let request = request("/notify", body);
    let idle = |count| {
        let open = |_| {
            let mut connection = Connection::open(server.address);
            exchange(std::slice::from_mut(&mut connection), &request, 1);
            connection
        };
        (0..count).map(open).collect::<Vec<_>>()
    };
    let _first = idle(20); // what the server makes once
    let of_connection = growth(|| idle(connections)).map(|bytes| bytes / float(connections));
    let of_merchant = growth(|| strangers(merchants)).map(|bytes| bytes / float(merchants));
    Memory { connections, of_connection, merchants, of_merchant }
}

/// Merchants with keys of their own each.
fn strangers(count: usize) -> Merchants {
    let merchant = |number| {
        let keys = KeyPair::new(
            EncryptionKey::blowfish_from_text(&format!("password {number:07}")).expect("16 characters"),
            MacKey::from_text(&format!("of merchant {number:020}")).expect("32 characters"),
        );
        Merchant::new(format!("merchant_{number}").parse().expect("an id"), KeyRing::new(keys))
    };
    (1..count).map(merchant).fold(Merchants::new(merchant(0)), Merchants::with)
}

/// By how many bytes the process is larger while it holds what is made.
fn growth<T>(make: impl FnOnce() -> T) -> Option<f64> {
    let before = resident();
    let held = make();
    let after = resident();
    drop(held);
    Some(after? - before?)
}

fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0)
}

/// How many connections may be open, with a file for each end, and some left for others.
fn files() -> usize {
    let limit = || {
        let limits = fs::read_to_string("/proc/self/limits").ok()?;
        let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
        line.split_whitespace().next()?.parse::<usize>().ok()
    };
    limit().unwrap_or(256).saturating_sub(128) / 2
}

#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn float(count: usize) -> f64 {
    count as f64
}
