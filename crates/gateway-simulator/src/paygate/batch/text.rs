//! Rules as texts, for the command line and the API.

use super::UnknownPayIds;
use super::rule::{AmountEnding, BatchAnswer, BatchCondition, BatchEffect, BatchRule};
use paygate::FormatError;
use std::fmt;
use std::str::FromStr;

/// A text is no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadBatchRule {
    /// It has no colon, and is not `cut-off`.
    #[error("a rule is a condition, a colon and an effect, as every=10:21550957, or it is cut-off")]
    Colon,
    /// The condition is none.
    #[error(
        "there is no such condition; the conditions are: every=N, trans-id=TEXT, trans-id-begins=TEXT, amount-ends=DIGITS, \
         amount-at-least=N, slave=MID"
    )]
    Condition,
    /// The condition's number is none, or too large, or 0 in `every`.
    #[error("{0} needs a whole number, every one from 1")]
    Number(
        /// The condition.
        &'static str,
    ),
    /// The condition's digits are none, or more than an amount has.
    #[error("amount-ends needs 1 to 12 digits")]
    Digits,
    /// The condition's value cannot stand in a file.
    #[error("{0}: {1}")]
    Value(
        /// The condition.
        &'static str,
        /// The rule that the value breaks.
        FormatError,
    ),
    /// The effect is none.
    #[error(
        "there is no such effect; the effects are: a code of 8 characters, as 21550957, which is not 00000000, STATUS/CODE, as \
         PENDING/60000000, drop, double, change-amount"
    )]
    Effect,
    /// The word is none for [`UnknownPayIds`].
    #[error("unknown PayIDs are one of: refuse, pay-back")]
    UnknownPayIds,
}

const EVERY: &str = "every";
const TRANS_ID: &str = "trans-id";
const TRANS_ID_BEGINS: &str = "trans-id-begins";
const AMOUNT_ENDS: &str = "amount-ends";
const AMOUNT_AT_LEAST: &str = "amount-at-least";
const SLAVE: &str = "slave";
const DROP: &str = "drop";
const DOUBLE: &str = "double";
const CHANGE_AMOUNT: &str = "change-amount";
const CUT_OFF: &str = "cut-off";

impl FromStr for BatchRule {
    type Err = BadBatchRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == CUT_OFF {
            return Ok(Self::CutOff);
        }
        // A TransID may hold colons, an effect does not.
        let (condition, effect) = text.rsplit_once(':').ok_or(BadBatchRule::Colon)?;
        Ok(Self::Where(condition.parse()?, effect.parse()?))
    }
}

impl FromStr for BatchCondition {
    type Err = BadBatchRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, value) = text.split_once('=').ok_or(BadBatchRule::Condition)?;
        match name {
            EVERY => value.parse().map(Self::Every).map_err(|_| BadBatchRule::Number(EVERY)),
            TRANS_ID => of(TRANS_ID, value, Self::TransId),
            TRANS_ID_BEGINS => of(TRANS_ID_BEGINS, value, Self::TransIdBegins),
            AMOUNT_ENDS => AmountEnding::new(value).map(Self::AmountEnds).ok_or(BadBatchRule::Digits),
            AMOUNT_AT_LEAST => {
                value.parse().map(Self::AmountAtLeast).map_err(|_| BadBatchRule::Number(AMOUNT_AT_LEAST))
            }
            SLAVE => of(SLAVE, value, Self::Slave),
            _ => Err(BadBatchRule::Condition),
        }
    }
}

fn of<T: FromStr<Err = FormatError>>(
    name: &'static str,
    value: &str,
    condition: fn(T) -> BatchCondition,
) -> Result<BatchCondition, BadBatchRule> {
    value.parse().map(condition).map_err(|rule| BadBatchRule::Value(name, rule))
}

impl FromStr for BatchEffect {
    type Err = BadBatchRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            DROP => Ok(Self::Drop),
            DOUBLE => Ok(Self::Double),
            CHANGE_AMOUNT => Ok(Self::ChangeAmount),
            text => text.parse().map(Self::Answer),
        }
    }
}

