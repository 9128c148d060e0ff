//! The judgement: what a gateway's amounts say about a refund of which it did not say enough itself.

use super::lock::Heard;
use std::time::Duration;

/// What holds for refunds that were sent and not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundRules {
    /// For how long after it was sent a refund may still be open at the gateway, though nobody said so: before that, it is not
    /// sent again. One hour, since that late harms nobody, and Paygate does twice what is sent again while it is open.
    pub resend_after: Duration,
    /// How often one is sent at most. 3.
    pub most_sendings: u32,
    /// How often the gateway is asked after one was sent, before a person must look. 14: for ten days.
    pub most_questions: u32,
    /// For how long after the first sending the gateway knows the reference; later, it is not sent again. Paygate: twelve
    /// months, of which 360 days are used.
    pub reference_life: Duration,
}

impl Default for RefundRules {
    fn default() -> Self {
        Self {
            resend_after: Duration::from_secs(60 * 60),
            most_sendings: 3,
            most_questions: 14,
            reference_life: Duration::from_secs(360 * 24 * 60 * 60),
        }
    }
}

/// What is known of a refund when the gateway tells its amounts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// The sum of what is done of the payment, and how much this refund is.
    pub(super) done: u64,
    pub(super) amount: u64,
    /// `done` has not changed since the question was begun, and no other refund of the payment is out.
    pub(super) is_alone: bool,
    pub(super) heard: Heard,
    pub(super) sendings: u32,
    pub(super) questions: u32,
    pub(super) since_first: Duration,
    pub(super) since_last: Duration,
}

/// What the amounts say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Done,
    Refused,
    SendAgain,
    AskLater,
    Person(&'static str),
}

pub(super) const NOT_ADDING_UP: &str =
    "what the gateway gave back is neither the sum with this refund nor without it";
pub(super) const NOT_TOLD: &str = "the gateway was asked often, and did not tell";
pub(super) const TOO_OLD: &str =
    "the gateway does not know the reference any more: sent again, it might be done twice";
/// It counted as settled, and its bytes were purged.
pub(super) const FORGOTTEN: &str = "nothing came of it, and what would be sent again is purged";
pub(super) const SENT_OFTEN: &str = "it was sent often, and nothing came of it";

/// Holds what the gateway `credited` of the payment against what the ledger knows as done.
///
/// Nothing but the sum without this refund, after the time in which it could be open, lets it be sent again; and nothing but the
/// sum with it lets it be done. Money that somebody gave back elsewhere, and did not record, makes neither.
pub(super) fn judge(case: &Case, credited: Option<u64>, rules: &RefundRules) -> Verdict {
    let later =
        if case.questions >= rules.most_questions { Verdict::Person(NOT_TOLD) } else { Verdict::AskLater };
    let Some(credited) = credited.filter(|_| case.is_alone) else { return later };
    if case.done.checked_add(case.amount) == Some(credited) {
        return Verdict::Done;
    }
    if credited != case.done {
        return Verdict::Person(NOT_ADDING_UP);
    }
    if case.heard == Heard::Open || case.since_last < rules.resend_after {
        later
    } else if case.heard == Heard::Refused {
        Verdict::Refused
    } else if case.since_first >= rules.reference_life {
        Verdict::Person(TOO_OLD)
    } else if case.sendings >= rules.most_sendings {
        Verdict::Person(SENT_OFTEN)
    } else {
        Verdict::SendAgain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    prop_compose! {
        fn cases()(
            done in 0_u64..5, amount in 1_u64..5, is_alone: bool, sendings in 1_u32..5, questions in 1_u32..20,
            heard in prop_oneof![Just(Heard::Nothing), Just(Heard::Open), Just(Heard::Refused)],
            first in 0_u32..500, last in 0_u32..100,
        ) -> Case {
            let since_last = Duration::from_secs(120).saturating_mul(last);
            let since_first = since_last.max(DAY.saturating_mul(first));
            Case { done, amount, is_alone, heard, sendings, questions, since_first, since_last }
        }
    }

    proptest! {
        #[test]
        fn each_verdict_has_its_grounds(case in cases(), credited in proptest::option::of(0_u64..12)) {
            let rules = RefundRules::default();
            let nothing = credited == Some(case.done);
            match judge(&case, credited, &rules) {
                Verdict::Done => prop_assert_eq!(credited, case.done.checked_add(case.amount)),
                Verdict::SendAgain => {
                    prop_assert!(nothing && case.is_alone && case.heard == Heard::Nothing);
                    prop_assert!(case.since_last >= rules.resend_after && case.since_first < rules.reference_life);
                    prop_assert!(case.sendings < rules.most_sendings);
                }
                Verdict::Refused => {
                    prop_assert!(nothing && case.heard == Heard::Refused && case.since_last >= rules.resend_after);
                }
                Verdict::AskLater => prop_assert!(case.questions < rules.most_questions),
                Verdict::Person(NOT_ADDING_UP) => {
                    prop_assert!(!nothing && credited != case.done.checked_add(case.amount));
                }
                Verdict::Person(NOT_TOLD) => prop_assert!(case.questions >= rules.most_questions),
                Verdict::Person(_) => prop_assert!(nothing),
            }
        }
    }

    fn case() -> Case {
        Case {
            done: 100,
            amount: 50,
            is_alone: true,
            heard: Heard::Nothing,
            sendings: 1,
            questions: 3,
            since_first: DAY,
            since_last: DAY,
        }
    }

    #[test]
    fn a_reference_older_than_twelve_months_is_not_sent_again_and_its_amounts_still_count() {
        let rules = RefundRules::default();
        let old = Case { since_first: DAY.saturating_mul(360), ..case() };
        assert_eq!(judge(&case(), Some(100), &rules), Verdict::SendAgain);
        assert_eq!(judge(&old, Some(100), &rules), Verdict::Person(TOO_OLD));
        assert_eq!(judge(&old, Some(150), &rules), Verdict::Done);
    }

    #[test]
    fn not_told_is_not_nothing() {
        assert_eq!(judge(&case(), None, &RefundRules::default()), Verdict::AskLater);
        let asked = Case { questions: 14, ..case() };
        assert_eq!(judge(&asked, None, &RefundRules::default()), Verdict::Person(NOT_TOLD));
    }

    #[test]
    fn what_may_be_open_is_not_sent_again() {
        let rules = RefundRules::default();
        let young = Case { since_last: Duration::from_secs(3599), ..case() };
        let open = Case { heard: Heard::Open, ..case() };
        assert_eq!(judge(&young, Some(100), &rules), Verdict::AskLater);
        assert_eq!(judge(&open, Some(100), &rules), Verdict::AskLater);
        assert_eq!(judge(&young, Some(150), &rules), Verdict::Done);
    }

    #[test]
    fn amounts_that_do_not_add_up_need_a_person() {
        let rules = RefundRules::default();
        for credited in [0, 99, 101, 149, 151, 200, u64::MAX] {
            assert_eq!(judge(&case(), Some(credited), &rules), Verdict::Person(NOT_ADDING_UP));
        }
        let huge = Case { done: u64::MAX, ..case() };
        assert_eq!(judge(&huge, Some(49), &rules), Verdict::Person(NOT_ADDING_UP));
    }
}
