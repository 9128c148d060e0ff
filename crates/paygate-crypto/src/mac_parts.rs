//! The five fields that a MAC covers.

use core::fmt;

/// The fields under the MAC of a request, in the vendor's order: `PayID*TransID*MerchantID*Amount*Currency`.
///
/// Any of them may be empty: a first payment has no PayID yet, a status inquiry neither amount nor currency. The
/// four `*` between them stay. The bytes are those that stand in the text, unchanged. (Computop's documentation,
/// page on the HMAC of requests.)
///
/// ```
/// use paygate_crypto::RequestParts;
///
/// let first_payment = RequestParts {
///     trans_id: b"TID-4453732122167114558",
///     merchant_id: b"yourMerchantId",
///     amount: b"1234",
///     currency: b"EUR",
///     ..RequestParts::default()
/// };
/// assert!(first_payment.pay_id.is_empty());
/// ```
#[derive(Clone, Copy, Default)]
pub struct RequestParts<'a> {
    /// `PayID`: Paygate's identifier of the payment that is referred to.
    pub pay_id: &'a [u8],
    /// `TransID`: the merchant's identifier of this request.
    pub trans_id: &'a [u8],
    /// `MerchantID`.
    pub merchant_id: &'a [u8],
    /// `Amount`, in the smallest unit of the currency, as decimal digits.
    pub amount: &'a [u8],
    /// `Currency`, three letters.
    pub currency: &'a [u8],
}

/// The fields under the MAC of an answer, in the vendor's order: `PayID*TransID*mid*Status*Code`.
///
/// The bytes are those that were received, unchanged. There is no amount among them. (Computop's documentation,
/// page on the HMAC of notifications; it calls the third field MerchantID, which answers name `mid`.)
///
/// ```
/// use paygate_crypto::ResponseParts;
///
/// let answer = ResponseParts {
///     pay_id: b"7bbb448155234d8cbee323778952ce28",
///     trans_id: b"TID-12033175321270170232",
///     mid: b"yourMerchantId",
///     status: b"AUTHORIZED",
///     code: b"00000000",
/// };
/// assert_eq!(answer.code.len(), 8);
/// ```
#[derive(Clone, Copy, Default)]
pub struct ResponseParts<'a> {
    /// `PayID`: Paygate's identifier of the payment.
    pub pay_id: &'a [u8],
    /// `TransID`: the merchant's identifier of the request that is answered.
    pub trans_id: &'a [u8],
    /// `mid`: the merchant.
    pub mid: &'a [u8],
    /// `Status`.
    pub status: &'a [u8],
    /// `Code`, eight digits.
    pub code: &'a [u8],
}

// An amount is among the parts, and what somebody paid is for the shop alone.
impl fmt::Debug for RequestParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestParts").finish_non_exhaustive()
    }
}

impl fmt::Debug for ResponseParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseParts").finish_non_exhaustive()
    }
}

/// A field and the vendor's name of it.
pub(crate) type Part<'a> = (&'static str, &'a [u8]);

impl<'a> RequestParts<'a> {
    #[inline]
    pub(crate) const fn values(&self) -> [&'a [u8]; 5] {
        [self.pay_id, self.trans_id, self.merchant_id, self.amount, self.currency]
    }

    pub(crate) const fn named(&self) -> [Part<'a>; 5] {
        [
            ("PayID", self.pay_id),
            ("TransID", self.trans_id),
            ("MerchantID", self.merchant_id),
            ("Amount", self.amount),
            ("Currency", self.currency),
        ]
    }
}

impl<'a> ResponseParts<'a> {
    #[inline]
    pub(crate) const fn values(&self) -> [&'a [u8]; 5] {
        [self.pay_id, self.trans_id, self.mid, self.status, self.code]
    }

    pub(crate) const fn named(&self) -> [Part<'a>; 5] {
        [
            ("PayID", self.pay_id),
            ("TransID", self.trans_id),
            ("mid", self.mid),
            ("Status", self.status),
            ("Code", self.code),
        ]
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn debug_shows_no_field() {
        let request = RequestParts { amount: b"1999", ..RequestParts::default() };
        assert_eq!(format!("{request:?}"), "RequestParts { .. }");
        let response = ResponseParts { pay_id: b"7bbb", ..ResponseParts::default() };
        assert_eq!(format!("{response:?}"), "ResponseParts { .. }");
    }
}
