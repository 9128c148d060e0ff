//! `paygate encrypt`: text on standard input becomes Len and Data.

use crate::failure::{Failure, Refusal};
use crate::input;
use crate::output::{Exit, Output};
use paygate::Settings;
use serde_json::json;

/// The longest text. No callback is longer than 64 KiB, so this leaves room for experiments.
pub(crate) const MAX_TEXT: usize = 1024 * 1024;

/// Encrypts standard input with the current key.
pub(crate) fn run(settings: &Settings, output: Output) -> Result<Exit, Failure> {
    let key = settings.encryption_key()?;
    let text = input::stdin(MAX_TEXT)?.ok_or(Refusal::TooLarge { step: "encrypt", limit: MAX_TEXT })?;
    let encrypted = key.encrypt(&text).map_err(Refusal::from)?;
    output.result(
        || format!("Len={}&Data={}\n", encrypted.len(), encrypted.data()),
        || json!({ "len": encrypted.len(), "data": encrypted.data() }),
    )?;
    Ok(Exit::Done)
}
