//! What can go wrong, one enum for each step. No error holds a key, a received value or an expected MAC.

use paygate_crypto::{CutError, DataError, EncryptError, MacError};
use paygate_params::message::{Doubled, Signed, SignedError};
use paygate_params::{Contradiction, CountryCode, Currency, ParamError};

/// A request cannot be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The request breaks rules; all of them are here.
    #[error("the request breaks {} rule(s): {}", .0.len(), Listed(.0))]
    Rules(Vec<Violation>),
    /// A part of the MAC's input holds a `*`, which the types of all parts exclude.
    #[error(transparent)]
    Mac(#[from] MacError),
    /// There are no random bytes to make a `ReqId` of, without which a credit that is sent twice is carried out twice.
    #[error("there are no random bytes for a ReqId, and a credit without one cannot be known again")]
    ReqId,
    /// The encryption failed, for want of random bytes.
    #[error(transparent)]
    Encrypt(#[from] EncryptError),
}

/// A rule that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// One parameter by itself.
    #[error(transparent)]
    Param(#[from] ParamError),
    /// The merchant's profile does not list the currency.
    #[error("Currency {currency} is not among those of the merchant's profile")]
    Currency {
        /// The currency of the request.
        currency: Currency,
    },
    /// The currency is not that of the customer's country.
    #[error("Currency {currency} does not match CountryCode {country}")]
    CountryCurrency {
        /// The currency of the request.
        currency: Currency,
        /// The country of the request.
        country: CountryCode,
    },
    /// The amount is below the least of the profile (the vendor wants to be asked about less than 100).
    #[error("Amount is below {minimum} of the smallest unit, the least of the merchant's profile")]
    Minimum {
        /// The least of the profile.
        minimum: u64,
    },
    /// The follow-up is about no money.
    #[error("Amount is 0")]
    NoAmount,
    /// The amount has more digits than the merchant's Paygate takes.
    #[error("Amount has more than {max} digits, the most that the merchant's profile allows")]
    AmountDigits {
        /// The most of the profile.
        max: u32,
    },
    /// The profile demands a reference number (a white label's page may).
    #[error("RefNr is missing, which the merchant's profile demands")]
    RefNrMissing,
    /// The reference number is longer than the merchant's Paygate takes.
    #[error("RefNr has more than {max} characters, the most that the merchant's profile allows")]
    RefNrTooLong {
        /// The most of the profile.
        max: usize,
    },
    /// The request names another merchant than the one that seals it.
    #[error("MerchantID is another one than the merchant's own")]
    MerchantId,
    /// The shop wrote a parameter that sealing computes.
    #[error("{name} is filled in by sealing and must not be given")]
    FilledBySeal {
        /// The parameter.
        name: &'static str,
    },
    /// A callback URL is plain http, and the endpoint is not plain http on this machine (a simulator).
    #[error("{name} is plain http, which goes only with an endpoint that is plain http on this machine")]
    PlainHttp {
        /// The parameter.
        name: &'static str,
    },
    /// The request asks for simulation, and the merchant is not marked as test.
    #[error("OrderDesc asks for simulation, which needs a merchant that is marked as test")]
    Simulation,
}

impl Violation {
    /// The parameter that the rule is about, in the vendor's spelling, or as it was given.
    #[must_use]
    pub fn parameter(&self) -> &str {
        match self {
            Self::Param(error) => error.name(),
            Self::Currency { .. } | Self::CountryCurrency { .. } => "Currency",
            Self::Minimum { .. } | Self::NoAmount | Self::AmountDigits { .. } => "Amount",
            Self::RefNrMissing | Self::RefNrTooLong { .. } => "RefNr",
            Self::MerchantId => "MerchantID",
            Self::FilledBySeal { name } | Self::PlainHttp { name } => name,
            Self::Simulation => "OrderDesc",
        }
    }
}

/// Prints a list with semicolons between.
struct Listed<'a>(&'a [Violation]);

impl core::fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

