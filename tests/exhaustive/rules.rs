//! The rules for money, as what is walked can break them: by what was told, never by the code that was told it.

use crate::deeds::Deed;
use crate::event::{Event, Says};
use crate::hands::{Hand, State, Way};
use crate::machine::Shop;
use shop::state::{Flags, State as Stands};
use shop::store::Order;
use std::rc::Rc;

fn holds(rule: &str, is_so: bool, told: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(format!("{rule}: {}", told())) }
}

impl Shop {
    /// What must hold in each state, and in what comes of it when all workers have come to their end.
    pub(crate) async fn rules(&mut self, state: &State) -> Result<(), String> {
        let order = self.world.order(state.content).await;
        self.no_false_paid(state, &order)?;
        self.handled_once(state.content)?;
        self.refunds_within_what_was_paid(state, &order)?;
        let mut drained = state.content;
        if self.is_anything_left(drained) {
            drained = self.world.after(drained, Deed::Drain).await.content;
            let left = self.is_anything_left(drained);
            holds("all comes to an end", !left, || "something is left when all have worked".to_owned())?;
        }
        let order = self.world.order(drained).await;
        self.no_false_paid(state, &order)?;
        self.handled_once(drained)?;
        self.nothing_lost(state, drained, &order)
    }

    fn is_anything_left(&self, content: usize) -> bool {
        self.world.rows(content, "gateway_inbox", ["done_at"]).into_iter().any(|[done]| done == "NULL")
    }

    /// What must hold of a step.
    pub(crate) async fn rules_of_a_step(&mut self, before: &State, after: &State) -> Result<(), String> {
        if before.content == after.content {
            return Ok(());
        }
        let (old, new) = (self.world.order(before.content).await, self.world.order(after.content).await);
        for (_, was) in old.payments() {
            let is = new.payments().find(|(_, is)| is.pay_id == was.pay_id).map(|(_, is)| is.clone());
            let told = || format!("{was:?} became {is:?}");
            let is_kept = is.as_ref().is_some_and(|is| is.state >= was.state);
            holds("a state never falls", is_kept, told)?;
            let flags_are_kept = is.as_ref().is_some_and(|is| is.flags.has(was.flags));
            holds("what is odd stays told", flags_are_kept, told)?;
        }
        Ok(())
    }

    fn sent(&self, bits: u32) -> impl Iterator<Item = &Event> {
        self.scope
            .events
            .iter()
            .enumerate()
            .filter(move |(number, _)| bits & (1 << number) != 0)
            .map(|(_, event)| event)
    }

    /// Paid is what Paygate has said of this payment of this attempt, and an order by what is wanted of it now.
    fn no_false_paid(&self, state: &State, order: &Order) -> Result<(), String> {
        for (attempt, payment) in order.payments().filter(|(_, payment)| payment.state >= Stands::Paid) {
            let (trans_id, pay_id) = (attempt.attempt.trans_id().as_str(), payment.pay_id.as_str());
            let was_told = self.sent(state.sent).any(|event| {
                event.says == Says::Paid && (event.trans_id, event.pay_id) == (trans_id, pay_id)
            });
            holds("no false paid", was_told, || {
                format!("nobody has told that {pay_id} paid for {trans_id}")
            })?;
        }
        let is_paid = order.view().state == Stands::Paid;
        let fits = order.payments().any(|(attempt, payment)| {
            payment.state == Stands::Paid && attempt.want.costs == order.want().costs
        });
        holds("no false paid", !is_paid || fits, || {
            format!("the order is, and {:?} is wanted", order.want().costs)
        })
    }

    /// All that follows from a delivery is there once, and with the delivery's end.
    fn handled_once(&mut self, content: usize) -> Result<(), String> {
        if !self.looked_at.insert(content) {
            return Ok(());
        }
        let done = self.world.rows(content, "gateway_inbox", ["done_at"]);
        let done = done.into_iter().filter(|[done]| *done != "NULL").count();
        let callbacks = self.world.rows(content, "callbacks", ["trans_id", "applied", "count"]);
        let handled: usize = callbacks.iter().map(|[_, _, count]| count.parse::<usize>().unwrap()).sum();
        holds("handled once", handled == done, || {
            format!("{done} have come to their end, and {handled} were handled")
        })?;
        let bought = callbacks.iter().filter(|[_, applied, _]| matches!(*applied, "open" | "paid"));
        let bought = bought
            .map(|[trans_id, ..]| if *trans_id == crate::event::FIRST { 1 } else { 2 })
            .max()
            .unwrap_or(0);
        let cart = self.world.rows(content, "cart_items", ["quantity"]);
        let left = cart.iter().map(|[quantity]| quantity.parse::<u32>().unwrap()).sum::<u32>();
        holds("handled once", left + bought == 3, || {
            format!("{left} are left in the cart, and {bought} were bought")
        })
    }

