//! Whether the MAC of a message holds, by either of the two formulas.

use paygate::KeyPair;
use paygate::crypto::{Mac, MacError, RequestParts, ResponseParts};

/// What is to be said of a MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MacVerdict {
    /// There is none.
    Missing,
    /// It is no MAC at all, or one of the values can be under none.
    Malformed(MacError),
    Holds,
    Fails,
}

impl MacVerdict {
    pub(crate) fn holds(&self) -> bool {
        *self == Self::Holds
    }

    /// One word for it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed(_) => "malformed",
            Self::Holds => "holds",
            Self::Fails => "fails",
        }
    }
}

/// By `PayID*TransID*MerchantID*Amount*Currency`.
pub(super) fn of_request(keys: &KeyPair, pairs: &[(String, String)]) -> MacVerdict {
    let part = |name| value(pairs, name).unwrap_or_default().as_bytes();
    let parts = RequestParts {
        pay_id: part("PayID"),
        trans_id: part("TransID"),
        merchant_id: part("MerchantID"),
        amount: part("Amount"),
        currency: part("Currency"),
    };
    judged(pairs, |claimed| keys.mac().verify_request(&parts, claimed).map(drop))
}

/// By `PayID*TransID*mid*Status*Code`.
pub(super) fn of_response(keys: &KeyPair, pairs: &[(String, String)]) -> MacVerdict {
    let part = |name| value(pairs, name).unwrap_or_default().as_bytes();
    let mid = value(pairs, "mid").or_else(|| value(pairs, "MerchantID"));
    let parts = ResponseParts {
        pay_id: part("PayID"),
        trans_id: part("TransID"),
        mid: mid.unwrap_or_default().as_bytes(),
        status: part("Status"),
        code: part("Code"),
    };
    judged(pairs, |claimed| keys.mac().verify_response(&parts, claimed).map(drop))
}

fn judged(pairs: &[(String, String)], verify: impl Fn(&Mac) -> Result<(), MacError>) -> MacVerdict {
    let Some(claimed) = value(pairs, "MAC") else { return MacVerdict::Missing };
    match Mac::parse(claimed.as_bytes()).and_then(|mac| verify(&mac)) {
        Ok(()) => MacVerdict::Holds,
        Err(MacError::Mismatch) => MacVerdict::Fails,
        Err(error) => MacVerdict::Malformed(error),
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    pair.map(|(_, value)| value.as_str())
}