/// A callback or an answer cannot be opened: its outer form, its encryption, or the text inside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// More than 64 KiB.
    #[error("the message is larger than 64 KiB")]
    TooLarge,
    /// More than 256 parameters, outside or inside of Data.
    #[error("the message has more than 256 parameters")]
    TooManyParameters,
    /// A parameter that decides stands twice.
    #[error(transparent)]
    Doubled(#[from] Doubled),
    /// A parameter of the outer form is not there.
    #[error("{name} is missing")]
    Missing {
        /// `Len` or `Data`.
        name: &'static str,
    },
    /// The answer is not encrypted, and the merchant has not opted in to such answers.
    #[error("the answer is not encrypted")]
    Plain,
    /// Neither `Data` is there nor any parameter of an answer: nothing, or something else.
    #[error("there is neither Data nor any parameter of an answer")]
    NoAnswer,
    /// `Len` is no number.
    #[error("Len is no number")]
    Len,
    /// `Data` cannot be decrypted.
    #[error(transparent)]
    Data(#[from] DataError),
    /// `Len` does not fit `Data`.
    #[error(transparent)]
    Cut(#[from] CutError),
    /// The buffer that the caller gave is too small.
    #[error("the buffer is too small, {needed} bytes are needed")]
    Buffer {
        /// The bytes needed.
        needed: usize,
    },
}

/// A callback was not made by Paygate for this merchant, or cannot be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// It cannot even be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A signed field is missing or breaks its format.
    #[error(transparent)]
    Field(#[from] SignedError),
    /// There is no MAC.
    #[error("MAC is missing")]
    MacMissing,
    /// The MAC is not 64 hex digits.
    #[error("MAC is not 64 hex digits")]
    MacFormat,
    /// The MAC does not hold.
    #[error("MAC does not hold")]
    Mac,
    /// The MAC holds, and `mid` is another merchant.
    #[error("mid is another merchant")]
    OtherMerchant(Box<Kept>),
    /// The MAC holds, and a result of this kind is not sent to this URL: a failed one to URLSuccess, another to
    /// URLFailure. That is what somebody does who copied `Data` from one URL to the other.
    #[error("a result of this kind is not sent to this URL")]
    WrongRoute(Box<Kept>),
    /// The MAC holds, and Status and Code contradict each other: a matter for a person.
    #[error("the result contradicts itself: {1}")]
    Contradictory(Box<Kept>, Contradiction),
}

impl VerifyError {
    /// The signed fields of a result that is Paygate's own and cannot be applied.
    ///
    /// Store it, show it to a person and ask Paygate by an inquiry; it is neither paid nor failed. `None` where
    /// nothing is known about who sent it.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use paygate::{RawCallback, Route, Trustly, testing};
    /// # let merchant = testing::merchant();
    /// # let expected = testing::expected(&merchant, "order-1", 1999);
    /// let form = testing::Callback::new(&expected, "OK", "60000985").form(&merchant)?;
    /// let error = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap_err();
    /// assert_eq!(error.kept().map(|signed| signed.trans_id().as_str()), Some("order-1"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn kept(&self) -> Option<&Signed> {
        match self {
            Self::OtherMerchant(kept) | Self::WrongRoute(kept) | Self::Contradictory(kept, _) => {
                Some(&kept.0)
            }
            _ => None,
        }
    }
}

/// The signed fields of a result whose MAC held, kept inside an error; `Debug` shows nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept(pub(crate) Signed);

impl Kept {
    /// The signed fields.
    #[must_use]
    pub fn signed(&self) -> &Signed {
        &self.0
    }
}

impl core::fmt::Debug for Kept {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

/// An authentic callback belongs to another attempt than the one it was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// The attempt was made with another payment method.
    #[error("the attempt was made with another payment method")]
    Method,
    /// The attempt was made with another merchant id.
    #[error("mid is not the attempt's merchant")]
    Mid,
    /// The attempt has another TransID.
    #[error("TransID is not the attempt's")]
    TransId,
    /// An earlier callback of the attempt had another PayID. Most often that is a second payment for it; where the first
    /// one was open and failed, it may be the only one. A matter for a person and an inquiry either way.
    #[error("PayID is not the one that the attempt is pinned to")]
    PayId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_broken_rules_are_told_in_one_line() {
        let one = SealError::Rules(vec![Violation::NoAmount]);
        assert_eq!(one.to_string(), "the request breaks 1 rule(s): Amount is 0");
        let two = SealError::Rules(vec![Violation::NoAmount, Violation::RefNrTooLong { max: 12 }]);
        assert_eq!(
            two.to_string(),
            "the request breaks 2 rule(s): Amount is 0; RefNr has more than 12 characters, the most that the merchant's \
             profile allows"
        );
    }

    #[test]
    fn each_rule_names_its_parameter() {
        let (name, currency, country) = ("URLNotify", Currency::EUR, CountryCode::SE);
        for (rule, parameter) in [
            (Violation::Param(ParamError::Doubled { name }), "URLNotify"),
            (Violation::Currency { currency }, "Currency"),
            (Violation::CountryCurrency { currency, country }, "Currency"),
            (Violation::Minimum { minimum: 1 }, "Amount"),
            (Violation::NoAmount, "Amount"),
            (Violation::AmountDigits { max: 10 }, "Amount"),
            (Violation::RefNrMissing, "RefNr"),
            (Violation::RefNrTooLong { max: 12 }, "RefNr"),
            (Violation::MerchantId, "MerchantID"),
            (Violation::FilledBySeal { name: "MAC" }, "MAC"),
            (Violation::PlainHttp { name }, "URLNotify"),
            (Violation::Simulation, "OrderDesc"),
        ] {
            assert_eq!(rule.parameter(), parameter, "{rule}");
        }
    }
}
