//! Files on the walks: made, lost, made again, handed over, withdrawn, answered late or never.

use super::{Fate, Move, Walk};
use crate::refunds::{in_a_change, ledger, of};
use gateway_inbox::{Answer, FileAnswer, RefundRow, RefundState};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
pub(super) enum HandOver {
    /// It is, and its answer comes later.
    Yes,
    /// It is, and its answer never comes.
    Unanswered,
    /// The process dies before: the next one makes the same file.
    Crash,
    /// It never will be.
    Withdrawn,
}

#[derive(Default)]
pub(super) struct Files {
    /// The one that was made, and not handed over yet.
    made: Option<String>,
    handed_over: Vec<String>,
    answers: Vec<(String, String, FileAnswer<'static>)>,
}

pub(super) fn moves() -> impl Strategy<Value = Move> {
    let what = prop_oneof![
        4 => Just(HandOver::Yes),
        1 => Just(HandOver::Unanswered),
        1 => Just(HandOver::Crash),
        1 => Just(HandOver::Withdrawn),
    ];
    (0..4_u32, 0..3_usize, what).prop_map(|(at_most, fate, what)| Move::File { at_most, fate, what })
}

impl Walk<'_> {
    pub(super) async fn file(&mut self, at_most: u32, fate: usize, what: HandOver) {
        let again = self.files.made.take();
        let was_made = again.is_some();
        let file = again.unwrap_or_else(|| self.next_name());
        let refunds = ledger(self.shop).claim_for_file("paygate", "", &file, at_most).await.unwrap().refunds;
        assert!(was_made || refunds.len() <= at_most as usize);
        assert!(refunds.iter().all(|refund| refund.state() == RefundState::Sent));
        let is_answered = match what {
            HandOver::Crash => {
                // With nothing in it, it would get others the next time.
                self.files.made = (!refunds.is_empty()).then_some(file);
                return;
            }
            HandOver::Withdrawn => {
                let withdrawn =
                    in_a_change!(self.shop, |change| ledger(self.shop).withdraw_file(change, &file));
                assert_eq!(withdrawn.unwrap(), refunds.len() as u64);
                return;
            }
            HandOver::Yes => true,
            HandOver::Unanswered => false,
        };
        for (number, refund) in refunds.iter().enumerate() {
            assert!(refund.request().is_some());
            let fate = [Fate::Done, Fate::Refused, Fate::Lost][(fate + number) % 3];
            let answer = match self.gateway.receive(refund.reference(), refund.amount(), fate) {
                Answer::Done => FileAnswer::Done,
                Answer::Refused { why } => FileAnswer::Refused { why },
                _ => FileAnswer::Unclear { why: "missing from the answer" },
            };
            if is_answered {
                self.files.answers.push((file.clone(), refund.reference().to_owned(), answer));
            }
        }
        self.files.handed_over.push(file);
    }

    pub(super) async fn file_answer(&mut self) {
        for (file, reference, answer) in self.files.answers.drain(..) {
            let ledger = ledger(self.shop);
            in_a_change!(self.shop, |change| ledger.settle_in_file(change, &file, &reference, answer))
                .unwrap();
        }
    }

    /// Those in files that were handed over, for a person who has waited for long enough.
    pub(super) async fn without_an_answer(&self) -> Vec<RefundRow> {
        let mut rows = of(self.shop, &self.payment).await.rows;
        let was_handed_over =
            |row: &RefundRow| row.file.as_ref().is_some_and(|file| self.files.handed_over.contains(file));
        rows.retain(|row| row.state == RefundState::Sent && was_handed_over(row));
        rows
    }
}