    /// What was acknowledged has its effect; what does not fit is told, and a person is asked.
    fn nothing_lost(&self, state: &State, drained: usize, order: &Rc<Order>) -> Result<(), String> {
        let payment = |event: &Event| {
            order.payments().find(|(attempt, payment)| {
                payment.pay_id.as_str() == event.pay_id
                    && attempt.attempt.trans_id().as_str() == event.trans_id
            })
        };
        let asked = |event: &Event, reason: &str| {
            let callbacks = self.world.rows(drained, "callbacks", ["id", "trans_id", "pay_id"]);
            let people = self.world.rows(drained, "people", ["callback_id", "reason"]);
            callbacks.iter().any(|[id, trans_id, pay_id]| {
                (*trans_id, *pay_id) == (event.trans_id, event.pay_id)
                    && people.iter().any(|[of, why]| of == id && why.contains(reason))
            })
        };
        let mut paid = 0;
        for event in self.sent(state.acknowledged) {
            let told = || {
                format!("{}, of which there is {:?}", event.name, payment(event).map(|(_, payment)| payment))
            };
            let stands = payment(event).map(|(_, payment)| payment.state);
            match event.says {
                Says::Paid => {
                    // A payment belongs to one attempt: to that which Paygate named first.
                    let is_another_ones = self
                        .sent(state.sent)
                        .any(|other| other.pay_id == event.pay_id && other.trans_id != event.trans_id);
                    let is_paid = stands >= Some(Stands::Paid);
                    paid += u32::from(is_paid);
                    let is_told = is_another_ones && asked(event, "another attempt");
                    holds("no lost paid", is_paid || is_told, told)?;
                }
                Says::Failed | Says::Open => {
                    let is_known = stands.is_some_and(|stands| stands >= Stands::Open);
                    holds("nothing lost", is_known || asked(event, "another attempt"), told)?;
                    self.odd_is_told(
                        state,
                        event,
                        payment(event).map(|(_, payment)| (payment.state, payment.flags)),
                    )?;
                }
                Says::Inapplicable => holds("what cannot be applied is shown", asked(event, ""), told)?,
                Says::Forged => {}
            }
        }
        let is_shown =
            order.needs_a_person || order.payments().any(|(_, payment)| payment.state == Stands::Refunded);
        holds("what was paid twice is shown", paid < 2 || is_shown, || format!("{:?}", order.view()))
    }

    /// Failed and open beside paid leave a flag, whichever came first; failed after it asks for a person.
    fn odd_is_told(
        &self,
        state: &State,
        event: &Event,
        stands: Option<(Stands, Flags)>,
    ) -> Result<(), String> {
        let Some((stands, flags)) = stands else { return Ok(()) };
        let other = |says| {
            let same = |other: &Event| {
                (other.says, other.pay_id, other.trans_id) == (says, event.pay_id, event.trans_id)
            };
            self.sent(state.acknowledged).any(same)
        };
        if event.says == Says::Failed && stands >= Stands::Paid {
            let told = [Flags::PAID_AFTER_FAILED, Flags::FAILED_AFTER_PAID].map(|flag| flags.has(flag));
            holds("failed and paid is told", told.contains(&true), || format!("{flags:?}"))?;
        }
        if event.says == Says::Failed && other(Says::Open) && stands < Stands::Paid {
            holds("failed beats open", stands == Stands::Failed, || format!("{stands:?}"))?;
        }
        Ok(())
    }

    /// Taken is at most what was paid, what Paygate gave back too, and what it gave back is known here or will be.
    fn refunds_within_what_was_paid(&self, state: &State, order: &Order) -> Result<(), String> {
        let rows = self.world.rows(state.content, "gateway_refunds", ["id", "amount", "state"]);
        let paid = self.world.rows(state.content, "gateway_payments", ["paid"]);
        let Some([paid]) = paid.first() else { return Ok(()) };
        let paid = paid.parse::<u64>().unwrap();
        let (mut taken, mut done, mut gone) = (0, 0, 0);
        for [id, amount, stands] in rows {
            let (id, amount) = (id.parse::<i64>().unwrap(), amount.parse::<u64>().unwrap());
            let times = state.gateway.times(id);
            gone += times * amount;
            taken += if stands == "refused" { 0 } else { amount };
            done += if stands == "done" { amount } else { 0 };
            holds("nothing is given back twice", times <= 1, || {
                format!("{id} was carried out {times} times")
            })?;
            holds("what counts as done is", stands != "done" || times == 1, || {
                format!("{id} was not carried out")
            })?;
            let may_come =
                times > 0 || state.gateway.is_open(id) || state.hands.iter().any(|hand| is_out(hand, id));
            holds("what is free again never goes back", stands != "refused" || !may_come, || {
                format!("{id} may")
            })?;
        }
        holds("refunded is at most paid", taken <= paid && gone <= paid, || {
            format!("{taken}, {gone} of {paid}")
        })?;
        let refunded = order.payments().any(|(_, payment)| payment.state == Stands::Refunded);
        holds("refunded is what went back", refunded == (done == paid), || {
            format!("{done} of {paid}: {refunded}")
        })?;
        let acknowledged = self.world.rows(state.content, "gateway_inbox", ["acknowledged"]);
        let is_acknowledged = acknowledged.iter().any(|[acknowledged]| *acknowledged == "1");
        holds("no refund before the notify is acknowledged", is_acknowledged, String::new)
    }
}

/// Whether a request for this refund may still arrive.
fn is_out(hand: &Hand, of: i64) -> bool {
    matches!(hand, Hand::Sends { refund, way: Way::Out | Way::Adrift, .. } if *refund == of)
}
