//! How deeds are done: by the shop's own code, on the content that is asked for.

use crate::deeds::{Deed, Held, Outcome, Until};
use crate::event::{SECOND, Says};
use crate::keeper::Keeper;
use crate::mutant::Mutant;
use crate::world::{Came, World, leave};
use actix_web::test::TestRequest;
use gateway_inbox::{Claim, CompleteError, Handler, Worker};
use shop::refund::{GiveBack, Way};
use shop::store::Turn;
use sqlx::Executor;
use std::time::Duration;

/// The token of all rows, where what was claimed is to be the newest. Those that are older have this one; to make them so, the rows
/// have a greater one.
const TOKEN: i64 = 1000;
const GREATER: i64 = 2000;

impl World {
    pub(crate) async fn perform(&mut self, content: usize, deed: Deed) -> Came {
        let token = match deed {
            // What is claimed gets the next one.
            Deed::Claim(_) | Deed::ClaimToSend(_) | Deed::ClaimToAsk(_) => TOKEN - 1,
            Deed::Handle(Held { is_current: false, .. }, _)
            | Deed::Settle { is_current: false, .. }
            | Deed::Resolve { is_current: false, .. } => GREATER,
            Deed::Settle { refund, .. } => self.token_to_settle(content, refund),
            _ => TOKEN,
        };
        let before = self.contents[content].as_ref().clone();
        let claim = match deed {
            Deed::Handle(held, _) => Some(self.claim_as(content, held).await),
            _ => None,
        };
        self.pen.write(&before, token).await;
        let outcome = self.act(deed, claim).await;
        let (mut after, tokens) = self.pen.read().await;
        if let Deed::ClaimToSend(refund) | Deed::ClaimToAsk(refund) = deed {
            // The others were put off, so that this one and no other was taken.
            for [id, due] in before.rows(&self.pen, "gateway_refunds", ["id", "due_at"]) {
                let id = id.parse().unwrap();
                if id != refund {
                    after = after.with(&self.pen, "gateway_refunds", id, "due_at", due);
                }
            }
        }
        let moved = tokens.into_iter().filter(|(_, now)| *now != token).map(|(refund, _)| refund).collect();
        Came { content: self.number(after), outcome, moved }
    }

    async fn act(&mut self, deed: Deed, claim: Option<Claim>) -> Outcome {
        let process = &self.processes[self.deeds % 2];
        let store = &process.store;
        match deed {
            Deed::Tell(event) => {
                let request = TestRequest::post().uri("/notify").set_payload(self.events[event].form.clone());
                Outcome::Answered((process.answering)(request).await)
            }
            Deed::Bring(event) => {
                let event = &self.events[event];
                let page = if event.says == Says::Failed { "failure" } else { "success" };
                let request = TestRequest::get().uri(&format!("/{page}?{}", event.form));
                Outcome::Answered((process.answering)(request).await)
            }
            Deed::Claim(delivery) => {
                let others = format!("UPDATE gateway_inbox SET due_at = {} WHERE id <> {delivery}", i64::MAX);
                self.pen.connection().execute(&*others).await.unwrap();
                match store.inbox().claim(1, Duration::ZERO).await.unwrap().pop() {
                    Some(claim) => Outcome::Claimed { was_acknowledged: claim.is_acknowledged() },
                    None => Outcome::Nothing,
                }
            }
            Deed::Handle(_, until) => self.handle(claim.unwrap(), until).await,
            Deed::Drain => {
                let keeper = Keeper::new(store, self.mutant);
                let drained = Worker::new(store.inbox().clone(), keeper).drain().await.unwrap();
                assert_eq!(drained.failed, 0);
                Outcome::Done
            }
            Deed::AnotherBasket => {
                let mut change = store.change().await.unwrap();
                let mut turn = Turn::of_order(&mut change, 1).await.unwrap().unwrap();
                let order = store.order_of_turn(&mut turn, 1).await.unwrap().unwrap();
                if order.attempts().count() > 1 || !order.view().may_pay_again() {
                    return Outcome::Nothing;
                }
                leave(store, &mut turn, 1, 1, SECOND).await;
                change.commit().await.unwrap();
                Outcome::Done
            }
            Deed::GiveBack { form, seen } => self.give_back(form, seen).await,
            _ => self.tell_the_ledger(deed).await,
        }
    }

