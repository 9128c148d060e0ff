//! The kind of each error as one stable word, for counters and logs: no ids, no values, no numbers in it.

use crate::error::{BindError, OpenError, SealError, VerifyError, Violation};
use crate::follow_up::error::AnswerError;
use paygate_params::message::SignedError;

impl SealError {
    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// `rules`, `mac`, `req-id`, `encrypt`. What kinds of rules, [`Violation::kind`] tells.
    ///
    /// ```
    /// # let merchant = paygate::testing::merchant();
    /// let refused = merchant.seal(&paygate::testing::request("order-1", 99)).unwrap_err();
    /// assert_eq!(refused.kind(), "rules");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Rules(_) => "rules",
            Self::Mac(_) => "mac",
            Self::ReqId => "req-id",
            Self::Encrypt(_) => "encrypt",
        }
    }
}

impl Violation {
    /// What kind of rule it is: a word that stays the same from release to release.
    ///
    /// `missing`, `format`, `doubled` and `unknown` are about one parameter by itself; `currency`, `country-currency`,
    /// `minimum`, `no-amount`, `amount-digits`, `ref-nr-missing`, `ref-nr-too-long`, `merchant-id`, `filled-by-seal`, `plain-http` and
    /// `simulation` about the request as a whole.
    ///
    /// ```
    /// use paygate::{SealError, Trustly};
    /// # let merchant = paygate::testing::merchant();
    /// let Err(SealError::Rules(rules)) = merchant.seal_pairs::<Trustly>([("Amount", "19.99")]) else { panic!("refused") };
    /// let amount = rules.iter().find(|rule| rule.parameter() == "Amount");
    /// assert_eq!(amount.map(|rule| rule.kind()), Some("format"));
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Param(error) => error.kind(),
            Self::Currency { .. } => "currency",
            Self::CountryCurrency { .. } => "country-currency",
            Self::Minimum { .. } => "minimum",
            Self::NoAmount => "no-amount",
            Self::AmountDigits { .. } => "amount-digits",
            Self::RefNrMissing => "ref-nr-missing",
            Self::RefNrTooLong { .. } => "ref-nr-too-long",
            Self::MerchantId => "merchant-id",
            Self::FilledBySeal { .. } => "filled-by-seal",
            Self::PlainHttp { .. } => "plain-http",
            Self::Simulation => "simulation",
        }
    }
}

impl OpenError {
    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// `too-large`, `too-many-parameters`, `doubled`, `missing`, `plain`, `no-answer`, `len`, `data`, `cut`, `buffer`.
    ///
    /// ```
    /// use paygate::{Envelope, RawCallback, Route};
    /// let refused = Envelope::parse(&RawCallback::get(Route::Success, b"Len=1&len=1&Data=00")).unwrap_err();
    /// assert_eq!(refused.kind(), "doubled");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooManyParameters => "too-many-parameters",
            Self::Doubled(_) => "doubled",
            Self::Missing { .. } => "missing",
            Self::Plain => "plain",
            Self::NoAnswer => "no-answer",
            Self::Len => "len",
            Self::Data(_) => "data",
            Self::Cut(_) => "cut",
            Self::Buffer { .. } => "buffer",
        }
    }
}

impl VerifyError {
    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// The words of [`OpenError::kind`], and `field-missing`, `field-format`, `mac-missing`, `mac-format`, `mac`,
    /// `other-merchant`, `wrong-route`, `contradictory`.
    ///
    /// ```
    /// use paygate::{RawCallback, Route, Trustly, testing};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = testing::merchant();
    /// let failed = testing::Callback::failed(&testing::expected(&merchant, "order-1", 1999), "21550053");
    /// let form = failed.form(&merchant)?;
    /// let raw = RawCallback::get(Route::Success, form.as_bytes());
    /// assert_eq!(merchant.open::<Trustly>(&raw).unwrap_err().kind(), "wrong-route");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Open(error) => error.kind(),
            Self::Field(error) => field(error),
            Self::MacMissing => "mac-missing",
            Self::MacFormat => "mac-format",
            Self::Mac => "mac",
            Self::OtherMerchant(_) => "other-merchant",
            Self::WrongRoute(_) => "wrong-route",
            Self::Contradictory(..) => "contradictory",
        }
    }
}

impl BindError {
    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// `method`, `mid`, `trans-id`, `pay-id`.
    ///
    /// ```
    /// assert_eq!(paygate::BindError::PayId.kind(), "pay-id");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Mid => "mid",
            Self::TransId => "trans-id",
            Self::PayId => "pay-id",
        }
    }
}

impl AnswerError {
    /// What kind of error it is: a word that stays the same from release to release.
    ///
    /// `body-too-large`, `empty`, `unexpected-exception`, `html`, `http-status`, `not-encrypted`, `unreadable`,
    /// `field-missing`, `field-format`, `other-merchant`, `other-pay-id`, `other-trans-id`, and the words of
    /// [`OpenError::kind`].
    ///
    /// ```
    /// assert_eq!(paygate::AnswerError::Html { status: 503 }.kind(), "html");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooLarge => "body-too-large",
            Self::Empty { .. } => "empty",
            Self::UnexpectedException => "unexpected-exception",
            Self::Html { .. } => "html",
            Self::Status { .. } => "http-status",
            Self::Plain { .. } => "not-encrypted",
            Self::Unreadable => "unreadable",
            Self::Open(error) => error.kind(),
            Self::Field { error, .. } => field(error),
            Self::OtherMerchant { .. } => "other-merchant",
            Self::OtherPayId { .. } => "other-pay-id",
            Self::OtherTransId { .. } => "other-trans-id",
        }
    }
}

