//! `Custom`: what Paygate echoes in the clear beside the answer, outside the encryption and the MAC.

use super::{parse_traits, redacted_debug, text_on_the_wire};
use crate::format::{FormatError, Latin1, Text, is_blank};
use alloc::string::String;

/// `Custom`: pairs such as `a=1|b=2`, which come back as `&a=1&b=2` beside the answer. 1 to 1024 characters.
///
/// Whoever holds the redirect's URL can change what comes back, so nothing may depend on it. A key that
/// folds to a name of the protocol is refused, since its echo would stand beside the real parameter.
///
/// ```
/// use paygate_params::{Custom, FormatError};
/// assert!(Custom::new("session=42|lang=de").is_ok());
/// assert_eq!(Custom::new("a=1|sTATUS=OK"), Err(FormatError::ShadowsProtocol { position: 2 }));
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Custom(Latin1<Text, 1, 1024>);

/// Every name that an answer of Paygate has a meaning for.
const PROTOCOL: [&str; 17] = [
    "mid",
    "MerchantID",
    "PayID",
    "XID",
    "TransID",
    "Status",
    "Description",
    "Code",
    "MAC",
    "UserData",
    "Plain",
    "Custom",
    "Len",
    "Data",
    "RefNr",
    "Type",
    "CodeExt",
];

impl Custom {
    /// Takes a text that keeps the format and shadows no parameter.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = Latin1::<Text, 1, 1024>::new(text)?;
        for (index, segment) in text.as_str().split('|').enumerate() {
            let name = segment.split('=').next().unwrap_or_default().trim_matches(is_blank);
            if PROTOCOL.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return Err(FormatError::ShadowsProtocol { position: index.saturating_add(1) });
            }
        }
        Ok(Self(text))
    }

    /// The text as it is sent, with `|` between the pairs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

text_on_the_wire!(Custom, "ans..1024");
redacted_debug!(Custom);
parse_traits!(Custom);
