//! `Custom`: what Paygate echoes in the clear beside the answer, outside the encryption and the MAC.

pub(crate) mod pairs;

use super::{parse_traits, redacted_debug, text_on_the_wire};
use crate::format::{FormatError, Latin1, Text, is_blank};
use alloc::string::String;

/// `Custom`: pairs such as `a=1|b=2`, which come back as `&a=1&b=2` beside the answer. 1 to 1024 characters.
///
/// Whoever holds the redirect's URL can change what comes back, so nothing may depend on it. A key that
/// folds to a name of the protocol is refused, since its echo would stand beside the real parameter. (Vendor's
/// page "Custom"; [`Custom::from_pairs`] writes the text, [`Custom::pairs`] reads it.)
///
/// ```
/// use paygate_params::{Custom, FormatError};
/// assert!(Custom::new("session=42|lang=de").is_ok());
/// assert_eq!(Custom::new("a=1|sTATUS=OK"), Err(FormatError::ShadowsProtocol { position: 2 }));
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Custom(Latin1<Text, 1, 1024>);

/// Every name that an answer or a follow-up of Paygate has a meaning for.
const PROTOCOL: &str = "mid MerchantID PayID XID TransID RefNr ReqId Status Description Code CodeExt Type MAC Len Data \
    Response UserData Plain Custom Amount AmountAuth AmountCap AmountCred Currency LastStatus AccountId Match \
    AccClearingHouse AccOwner AccBank AccDescriptor IBAN UserId CustomerId AddrStreet AddrZip AddrCity";

impl Custom {
    /// Takes a text that keeps the format and shadows no parameter.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = Latin1::<Text, 1, 1024>::new(text)?;
        for (index, segment) in text.as_str().split('|').enumerate() {
            // Without a `=` the whole segment stands where a key does.
            if shadows_protocol(segment.split('=').next().unwrap_or_default()) {
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

/// Whether the echo of a key could be read as a parameter of the protocol.
fn shadows_protocol(key: &str) -> bool {
    let key = key.trim_matches(is_blank);
    // The echo is a form: `%` begins an escape, behind which any name may stand, and `+` is a blank. PHP reads `Status[]`
    // as `Status`.
    key.contains(['%', '+', '['])
        || PROTOCOL.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(key))
}

text_on_the_wire!(Custom, "ans..1024");
redacted_debug!(Custom);
parse_traits!(Custom);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Message;
    use crate::methods::trustly::PaymentResult;
    use alloc::format;

    #[test]
    fn no_name_of_an_answer_can_be_a_key() {
        for name in PaymentResult::ROWS.iter().map(|row| row.name).chain(["Len", "Data", "MerchantID"]) {
            for key in [name.to_ascii_lowercase(), format!(" {name} ")] {
                let shadows = Err(FormatError::ShadowsProtocol { position: 2 });
                assert_eq!(Custom::new(format!("a=1|{key}=2")), shadows, "{key}");
                assert_eq!(Custom::new(format!("a=1|{key}")), shadows, "{key}");
            }
        }
    }

    #[test]
    fn an_escaped_key_is_refused_and_an_escaped_value_is_not() {
        for key in ["L%65n", "+Status", "Status+", "Status[]"] {
            let custom = Custom::new(format!("{key}=1"));
            assert_eq!(custom, Err(FormatError::ShadowsProtocol { position: 1 }), "{key}");
        }
        assert!(Custom::new("a=100%|b=%20").is_ok());
    }
}
