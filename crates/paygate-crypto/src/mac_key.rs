//! The key that MACs are made and checked with.

use alloc::sync::Arc;
use core::fmt;

use ctutils::CtEq;
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;

use crate::hmac_sha256::KeyedStates;
use crate::key_error::KeyError;
use crate::mac::{Mac, MacError};
use crate::mac_parts::{Part, RequestParts, ResponseParts};

/// The key that MACs are made and checked with: the merchant's *HMAC password*.
///
/// `MAC` is the HMAC-SHA256 of five fields with `*` between them. The key is hashed once, here, so a key is made at
/// start and kept. Clones share it and cost a reference count; the last one to go wipes it. `Debug` shows nothing of
/// it, and there is no `PartialEq`.
///
/// ```
/// use paygate_crypto::MacKey;
///
/// let key = MacKey::new(b"mySecret")?;
/// assert_eq!(format!("{key:?}"), "MacKey([redacted])");
/// # Ok::<(), paygate_crypto::KeyError>(())
/// ```
#[derive(Clone)]
pub struct MacKey(Arc<Keyed>);

/// What the key became.
struct Keyed {
    states: KeyedStates,
    /// For messages that are too long for the other way.
    any_length: Hmac<Sha256>,
}

/// Proof that a MAC was checked and held. Only the check makes one.
///
/// A type that may exist for authentic messages alone takes it in its constructor. It says nothing about *which*
/// message: hand it on in the function that made it.
///
/// ```
/// use paygate_crypto::MacVerified;
///
/// struct Authentic(String);
///
/// impl Authentic {
///     fn new(payload: String, _: MacVerified) -> Self {
///         Self(payload)
///     }
/// }
/// ```
/// ```compile_fail,E0423
/// let forged = paygate_crypto::MacVerified(());
/// ```
#[derive(Debug)]
#[must_use = "a checked MAC that nobody asks for protects nothing"]
pub struct MacVerified(());

impl MacKey {
    /// A MAC key: the bytes of the password as they are, at least one.
    ///
    /// Computop hands out 32 characters. They are no hex and go through no derivation.
    ///
    /// ```
    /// # use paygate_crypto::{KeyError, MacKey};
    /// assert_eq!(MacKey::new(b"").unwrap_err(), KeyError::Empty);
    /// ```
    ///
    /// # Errors
    /// [`KeyError::Empty`] without a byte: an HMAC with an empty key is one that everybody can compute.
    pub fn new(key: &[u8]) -> Result<Self, KeyError> {
        if key.is_empty() {
            return Err(KeyError::Empty);
        }
        // HMAC takes keys of any length; its error exists for the trait's sake.
        let any_length = Hmac::new_from_slice(key).map_err(|_| KeyError::Empty)?;
        Ok(Self(Arc::new(Keyed { states: KeyedStates::new(key), any_length })))
    }

    /// The MAC of a request.
    ///
    /// ```
    /// use paygate_crypto::{MacKey, RequestParts};
    ///
    /// // Computop's published sample.
    /// let parts = RequestParts {
    ///     pay_id: b"",
    ///     trans_id: b"TID-4453732122167114558",
    ///     merchant_id: b"yourMerchantId",
    ///     amount: b"1234",
    ///     currency: b"EUR",
    /// };
    /// let mac = MacKey::new(b"mySecret")?.request(&parts)?;
    /// assert_eq!(mac.to_hex().as_str(), "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MacError::Separator`] when a field holds `*`.
    pub fn request(&self, parts: &RequestParts<'_>) -> Result<Mac, MacError> {
        self.over(parts.values(), || parts.named())
    }

    /// The MAC of an answer, as Paygate makes it.
    ///
    /// For stand-ins of Paygate and for tests; a shop wants [`MacKey::verify_response`].
    ///
    /// # Errors
    /// [`MacError::Separator`] when a field holds `*`.
    pub fn response(&self, parts: &ResponseParts<'_>) -> Result<Mac, MacError> {
        self.over(parts.values(), || parts.named())
    }

    /// Checks the MAC that a request claims to have, in constant time.
    ///
    /// ```
    /// use paygate_crypto::{MacError, MacKey, RequestParts};
    ///
    /// let key = MacKey::new(b"mySecret")?;
    /// let parts = RequestParts { trans_id: b"T1", merchant_id: b"shop", amount: b"100", ..Default::default() };
    /// let mac = key.request(&parts)?;
    ///
    /// assert!(key.verify_request(&parts, &mac).is_ok());
    /// let cheaper = RequestParts { amount: b"1", ..parts };
    /// assert_eq!(key.verify_request(&cheaper, &mac).unwrap_err(), MacError::Mismatch);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MacError::Mismatch`] when it does not hold, [`MacError::Separator`] when a field holds `*`.
    pub fn verify_request(&self, parts: &RequestParts<'_>, claimed: &Mac) -> Result<MacVerified, MacError> {
        verify(&self.over(parts.values(), || parts.named())?, claimed)
    }

