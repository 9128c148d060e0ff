//! Opened and verified: the text of an answer, split, and held against the MAC inside it.

use super::envelope::MAX_PAIRS;
use super::form::pairs;
use crate::error::{OpenError, VerifyError};
use paygate_crypto::{Mac, MacKey, MacVerified, ResponseParts};
use paygate_params::ResultMessage;
use paygate_params::message::{Index, Signed};

/// The text of an answer, with a note of where each field stands. Nothing in it is authentic yet.
pub(crate) struct Opened<'a, R> {
    text: &'a [u8],
    index: Index<R>,
}

/// Signed fields whose MAC held, and the index of the text that they stand in.
pub(crate) struct Verified<R> {
    pub(crate) signed: Signed,
    pub(crate) index: Index<R>,
    _mac: MacVerified,
}

impl<'a, R: ResultMessage> Opened<'a, R> {
    /// Splits a text at `&` and then at the first `=`, and notes the fields that the table knows.
    pub(crate) fn split(text: &'a [u8]) -> Result<Self, OpenError> {
        let mut index = Index::default();
        for (count, pair) in pairs(text).enumerate() {
            if count >= MAX_PAIRS {
                return Err(OpenError::TooManyParameters);
            }
            index.insert(text, text.get(pair.name).unwrap_or_default(), pair.value)?;
        }
        Ok(Self { text, index })
    }

    /// The raw value of a field, and the index of all, for answers that have no MAC.
    pub(crate) fn into_index(self) -> Index<R> {
        self.index
    }

    /// Checks the MAC over the five signed fields as they were received.
    pub(crate) fn verify(self, key: &MacKey) -> Result<Verified<R>, VerifyError> {
        // The MAC is asked for first, so that what is cut off at the end reads as what it is.
        let mac = self.index.mac(self.text).ok_or(VerifyError::MacMissing)?;
        let signed = self.index.signed(self.text)?;
        let mac = Mac::parse(mac).map_err(|_| VerifyError::MacFormat)?;
        let code = signed.code();
        let parts = ResponseParts {
            pay_id: signed.pay_id().as_bytes(),
            trans_id: signed.trans_id().as_bytes(),
            mid: signed.mid().as_bytes(),
            status: signed.status().as_bytes(),
            code: code.as_bytes(),
        };
        let held = key.verify_response(&parts, &mac).map_err(|_| VerifyError::Mac)?;
        Ok(Verified { signed, index: self.index, _mac: held })
    }
}