    async fn handle(&self, claim: Claim, until: Until) -> Outcome {
        let store = &self.processes[self.deeds % 2].store;
        let keeper = Keeper::new(store, self.mutant);
        let row = format!("WHERE key = X'{}'", hex::encode(claim.key().as_bytes()));
        let mut change = store.change().await.unwrap();
        if self.mutant == Some(Mutant::CompletesFirst) {
            let sql =
                format!("UPDATE gateway_inbox SET done_at = 0 {row} AND token = {TOKEN} AND done_at IS NULL");
            if change.execute(&*sql).await.unwrap().rows_affected() == 0 {
                return Outcome::Lost;
            }
            change.commit().await.unwrap();
            if until != Until::Committed {
                return Outcome::Nothing;
            }
            change = store.change().await.unwrap();
            keeper.handle(&claim, &mut change).await.unwrap();
            change.commit().await.unwrap();
            return Outcome::Done;
        }
        keeper.handle(&claim, &mut change).await.unwrap();
        if until == Until::Handled {
            return Outcome::Nothing;
        }
        if self.mutant == Some(Mutant::CompletesWithoutToken) {
            let sql = format!("UPDATE gateway_inbox SET done_at = 0 {row}");
            change.execute(&*sql).await.unwrap();
        } else {
            match claim.complete(store.inbox(), &mut change).await {
                Ok(()) => {}
                Err(CompleteError::Lost) => {
                    change.rollback().await.unwrap();
                    return Outcome::Lost;
                }
                Err(error) => panic!("{error}"),
            }
        }
        if until == Until::Completed {
            return Outcome::Nothing;
        }
        change.commit().await.unwrap();
        Outcome::Done
    }

    /// A claim as it is in the memory of whoever has made it: the real one, made when the row stood as it did then.
    async fn claim_as(&mut self, content: usize, held: Held) -> Claim {
        let Held { delivery, was_acknowledged, .. } = held;
        let stock = (delivery, was_acknowledged);
        if self.claims.get(&stock).is_none_or(Vec::is_empty) {
            let content = self.contents[content].as_ref().clone();
            self.pen.write(&content, TOKEN).await;
            let mut claims = Vec::new();
            for _ in 0..8 {
                let sql = format!(
                    "UPDATE gateway_inbox SET due_at = CASE WHEN id = {delivery} THEN 0 ELSE {} END,
                         token = {} , done_at = NULL, acknowledged = {}",
                    i64::MAX,
                    TOKEN - 1,
                    i64::from(was_acknowledged)
                );
                self.pen.connection().execute(&*sql).await.unwrap();
                let inbox = self.processes[0].store.inbox();
                claims.extend(inbox.claim(1, Duration::ZERO).await.unwrap());
            }
            self.claims.insert(stock, claims);
        }
        self.claims.get_mut(&stock).and_then(Vec::pop).unwrap()
    }

    async fn give_back(&mut self, form: usize, seen: u64) -> Outcome {
        if self.mutant == Some(Mutant::CountsOnlyDone) {
            return self.give_back_by_what_is_done(form).await;
        }
        let (process, page) = (&self.processes[self.deeds % 2], &self.forms[form]);
        let form = GiveBack { order: 1, payment: 1, amount: page.amount, seen, once: page.once };
        match process.shop.give_back(&form, Way::Paygate).await {
            Ok(Ok(())) => Outcome::Done,
            // There is no payment yet, or not enough is left.
            Ok(Err(_)) | Err(_) => Outcome::Nothing,
        }
    }

    /// The token of the rows for which a sending that has [`TOKEN`] is the newest.
    fn token_to_settle(&self, content: usize, refund: i64) -> i64 {
        let rows = self.rows(content, "gateway_refunds", ["id", "sent_token"]);
        let row = rows.into_iter().find(|[id, _]| *id == refund.to_string()).unwrap();
        TOKEN - row[1].parse::<i64>().unwrap()
    }
}
