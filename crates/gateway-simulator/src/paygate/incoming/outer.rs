//! The outer form of a request: `MerchantID`, `Len` and `Data`, by query or by body.

use std::borrow::Cow;

/// Why a request cannot be read. Paygate answers all of these with a page that says "Unexpected exception"; the reason is
/// for whoever reads the simulator's console.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("{0} is missing beside or instead of the encrypted text")]
    Missing(&'static str),
    #[error("Len is no number")]
    Len,
    #[error("no merchant of the simulator has this MerchantID")]
    Merchant,
    #[error("Data cannot be decrypted: {0}")]
    Data(paygate::DataError),
    #[error("Len does not fit Data: {0}")]
    Cut(paygate::CutError),
    #[error("what was decrypted holds no parameter of the request: most likely the encryption key differs")]
    Noise,
}

/// The three parameters that stand in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outer {
    pub(crate) merchant_id: String,
    pub(crate) len: usize,
    pub(crate) data: String,
}

impl Outer {
    /// Reads query and body; names in any case, the first of two counts.
    pub(crate) fn read(query: &[u8], body: &[u8]) -> Result<Self, Unreadable> {
        let pairs: Vec<_> = [query, body].into_iter().flat_map(form_urlencoded::parse).collect();
        let value = |name: &'static str| {
            let pair = pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            pair.map(|(_, value): &(_, Cow<'_, str>)| value.trim()).ok_or(Unreadable::Missing(name))
        };
        Ok(Self {
            merchant_id: value("MerchantID")?.to_owned(),
            len: value("Len")?.parse().map_err(|_| Unreadable::Len)?,
            data: value("Data")?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_from_query_and_body() {
        let outer = Outer::read(b"merchantid=m%20x&LEN=3", b"data=AB").unwrap();
        assert_eq!(outer, Outer { merchant_id: "m x".to_owned(), len: 3, data: "AB".to_owned() });
    }

    #[test]
    fn what_is_missing_or_no_number_is_named() {
        assert_eq!(Outer::read(b"Len=3&Data=AB", b""), Err(Unreadable::Missing("MerchantID")));
        assert_eq!(Outer::read(b"MerchantID=m&Len=x&Data=AB", b""), Err(Unreadable::Len));
        assert_eq!(Outer::read(b"MerchantID=m&Len=3", b""), Err(Unreadable::Missing("Data")));
    }
}
