//! What was sealed, read as Paygate would read it.

use super::TestingError;
use crate::merchant::Merchant;
use crate::profile::TextEncoding;
use crate::request::redirect::Redirect;
use gateway_http::HttpRequest;
use paygate_crypto::LenUnit;
use paygate_params::Charset;

/// What stands inside the `Data` of a redirect: names and values as Paygate would read them.
///
/// ```
/// use paygate::testing;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let merchant = testing::merchant();
/// let sealed = merchant.seal(&testing::request("order-1", 1999))?;
/// let sent = testing::sent(&merchant, &sealed.redirect)?;
/// assert!(sent.contains(&("Amount".to_owned(), "1999".to_owned())));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the redirect is another merchant's.
pub fn sent(merchant: &Merchant, redirect: &Redirect) -> Result<Vec<(String, String)>, TestingError> {
    let [_, (_, len), (_, data)] = redirect.params();
    read(merchant, &len, &data)
}

/// What stands inside the `Data` of a request from server to server, in the same way.
///
/// ```
/// use paygate::follow_ups::inquire24::Inquire24Request;
/// use paygate::{Call, TransId, testing};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let merchant = testing::merchant();
/// let call = merchant.inquire24(&Inquire24Request::new(TransId::new("order-1")?))?;
/// let sent = testing::sent_in(&merchant, call.request())?;
/// assert_eq!(sent[0], ("TransID".to_owned(), "order-1".to_owned()));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the request is another merchant's.
pub fn sent_in(merchant: &Merchant, request: &HttpRequest) -> Result<Vec<(String, String)>, TestingError> {
    let body = String::from_utf8_lossy(request.body());
    let value = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap_or_default();
    read(merchant, value("Len="), value("Data="))
}

fn read(merchant: &Merchant, len: &str, data: &str) -> Result<Vec<(String, String)>, TestingError> {
    let opened = merchant.keys().current().encryption().decrypt(data.as_bytes())?;
    // As it was written, and not as it looks: two letters of ISO-8859-1 may be one of UTF-8.
    let (unit, charset) = match merchant.profile().text_encoding() {
        TextEncoding::Latin1 => (LenUnit::Bytes, Charset::Latin1),
        TextEncoding::Utf8LenInBytes => (LenUnit::Bytes, Charset::Utf8),
        TextEncoding::Utf8LenInChars => (LenUnit::Chars, Charset::Utf8),
    };
    let end = opened.cut(len.parse().unwrap_or(usize::MAX), unit)?;
    let text = charset.decode(opened.blocks().get(..end).unwrap_or_default()).into_owned();
    let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}