fn field(error: &SignedError) -> &'static str {
    match error {
        SignedError::Missing { .. } => "field-missing",
        // The only other one; the enum is open to more.
        _ => "field-format",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kept;
    use paygate_crypto::{CutError, DataError, EncryptError, MacError, MacKey, RequestParts};
    use paygate_params::message::{Doubled, Signed};
    use paygate_params::{Contradiction, CountryCode, Currency, FormatError, Message, ParamError};
    use std::collections::BTreeSet;

    fn assert_unique(kinds: &[&'static str]) {
        assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len(), "{kinds:?}");
        let is_word = |kind: &str| {
            !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        assert!(kinds.iter().all(|kind| is_word(kind)), "{kinds:?}");
    }

    fn open_errors() -> Vec<OpenError> {
        vec![
            OpenError::TooLarge,
            OpenError::TooManyParameters,
            OpenError::Doubled(Doubled { name: "Len" }),
            OpenError::Missing { name: "Len" },
            OpenError::Plain,
            OpenError::NoAnswer,
            OpenError::Len,
            OpenError::Data(DataError::Empty),
            OpenError::Cut(CutError::BeyondData),
            OpenError::Buffer { needed: 1 },
        ]
    }

    fn fields() -> [SignedError; 2] {
        let rule = FormatError::Empty;
        [SignedError::Missing { name: "Code" }, SignedError::Format { name: "Code", rule }]
    }

    fn kept() -> Box<Kept> {
        Box::new(Kept(
            Signed::parse(|name| match name {
                "PayID" => Some(b"7bbb448155234d8cbee323778952ce28"),
                "Code" => Some(b"00000000"),
                _ => Some(b"OK"),
            })
            .unwrap(),
        ))
    }

    #[test]
    fn no_two_kinds_of_a_callbacks_errors_share_a_word() {
        let open: Vec<_> = open_errors().into_iter().map(VerifyError::Open).collect();
        let own = [
            VerifyError::MacMissing,
            VerifyError::MacFormat,
            VerifyError::Mac,
            VerifyError::OtherMerchant(kept()),
            VerifyError::WrongRoute(kept()),
            VerifyError::Contradictory(kept(), Contradiction::UnknownStatus),
        ];
        let errors = open.into_iter().chain(fields().map(VerifyError::Field)).chain(own);
        assert_unique(&errors.map(|error| error.kind()).collect::<Vec<_>>());
        let bind = [BindError::Method, BindError::Mid, BindError::TransId, BindError::PayId];
        assert_unique(&bind.map(|error| error.kind()));
    }

    #[test]
    fn no_two_kinds_of_an_answers_errors_share_a_word() {
        let code = paygate_params::Code::SUCCESS;
        let open: Vec<_> = open_errors().into_iter().map(AnswerError::Open).collect();
        let own = [
            AnswerError::TooLarge,
            AnswerError::Empty { status: 200 },
            AnswerError::UnexpectedException,
            AnswerError::Html { status: 200 },
            AnswerError::Status { status: 500, code: None },
            AnswerError::Plain { code: None },
            AnswerError::Unreadable,
            AnswerError::OtherMerchant { code },
            AnswerError::OtherPayId { code },
            AnswerError::OtherTransId { code },
        ];
        let errors =
            open.into_iter().chain(fields().map(|error| AnswerError::Field { error, code: None })).chain(own);
        assert_unique(&errors.map(|error| error.kind()).collect::<Vec<_>>());
    }

    #[test]
    fn no_two_kinds_of_a_requests_errors_share_a_word() {
        let format = <crate::trustly::PaymentRequest as Message>::ROWS[0].format;
        let (name, currency) = ("Amount", Currency::EUR);
        let params = [
            ParamError::Missing { name, format },
            ParamError::Format { name, format, rule: FormatError::Empty },
            ParamError::Doubled { name },
            ParamError::Unknown { name: name.to_owned() },
        ];
        let own = [
            Violation::Currency { currency },
            Violation::CountryCurrency { currency, country: CountryCode::SE },
            Violation::Minimum { minimum: 1 },
            Violation::AmountDigits { max: 10 },
            Violation::RefNrMissing,
            Violation::RefNrTooLong { max: 1 },
            Violation::MerchantId,
            Violation::FilledBySeal { name },
            Violation::PlainHttp { name },
            Violation::NoAmount,
            Violation::Simulation,
        ];
        let rules = params.map(Violation::Param).into_iter().chain(own);
        assert_unique(&rules.map(|rule| rule.kind()).collect::<Vec<_>>());
        let asterisk = RequestParts { amount: b"*", ..RequestParts::default() };
        let mac: MacError = MacKey::from_text("key").unwrap().request(&asterisk).map(drop).unwrap_err();
        let errors =
            [SealError::Rules(vec![]), SealError::Mac(mac), SealError::Encrypt(EncryptError::NoRandomness)];
        assert_unique(&errors.map(|error| error.kind()));
    }
}
