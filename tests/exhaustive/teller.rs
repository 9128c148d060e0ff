//! The deeds of the teller and of people who decide, as the shop does them; Paygate's part is the walk's.

use crate::deeds::{Deed, Heard, Outcome};
use crate::mutant::Mutant;
use crate::world::World;
use gateway_inbox::{Answer, RefundId, SettleError};
use shop::store::NotWritten;
use sqlx::Executor;
use std::time::Duration;

/// No walk takes so long.
const LEASE: Duration = Duration::from_secs(24 * 3600);

impl World {
    pub(crate) async fn tell_the_ledger(&mut self, deed: Deed) -> Outcome {
        let process = &self.processes[self.deeds % 2];
        let store = &process.store;
        let ledger = store.ledger();
        match deed {
            Deed::ClaimToSend(refund) => {
                self.pen.connection().execute(&*others_are_put_off(refund)).await.unwrap();
                let Some(sending) = ledger.claim_to_send(LEASE).await.unwrap() else {
                    return Outcome::Nothing;
                };
                assert!(sending.id().get() == refund && sending.request().is_some());
                self.sendings.insert(refund, sending);
                Outcome::Done
            }
            Deed::ClaimToAsk(refund) => {
                self.pen.connection().execute(&*others_are_put_off(refund)).await.unwrap();
                let done = "SELECT coalesce(sum(amount), 0) FROM gateway_refunds WHERE state = 'done'";
                let done: i64 = sqlx::query_scalar(done).fetch_one(self.pen.connection()).await.unwrap();
                let Some(asking) = ledger.claim_to_ask(LEASE).await.unwrap() else { return Outcome::Nothing };
                assert_eq!(asking.id().get(), refund);
                let done = done.unsigned_abs();
                self.askings.insert((refund, done), asking);
                Outcome::Asking { done }
            }
            Deed::Settle { refund, heard, .. } => {
                let sending = &self.sendings[&refund];
                let of = store.refund_of(sending.id()).await.unwrap().unwrap();
                let answer = match heard {
                    Heard::Done => Answer::Done,
                    Heard::Refused => Answer::Refused { why: "code 22050001" },
                    Heard::Open => Answer::Open,
                    Heard::Nothing => Answer::Unknown { why: "no answer" },
                    Heard::NotSent => Answer::NotSent { why: "no connection" },
                };
                let outcome = stands(store.settle(sending, &of, answer).await);
                if self.mutant == Some(Mutant::SendsAgainUnasked) && heard == Heard::Nothing {
                    let sql = "UPDATE gateway_refunds SET state = 'planned', tries = 0, token = token + 1 WHERE state = 'unknown'";
                    self.pen.connection().execute(sql).await.unwrap();
                }
                outcome
            }
            Deed::Resolve { refund, done, credited, .. } => {
                let asking = &self.askings[&(refund, done)];
                let of = store.refund_of(asking.id()).await.unwrap().unwrap();
                let credited = if self.mutant == Some(Mutant::TakesSilenceForNothing) {
                    let sql = "UPDATE gateway_refunds SET last_sent_at = 0";
                    self.pen.connection().execute(sql).await.unwrap();
                    Some(credited.unwrap_or(0))
                } else {
                    credited
                };
                stands(store.resolve(asking, &of, credited).await)
            }
            Deed::Decide { refund, was_given_back } => {
                if store.decide(RefundId::new(refund), was_given_back).await.unwrap() {
                    Outcome::Done
                } else {
                    Outcome::Nothing
                }
            }
            _ => unreachable!("{deed:?} is none of the teller's"),
        }
    }

    /// As the ledger would begin a refund, if what is under way did not count.
    pub(crate) async fn give_back_by_what_is_done(&mut self, form: usize) -> Outcome {
        let cents = self.forms[form].cents;
        let key = self.once(form);
        let sql = format!(
            "INSERT OR IGNORE INTO gateway_payments (payment, gateway, paid, currency)
                 SELECT payment, gateway, 1290, 'EUR' FROM gateway_inbox WHERE acknowledged = 1 LIMIT 1;
             INSERT INTO gateway_refunds (payment, once, gateway, channel, amount, reference, request, state, due_at, created_at)
                 SELECT payment, {key}, gateway, 'online', {cents}, 'ref-{form}', x'00', 'planned', 0, 0 FROM gateway_payments
                 WHERE (SELECT coalesce(sum(amount), 0) FROM gateway_refunds WHERE state = 'done') + {cents} <= paid
                 ON CONFLICT DO NOTHING;
             INSERT INTO refunds (refund_id, payment_id, trans_id)
                 SELECT id, 1, 'back-' || id FROM gateway_refunds WHERE id NOT IN (SELECT refund_id FROM refunds)"
        );
        self.pen.connection().execute(&*sql).await.unwrap();
        Outcome::Done
    }
}

fn stands(written: Result<gateway_inbox::RefundState, NotWritten>) -> Outcome {
    match written {
        Ok(state) => Outcome::Stands(state),
        Err(NotWritten::Settle(SettleError::Lost)) => Outcome::Lost,
        Err(error) => panic!("{error}"),
    }
}

fn others_are_put_off(refund: i64) -> String {
    format!("UPDATE gateway_refunds SET due_at = {} WHERE id <> {refund}", i64::MAX)
}