impl FromStr for BatchAnswer {
    type Err = BadBatchRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = |text: &str| text.parse::<paygate::Code>().map_err(|_| BadBatchRule::Effect);
        match text.split_once('/') {
            Some((status, text)) => {
                Ok(Self { status: status.parse().map_err(|_| BadBatchRule::Effect)?, code: code(text)? })
            }
            // FAILED with the code of success is a contradiction: whoever wants it has to spell it out.
            None => code(text)
                .ok()
                .filter(|code| *code != paygate::Code::SUCCESS)
                .map(Self::from)
                .ok_or(BadBatchRule::Effect),
        }
    }
}

impl fmt::Display for BatchRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Where(condition, effect) => write!(f, "{condition}:{effect}"),
            Self::CutOff => f.write_str(CUT_OFF),
        }
    }
}

impl fmt::Display for BatchCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(step) => write!(f, "{EVERY}={step}"),
            Self::TransId(trans_id) => write!(f, "{TRANS_ID}={}", trans_id.as_str()),
            Self::TransIdBegins(begin) => write!(f, "{TRANS_ID_BEGINS}={}", begin.as_str()),
            Self::AmountEnds(ending) => write!(f, "{AMOUNT_ENDS}={}", ending.as_str()),
            Self::AmountAtLeast(least) => write!(f, "{AMOUNT_AT_LEAST}={least}"),
            Self::Slave(mid) => write!(f, "{SLAVE}={}", mid.as_str()),
        }
    }
}

impl fmt::Display for BatchEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(answered) => answered.fmt(f),
            Self::Drop => f.write_str(DROP),
            Self::Double => f.write_str(DOUBLE),
            Self::ChangeAmount => f.write_str(CHANGE_AMOUNT),
        }
    }
}

impl fmt::Display for BatchAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, code } = self;
        if *status == Self::FAILED && *code != paygate::Code::SUCCESS {
            return f.write_str(code.as_str());
        }
        write!(f, "{}/{}", status.as_str(), code.as_str())
    }
}

impl UnknownPayIds {
    /// The word for it, as the program and the API take it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::PayBack => "pay-back",
        }
    }
}

impl FromStr for UnknownPayIds {
    type Err = BadBatchRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = [Self::Refuse, Self::PayBack].into_iter().find(|known| known.as_str() == text);
        known.ok_or(BadBatchRule::UnknownPayIds)
    }
}

impl fmt::Display for UnknownPayIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_as_it_is_written() {
        for text in [
            "every=10:21550957",
            "trans-id=refund-7:PENDING/60000000",
            "trans-id=a:b=c:OK/00000000",
            "trans-id-begins=refund-:drop",
            "amount-ends=013:double",
            "amount-at-least=100000:change-amount",
            "slave=SlaveShop:FAILED/00000000",
            "cut-off",
        ] {
            assert_eq!(text.parse::<BatchRule>().unwrap().to_string(), text);
        }
        assert_eq!("every=1:FAILED/21550957".parse(), "every=1:21550957".parse::<BatchRule>());
        for unknown in [UnknownPayIds::Refuse, UnknownPayIds::PayBack] {
            assert_eq!(unknown.to_string().parse(), Ok(unknown));
        }
    }

    #[test]
    fn what_is_no_rule_is_told_by_what_is_wrong_with_it() {
        for (text, wrong) in [
            ("", BadBatchRule::Colon),
            ("drop", BadBatchRule::Colon),
            ("every=10", BadBatchRule::Colon),
            (":drop", BadBatchRule::Condition),
            ("each=10:drop", BadBatchRule::Condition),
            ("every=0:drop", BadBatchRule::Number("every")),
            ("every=-1:drop", BadBatchRule::Number("every")),
            ("amount-at-least=:drop", BadBatchRule::Number("amount-at-least")),
            ("amount-ends=1a:drop", BadBatchRule::Digits),
            ("amount-ends=1234567890123:drop", BadBatchRule::Digits),
            ("trans-id=:drop", BadBatchRule::Value("trans-id", FormatError::Empty)),
            ("every=2:", BadBatchRule::Effect),
            ("every=2:lose", BadBatchRule::Effect),
            ("every=2:2155095", BadBatchRule::Effect),
            ("every=2:00000000", BadBatchRule::Effect),
            ("every=2:/21550957", BadBatchRule::Effect),
            ("every=2:A,B/21550957", BadBatchRule::Effect),
        ] {
            assert_eq!(text.parse::<BatchRule>(), Err(wrong), "{text:?}");
        }
        assert_eq!("yes".parse::<UnknownPayIds>(), Err(BadBatchRule::UnknownPayIds));
    }
}