    /// Checks the MAC that an answer claims to have, in constant time.
    ///
    /// It proves that Paygate made an answer with these five fields once. It does not prove that the answer is for
    /// this shop or this order, that it is new, or anything about its other fields.
    ///
    /// ```
    /// use paygate_crypto::{Mac, MacKey, ResponseParts};
    ///
    /// // Computop's published sample.
    /// let parts = ResponseParts {
    ///     pay_id: b"7bbb448155234d8cbee323778952ce28",
    ///     trans_id: b"TID-12033175321270170232",
    ///     mid: b"yourMerchantId",
    ///     status: b"AUTHORIZED",
    ///     code: b"00000000",
    /// };
    /// let claimed = Mac::parse(b"4CDCB4DE587AC210F21DE0591689B920CF56D89B38D4C7B1B7F8867BFC93E02C")?;
    /// let verified = MacKey::new(b"mySecret")?.verify_response(&parts, &claimed)?;
    /// # drop(verified);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MacError::Mismatch`] when it does not hold, [`MacError::Separator`] when a field holds `*`.
    pub fn verify_response(&self, parts: &ResponseParts<'_>, claimed: &Mac) -> Result<MacVerified, MacError> {
        verify(&self.over(parts.values(), || parts.named())?, claimed)
    }

    /// The MAC over the fields, with separators between them.
    #[inline]
    fn over<'a>(&self, values: [&[u8]; 5], named: impl FnOnce() -> [Part<'a>; 5]) -> Result<Mac, MacError> {
        self.0.states.hmac(values).map_or_else(|| self.over_any(&named()), |hmac| Ok(Mac(hmac)))
    }

    /// The same for parts of any length, and the place that finds the separator in them.
    fn over_any(&self, parts: &[Part<'_>; 5]) -> Result<Mac, MacError> {
        let mut state = self.0.any_length.clone();
        let mut separator: &[u8] = b"";
        for (part, value) in parts {
            if value.contains(&b'*') {
                return Err(MacError::Separator { part });
            }
            state.update(separator);
            state.update(value);
            separator = b"*";
        }
        Ok(Mac(state.finalize().into_bytes().into()))
    }
}

impl fmt::Debug for MacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacKey([redacted])")
    }
}

/// The one place that compares MACs: all 32 bytes, in constant time.
fn verify(computed: &Mac, claimed: &Mac) -> Result<MacVerified, MacError> {
    // By words: as much of a secret as bytes, in a quarter of the steps.
    let equal = words(computed).ct_eq(&words(claimed)).to_bool();
    if equal { Ok(MacVerified(())) } else { Err(MacError::Mismatch) }
}

