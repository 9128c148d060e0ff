//! Decrypting a request: `Data` cut at `Len`, split at `&` and then at the first `=`.

use super::outer::{Outer, Unreadable};
use paygate::crypto::LenUnit;
use paygate::{Charset, Merchant, Request, TextEncoding, testing};

/// A decrypted request; nothing in it was checked.
#[derive(Clone)]
pub(crate) struct Opened<'a> {
    pub(crate) merchant: &'a Merchant,
    pub(crate) pairs: Vec<(String, String)>,
}

/// Decrypts a request with the keys of the merchant that it names.
pub(crate) fn open<'a, R: Request>(
    merchants: &'a [Merchant],
    outer: &Outer,
) -> Result<Opened<'a>, Unreadable> {
    let same = |merchant: &&Merchant| merchant.id().as_str().eq_ignore_ascii_case(&outer.merchant_id);
    let merchant = merchants.iter().find(same).ok_or(Unreadable::Merchant)?;
    let pairs = pairs(merchant, outer.len, &outer.data)?;
    if pairs.iter().all(|(name, _)| R::row(name.as_bytes()).is_none()) {
        return Err(Unreadable::Noise);
    }
    Ok(Opened { merchant, pairs })
}

/// What stands inside any `Data` of this merchant.
pub(crate) fn pairs(
    merchant: &Merchant,
    len: usize,
    data: &str,
) -> Result<Vec<(String, String)>, Unreadable> {
    let encoding = merchant.profile().text_encoding();
    let unit = match encoding {
        TextEncoding::Utf8LenInChars => LenUnit::Chars,
        _ => LenUnit::Bytes,
    };
    let key = testing::keys(merchant).current().encryption();
    let decrypted = key.decrypt(data.as_bytes()).map_err(Unreadable::Data)?;
    let end = decrypted.cut(len, unit).map_err(Unreadable::Cut)?;
    let text = decrypted.blocks().get(..end).unwrap_or_default();
    let charset = if encoding == TextEncoding::Latin1 { Charset::Latin1 } else { Charset::Detect };
    let text = charset.decode(text);
    let segments = text.split('&').filter(|segment| !segment.is_empty());
    let pairs = segments.map(|segment| segment.split_once('=').unwrap_or((segment, "")));
    Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

impl Opened<'_> {
    /// The first value of a name, in any case.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.as_str())
    }
}
