//! `paygate decrypt`: Data, cut at Len, becomes text again, byte for byte.

use crate::args::DecryptArgs;
use crate::encrypt::MAX_TEXT;
use crate::failure::{Failure, Refusal};
use crate::input::{self, Operand};
use crate::output::{Exit, Output};
use paygate::Settings;
use paygate::crypto::LenUnit;
use serde_json::json;

/// All that `encrypt` makes and some blanks: two digits a byte, a block of padding, an IV.
const MAX_DATA: usize = 2 * MAX_TEXT + 1024;

/// Decrypts Data with the current key.
pub(crate) fn run(args: &DecryptArgs, settings: &Settings, output: Output) -> Result<Exit, Failure> {
    let key = settings.encryption_key()?;
    let stdin;
    let data = match &args.data {
        Operand::Given(data) => data,
        Operand::Stdin => {
            stdin = input::stdin(MAX_DATA)?.ok_or(Refusal::TooLarge { step: "decrypt", limit: MAX_DATA })?;
            stdin.trim_ascii_end()
        }
    };
    let decrypted = key.decrypt(data).map_err(Refusal::from)?;
    let end = decrypted.cut(args.len, LenUnit::Bytes).map_err(Refusal::from)?;
    let text = decrypted.blocks().get(..end).unwrap_or_default();
    output.result(
        || text,
        || json!({ "plaintext": str::from_utf8(text).ok(), "plaintext_hex": hex::encode_upper(text) }),
    )?;
    Ok(Exit::Done)
}