fn words(mac: &Mac) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(mac.0.as_chunks().0) {
        *word = u64::from_ne_bytes(*bytes);
    }
    words
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::hmac_sha256::LONGEST;

    fn key() -> MacKey {
        MacKey::new(b"mySecret").unwrap()
    }

    const ANSWER: ResponseParts<'static> = ResponseParts {
        pay_id: b"7bbb448155234d8cbee323778952ce28",
        trans_id: b"TID-12033175321270170232",
        mid: b"yourMerchantId",
        status: b"AUTHORIZED",
        code: b"00000000",
    };

    #[test]
    fn the_published_samples_come_out() {
        let request = RequestParts {
            pay_id: b"",
            trans_id: b"TID-4453732122167114558",
            merchant_id: b"yourMerchantId",
            amount: b"1234",
            currency: b"EUR",
        };
        assert_eq!(
            key().request(&request).unwrap().to_hex().as_str(),
            "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903"
        );
        assert_eq!(
            key().response(&ANSWER).unwrap().to_hex().as_str(),
            "4CDCB4DE587AC210F21DE0591689B920CF56D89B38D4C7B1B7F8867BFC93E02C"
        );
    }

    /// As the crate `hmac` makes it of the whole text.
    fn whole(key: &MacKey, text: &[u8]) -> Mac {
        Mac(key.0.any_length.clone().chain_update(text).finalize().into_bytes().into())
    }

    #[test]
    fn fields_give_the_mac_of_the_joined_text_by_either_way() {
        let joined = ANSWER.named().map(|(_, value)| value).join(&b'*');
        for mac in [key().response(&ANSWER), key().over_any(&ANSWER.named())] {
            assert!(verify(&whole(&key(), &joined), &mac.unwrap()).is_ok());
        }
    }

    #[test]
    fn fields_of_any_length_have_a_mac() {
        for length in 0..600 {
            let long = alloc::vec![b'x'; length];
            let parts = RequestParts { trans_id: &long, merchant_id: b"shop", ..RequestParts::default() };
            let text = [b"*", &long[..], b"*shop**"].concat();
            assert!(verify(&whole(&key(), &text), &key().request(&parts).unwrap()).is_ok(), "{length}");
        }
    }

    #[test]
    fn missing_fields_leave_four_separators() {
        let mac = key().request(&RequestParts::default()).unwrap();
        assert!(verify(&whole(&key(), b"****"), &mac).is_ok());
    }

    #[test]
    fn a_separator_in_any_field_is_refused_under_the_vendor_s_name() {
        let bad: &[u8] = b"a*b";
        let none = RequestParts::default();
        let requests = [
            ("PayID", RequestParts { pay_id: bad, ..none }),
            ("TransID", RequestParts { trans_id: bad, ..none }),
            ("MerchantID", RequestParts { merchant_id: bad, ..none }),
            ("Amount", RequestParts { amount: bad, ..none }),
            ("Currency", RequestParts { currency: bad, ..none }),
        ];
        let mac = key().request(&none).unwrap();
        for (part, parts) in requests {
            assert_eq!(key().request(&parts).unwrap_err(), MacError::Separator { part });
            assert_eq!(key().verify_request(&parts, &mac).unwrap_err(), MacError::Separator { part });
        }
        let none = ResponseParts::default();
        let answers = [
            ("PayID", ResponseParts { pay_id: bad, ..none }),
            ("TransID", ResponseParts { trans_id: bad, ..none }),
            ("mid", ResponseParts { mid: bad, ..none }),
            ("Status", ResponseParts { status: bad, ..none }),
            ("Code", ResponseParts { code: bad, ..none }),
        ];
        for (part, parts) in answers {
            assert_eq!(key().response(&parts).unwrap_err(), MacError::Separator { part });
            assert_eq!(key().verify_response(&parts, &mac).unwrap_err(), MacError::Separator { part });
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_is_a_mismatch() {
        let mac = key().response(&ANSWER).unwrap();
        assert!(key().verify_response(&ANSWER, &mac).is_ok());
        for bit in 0..256 {
            let mut flipped = mac;
            flipped.0[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key().verify_response(&ANSWER, &flipped).unwrap_err(), MacError::Mismatch);
        }
    }

    #[test]
    fn another_field_or_key_is_a_mismatch() {
        let mac = key().response(&ANSWER).unwrap();
        let failed = ResponseParts { status: b"FAILED", ..ANSWER };
        assert_eq!(key().verify_response(&failed, &mac).unwrap_err(), MacError::Mismatch);
        let other = MacKey::new(b"mySecreT").unwrap();
        assert_eq!(other.verify_response(&ANSWER, &mac).unwrap_err(), MacError::Mismatch);
    }

    /// Wycheproof's messages are arbitrary and a `MacKey` takes fields alone, so they go straight to the two ways
    /// that the fields go, and out through the function that compares every MAC here.
    #[test]
    fn wycheproof_s_hmac_cases_come_out_as_they_say() {
        let set: serde_json::Value =
            serde_json::from_str(include_str!("../tests/data/hmac_sha256_test.json")).unwrap();
        let (mut cases, mut short) = (0, 0);
        for group in set["testGroups"].as_array().unwrap() {
            for case in group["tests"].as_array().unwrap() {
                let bytes = |name: &str| -> Vec<u8> { hex::decode(case[name].as_str().unwrap()).unwrap() };
                let key = MacKey::new(&bytes("key")).unwrap();
                let ours = whole(&key, &bytes("msg"));
                let (message, mut blocks) = (bytes("msg"), [[0; 64]; 4]);
                if message.len() <= LONGEST {
                    blocks.as_flattened_mut()[..message.len()].copy_from_slice(&message);
                    let hmac = key.0.states.hmac_in(&mut blocks, message.len());
                    assert_eq!(hmac, Some(ours.0), "{}", case["tcId"]);
                    short += 1;
                }
                // A MAC of Paygate's has 256 bits. A tag of 128 stands for its first half; the second half is the
                // right one, so that the first alone decides.
                let mut claimed = ours;
                let tag = bytes("tag");
                assert_eq!(tag.len() * 8, usize::try_from(group["tagSize"].as_u64().unwrap()).unwrap());
                claimed.0[..tag.len()].copy_from_slice(&tag);

                let valid = case["result"] == "valid";
                assert_eq!(ours.0[..tag.len()] == tag, valid, "{}", case["tcId"]);
                assert_eq!(verify(&ours, &claimed).is_ok(), valid, "{}", case["tcId"]);
                cases += 1;
            }
        }
        assert_eq!(cases, set["numberOfTests"]);
        assert!(short > 100, "{short}");
    }
}
