//! `peers.json`: callbacks that other programs sealed, and requests of ours that they read.

use crate::hex_bytes;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file; `tests/peers` has the programs that made it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peers {
    /// The passwords of all entries.
    pub keys: Keys,
    /// Sealed by others.
    pub callbacks: Vec<Callback>,
    /// Sealed by us.
    pub requests: Vec<Request>,
}

/// The passwords.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// For Blowfish.
    pub blowfish: String,
    /// For AES.
    pub aes: String,
    /// For MACs.
    pub mac: String,
}

/// A callback that another program sealed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// Program, variant, case.
    pub id: String,
    /// The case; several programs made each.
    pub case: String,
    /// The program and its version.
    pub made_by: String,
    /// `blowfish` or `aes`.
    pub cipher: String,
    /// `zero`, `space`, `pkcs` or `zero+pkcs`.
    pub padding: String,
    /// Case of the hex digits of Data and MAC: `upper` or `lower`.
    pub hex: String,
    /// `Len`.
    pub len: usize,
    /// `Data`.
    pub data: String,
    /// The text as bytes.
    #[serde(rename = "plaintext_hex", with = "hex_bytes")]
    pub plaintext: Vec<u8>,
    /// `ascii`, `latin1` or `utf8`.
    pub charset: String,
    /// What `Len` counts: `bytes`, `chars` or `utf16`.
    pub len_unit: String,
    /// `paid`, `authorized`, `open` or `failed`.
    pub outcome: String,
    /// The five signed fields by the vendor's names.
    pub signed: BTreeMap<String, String>,
    /// Every field is of its format.
    #[serde(default)]
    pub no_issues: bool,
}

/// A request that we sealed, and what others read in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Name of the request.
    pub id: String,
    /// `latin1` or `utf8`.
    pub text_encoding: String,
    /// What `Len` counts: `bytes` or `chars`.
    pub len_unit: String,
    /// What the shop gave.
    pub pairs: Vec<(String, String)>,
    /// `Len` as we sealed it.
    pub len: usize,
    /// `Data` as we sealed it.
    pub data: String,
    /// What each program read, in hex.
    pub read_by: BTreeMap<String, String>,
}

/// Reads the file.
///
/// # Panics
///
/// If it is not there or does not have this form.
#[must_use]
pub fn load() -> Peers {
    crate::json("peers.json")
}
