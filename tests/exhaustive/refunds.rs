//! What can happen to refunds: shopkeepers with pages of different ages, tellers who die, answers that are lost or late.

use crate::deeds::{Deed, Heard, Outcome};
use crate::hands::{Amount, Hand, State, Way};
use crate::machine::{Next, Shop, Step};

/// A refund as the ledger has it.
#[derive(Clone, Copy)]
struct Row<'a> {
    id: i64,
    stands: &'a str,
    due: &'a str,
    asks: &'a str,
    last_sent: &'a str,
    heard: &'a str,
}

impl Shop {
    pub(crate) async fn refund(&mut self, state: &State, next: &mut Next) -> Result<(), String> {
        self.click(state, next).await;
        let columns = ["id", "state", "due_at", "asks", "last_sent_at", "heard", "tries"];
        let content = std::rc::Rc::clone(&self.world.contents[state.content]);
        let rows = content.rows(&self.world.pen, "gateway_refunds", columns);
        for [id, stands, due, asks, last_sent, heard, tries] in rows {
            let row = Row { id: id.parse().unwrap(), stands, due, asks, last_sent, heard };
            self.time_passes(state, row, next);
            self.take(state, (row.id, tries.parse().unwrap()), next).await;
            if state.gateway.is_open(row.id) {
                for is_done in [true, false] {
                    let mut after = state.clone();
                    after.gateway.finish(row.id, is_done);
                    next.push((Step::Finishes(row.id, is_done), after));
                }
            } else if row.stands == "person" && !state.hands.iter().any(|hand| sends(hand, row.id)) {
                // A person looks at what Paygate has done, and not before that is over.
                let deed = Deed::Decide { refund: row.id, was_given_back: state.gateway.times(row.id) > 0 };
                self.did(state, deed, None, next).await;
            }
        }
        for hand in 0..state.hands.len() {
            match state.hands[hand] {
                Hand::Sends { refund, is_current, way } => {
                    self.send(state, hand, (refund, is_current, way), next).await?;
                }
                Hand::Asks { refund, is_current, done, answer } => {
                    self.ask(state, hand, (refund, is_current, done, answer), next).await?;
                }
                Hand::Free | Hand::Handles(_) => {}
            }
        }
        Ok(())
    }

    /// The shopkeeper's page may be as old as the order, or new.
    async fn click(&mut self, state: &State, next: &mut Next) {
        let rows = self.world.rows(state.content, "gateway_refunds", ["amount", "state"]);
        let taken = rows.iter().filter(|[_, stands]| *stands != "refused");
        let taken: u64 = taken.map(|[amount, _]| amount.parse::<u64>().unwrap()).sum();
        for form in 0..self.scope.forms.len() {
            for seen in [0, taken] {
                self.did(state, Deed::GiveBack { form, seen }, None, next).await;
                if taken == 0 {
                    break;
                }
            }
        }
    }

    /// Does a deed, after which a hand holds something else.
    async fn did(
        &mut self,
        state: &State,
        deed: Deed,
        hand: Option<(usize, Hand)>,
        next: &mut Next,
    ) -> Outcome {
        let came = self.world.after(state.content, deed).await;
        let mut after = State { content: came.content, ..state.clone() };
        for hand in &mut after.hands {
            match hand {
                Hand::Asks { refund, is_current, .. } if came.moved.contains(refund) => *is_current = false,
                Hand::Sends { refund, is_current, .. } if deed == Deed::ClaimToSend(*refund) => {
                    *is_current = *is_current && !came.moved.is_empty() && came.outcome == Outcome::Nothing;
                }
                _ => {}
            }
        }
        if let Some((number, holds)) = hand {
            after.hands[number] = holds;
        }
        next.push((Step::Did(deed), after));
        came.outcome
    }

    fn time_passes(&mut self, state: &State, row: Row<'_>, next: &mut Next) {
        let Row { id, stands, due, asks, last_sent, heard } = row;
        let is_asked_often = self.scope.is_asked_often;
        let mut with = |step, column, cell: &str| {
            let content =
                self.world.contents[state.content].with(&self.world.pen, "gateway_refunds", id, column, cell);
            let content = self.world.number(content);
            next.push((step, State { content, ..state.clone() }));
        };
        if matches!(stands, "done" | "refused" | "person") {
            return;
        }
        if due == "due" && stands == "planned" && last_sent != "NULL" {
            with(Step::WaitsForLong(id), "due_at", "stale");
        }
        if (is_asked_often || heard == "open") && stands == "unknown" && asks == "0" {
            with(Step::AskedOften(id), "asks", "13");
        }
        // What nobody called open is not open for so long, and does not stay on its way for so long.
        let is_out = state.hands.iter().any(
            |hand| matches!(hand, Hand::Sends { refund, way: Way::Out | Way::Adrift, .. } if *refund == id),
        );
        if last_sent == "young" && !is_out && (heard == "open" || !state.gateway.is_open(id)) {
            with(Step::AnHourPasses(id), "last_sent_at", "old");
        }
    }

