//! What comes back in the clear beside Data: the pairs of `Custom`, and `Plain` (vendor's pages of these names).

use crate::paygate::ledger::transaction::Echo;

/// `Custom=a=1|b=2` comes back as `a=1&b=2`, and `V1|V2` as `V1&V2`; `Plain` under its name.
pub(crate) fn echoes(echo: &Echo) -> Vec<(String, Option<String>)> {
    let custom = echo.custom.as_ref().map(paygate::Custom::as_str).unwrap_or_default();
    let pairs = custom.split('|').filter(|segment| !segment.is_empty()).map(|segment| {
        match segment.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (segment.to_owned(), None),
        }
    });
    let plain = echo.plain.as_ref().map(|plain| ("Plain".to_owned(), Some(plain.as_str().to_owned())));
    pairs.chain(plain).collect()
}