    async fn take(&mut self, state: &State, (refund, tries): (i64, u32), next: &mut Next) {
        let Some(free) = state.hands.iter().position(|hand| *hand == Hand::Free) else { return };
        let came = self.world.after(state.content, Deed::ClaimToSend(refund)).await;
        if came.outcome == Outcome::Done && tries < self.scope.sendings {
            let mut after = State { content: came.content, ..state.clone() };
            for hand in &mut after.hands {
                match hand {
                    Hand::Sends { refund: of, is_current, .. }
                    | Hand::Asks { refund: of, is_current, .. }
                        if *of == refund =>
                    {
                        *is_current = false;
                    }
                    _ => {}
                }
            }
            after.hands[free] = Hand::Sends { refund, is_current: true, way: Way::Out };
            next.push((Step::Did(Deed::ClaimToSend(refund)), after));
        }
        let came = self.world.after(state.content, Deed::ClaimToAsk(refund)).await;
        if let Outcome::Asking { done } = came.outcome {
            let mut after = State { content: came.content, ..state.clone() };
            for hand in &mut after.hands {
                if let Hand::Asks { refund: of, is_current, .. } = hand
                    && *of == refund
                {
                    *is_current = false;
                }
            }
            after.hands[free] = Hand::Asks { refund, is_current: true, done, answer: Amount::NotAskedYet };
            next.push((Step::Did(Deed::ClaimToAsk(refund)), after));
        }
    }

    async fn send(
        &mut self,
        state: &State,
        hand: usize,
        (refund, is_current, way): (i64, bool, Way),
        next: &mut Next,
    ) -> Result<(), String> {
        let holds = |way| Hand::Sends { refund, is_current, way };
        if let Way::Out | Way::Adrift = way {
            for fate in self.scope.fates.clone() {
                let mut after = state.clone();
                let heard = after.gateway.receive(refund, fate);
                after.hands[hand] = if way == Way::Out { holds(Way::Answered(heard)) } else { Hand::Free };
                next.push((Step::Arrives(refund, fate), after));
            }
        }
        let free = (hand, Hand::Free);
        let settle = |heard| Deed::Settle { refund, is_current, heard };
        match way {
            Way::Adrift => next.push((Step::NeverArrives(refund), state.with_hand(hand, Hand::Free))),
            Way::Out => {
                // Whoever sends dies, or gives up; either way the request may arrive.
                next.push((Step::Dies(holds(way)), state.with_hand(hand, holds(Way::Adrift))));
                self.did(state, settle(Heard::Nothing), Some((hand, holds(Way::Adrift))), next).await;
                self.did(state, settle(Heard::NotSent), Some(free), next).await;
            }
            Way::Answered(heard) => {
                next.push((Step::Dies(holds(way)), state.with_hand(hand, Hand::Free)));
                // What an older sending heard is not looked at, whatever it is.
                let told = if is_current { [heard, Heard::Nothing] } else { [Heard::Done; 2] };
                for heard in told {
                    let outcome = self.did(state, settle(heard), Some(free), next).await;
                    if !is_current && outcome != Outcome::Lost {
                        return Err(format!("an answer to an older sending counts: {outcome:?}"));
                    }
                }
            }
        }
        Ok(())
    }

    async fn ask(
        &mut self,
        state: &State,
        hand: usize,
        (refund, is_current, done, answer): (i64, bool, u64, Amount),
        next: &mut Next,
    ) -> Result<(), String> {
        next.push((Step::Dies(state.hands[hand]), state.with_hand(hand, Hand::Free)));
        let Amount::Answered(credited) = answer else {
            let amounts =
                self.world.forms.iter().zip(1..).map(|(form, id)| form.cents * state.gateway.times(id));
            for credited in [Some(amounts.sum()), None] {
                let holds = Hand::Asks { refund, is_current, done, answer: Amount::Answered(credited) };
                next.push((Step::AskedAtPaygate(refund, credited), state.with_hand(hand, holds)));
            }
            return Ok(());
        };
        let credited = credited.filter(|_| is_current);
        let deed = Deed::Resolve { refund, is_current, done, credited };
        let outcome = self.did(state, deed, Some((hand, Hand::Free)), next).await;
        if is_current == (outcome == Outcome::Lost) {
            return Err(format!("a question that is the newest, {is_current}, came to {outcome:?}"));
        }
        Ok(())
    }
}

fn sends(hand: &Hand, of: i64) -> bool {
    matches!(hand, Hand::Sends { refund, .. } | Hand::Asks { refund, .. } if *refund == of)
}
