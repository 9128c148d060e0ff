//! The machine: all that can happen next in a state, to the callbacks; what can happen to refunds stands beside it.

use crate::deeds::{Deed, Held, Outcome, Until};
use crate::event::{By, Event, SECOND, Says};
use crate::gateway::Fate;
use crate::hands::{Hand, State};
use crate::mutant::Mutant;
use crate::walk::{Machine, Walked, walk};
use crate::world::{Form, World};
use std::collections::HashSet;
use std::ops::Range;

/// What is walked with what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) events: Vec<Event>,
    /// Whether the first event was told and handled before the walk begins, and comes no more.
    pub(crate) is_paid: bool,
    /// The forms of the shopkeeper's pages.
    pub(crate) forms: Vec<Form>,
    /// How many workers and tellers are at work at once.
    pub(crate) hands: usize,
    /// Whether the customer may want another basket.
    pub(crate) with_another_basket: bool,
    /// How often a refund is sent at most; the ledger itself stops after three times.
    pub(crate) sendings: u32,
    /// Whether Paygate may be asked as often as may be, and tell nothing.
    pub(crate) is_asked_often: bool,
    /// What may become of a request for a refund.
    pub(crate) fates: Vec<Fate>,
    pub(crate) mutant: Option<Mutant>,
}

/// What happened.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "it is told to whoever reads what broke a rule")]
pub(crate) enum Step {
    Did(Deed),
    /// Named, for whoever reads what broke a rule.
    Told(&'static str, Deed),
    /// It was stored, and the answer got lost.
    AnswerLost(&'static str),
    AcknowledgedFirst(&'static str),
    Dies(Hand),
    Arrives(i64, Fate),
    NeverArrives(i64),
    Finishes(i64, bool),
    AskedAtPaygate(i64, Option<u64>),
    WaitsForLong(i64),
    AnHourPasses(i64),
    AskedOften(i64),
}

pub(crate) type Next = Vec<(Step, State)>;

pub(crate) struct Shop {
    pub(crate) world: World,
    pub(crate) scope: Scope,
    forged: Range<usize>,
    /// The contents on which forged callbacks were tried, and those that were looked at.
    tried: HashSet<usize>,
    pub(crate) looked_at: HashSet<usize>,
}

impl Scope {
    /// Walks all of it: no rule is broken, and an end is always within reach. Tells how much there was.
    pub(crate) async fn walk_whole(self, name: &str) {
        let (walked, Shop { world, .. }) = self.walk().await;
        let contents = world.contents.len();
        walked.assert_whole(&format!("{name}, {} deeds on {contents} contents", world.deeds));
    }

    /// Walks all of it.
    pub(crate) async fn walk(self) -> (Walked, Shop) {
        let forged = self.events.len()..self.events.len() + 2;
        let mut events = self.events.clone();
        events.extend(Event::forged());
        let (mut world, start) = World::open(events, self.forms.clone(), self.mutant).await;
        let mut start = State::start(start, self.hands);
        if self.is_paid {
            for deed in [Deed::Tell(0), Deed::Drain] {
                start.content = world.after(start.content, deed).await.content;
            }
            (start.sent, start.acknowledged) = (1, 1);
        }
        let (tried, looked_at) = (HashSet::new(), HashSet::new());
        let mut shop = Shop { world, scope: self, forged, tried, looked_at };
        let walked = walk(&mut shop, start).await;
        (walked, shop)
    }
}

impl Machine for Shop {
    type State = State;
    type Step = Step;

    async fn next(&mut self, state: &State) -> Result<Next, String> {
        let mut next = Next::new();
        if self.scope.forms.is_empty() {
            self.try_forged(state.content).await?;
        }
        if !self.is_about_refunds_alone() {
            self.tell(state, &mut next).await?;
            self.work(state, &mut next).await?;
        }
        if self.scope.with_another_basket {
            let came = self.world.after(state.content, Deed::AnotherBasket).await;
            next.push((Step::Did(Deed::AnotherBasket), State { content: came.content, ..state.clone() }));
        }
        if !self.scope.forms.is_empty() {
            self.refund(state, &mut next).await?;
        }
        for (_, after) in &mut next {
            self.rules_of_a_step(state, after).await?;
            after.hands.sort_unstable();
        }
        next.retain(|(_, after)| after != state);
        Ok(next)
    }

    async fn broken(&mut self, state: &State) -> Result<(), String> {
        self.rules(state).await
    }

    fn is_end(&self, state: &State) -> bool {
        let is_handled = |[done]: [&str; 1]| done != "NULL";
        let refunds = self.world.rows(state.content, "gateway_refunds", ["state", "tries"]);
        // What may not be sent again in this walk keeps all others of its payment waiting.
        let is_sent_often = |[state, tries]: &[&str; 2]| {
            *state == "planned" && tries.parse::<u32>().unwrap() >= self.scope.sendings
        };
        let is_cut = refunds.iter().any(is_sent_often);
        let is_settled =
            |[state, _]: [&str; 2]| matches!(state, "done" | "refused") || (is_cut && state == "planned");
        state.hands.iter().all(|hand| *hand == Hand::Free)
            && self.world.rows(state.content, "gateway_inbox", ["done_at"]).into_iter().all(is_handled)
            && refunds.into_iter().all(is_settled)
    }
}

impl Shop {
    /// Whether no callback comes any more.
    fn is_about_refunds_alone(&self) -> bool {
        self.scope.is_paid && self.scope.events.len() == 1
    }

    /// What nobody has signed changes nothing, whenever it comes.
    async fn try_forged(&mut self, content: usize) -> Result<(), String> {
        if !self.tried.insert(content) {
            return Ok(());
        }
        for event in self.forged.clone() {
            for (deed, answer) in [(Deed::Tell(event), 500), (Deed::Bring(event), 303)] {
                let came = self.world.after(content, deed).await;
                if came.content != content || came.outcome != Outcome::Answered(answer) {
                    let name = self.world.events[event].name;
                    return Err(format!("{name} is taken: {deed:?} {:?}", came.outcome));
                }
            }
        }
        Ok(())
    }

    async fn tell(&mut self, state: &State, next: &mut Next) -> Result<(), String> {
        let attempts: Vec<_> = self.world.rows(state.content, "attempts", ["trans_id"]);
        let is_there = attempts.iter().any(|[trans_id]| *trans_id == SECOND);
        for number in usize::from(self.scope.is_paid)..self.scope.events.len() {
            let Event { name, by, says, trans_id, .. } = self.world.events[number];
            let bit = 1 << number;
            // Nobody pays for an attempt before it is made.
            if trans_id == SECOND && !is_there {
                continue;
            }
            if by != By::Browser {
                if self.scope.mutant == Some(Mutant::AcknowledgesFirst) {
                    let acknowledged = state.acknowledged | bit;
                    let told = State { sent: state.sent | bit, acknowledged, ..state.clone() };
                    next.push((Step::AcknowledgedFirst(name), told));
                }
                let came = self.world.after(state.content, Deed::Tell(number)).await;
                if came.outcome != Outcome::Answered(200) {
                    return Err(format!("{name} is not acknowledged: {:?}", came.outcome));
                }
                let told = State { content: came.content, sent: state.sent | bit, ..state.clone() };
                next.push((Step::AnswerLost(name), told.clone()));
                let told = State { acknowledged: state.acknowledged | bit, ..told };
                next.push((Step::Told(name, Deed::Tell(number)), told));
            }
            if by != By::Server {
                let came = self.world.after(state.content, Deed::Bring(number)).await;
                let answer = if says == Says::Inapplicable { 303 } else { 200 };
                if came.outcome != Outcome::Answered(answer) {
                    return Err(format!("{name} is not taken: {:?}", came.outcome));
                }
                let told = State { content: came.content, sent: state.sent | bit, ..state.clone() };
                next.push((Step::Told(name, Deed::Bring(number)), told));
            }
        }
        Ok(())
    }

    async fn work(&mut self, state: &State, next: &mut Next) -> Result<(), String> {
        let rows = self.world.rows(state.content, "gateway_inbox", ["id", "done_at"]);
        let deliveries: Vec<(i64, bool)> =
            rows.into_iter().map(|[id, done]| (id.parse().unwrap(), done != "NULL")).collect();
        if let Some(free) = state.hands.iter().position(|hand| *hand == Hand::Free) {
            for &(delivery, is_done) in &deliveries {
                self.claim(state, free, (delivery, is_done), next).await?;
            }
        }
        for hand in 0..state.hands.len() {
            if let Hand::Handles(held) = state.hands[hand] {
                self.handle(state, hand, held, next).await?;
            }
        }
        Ok(())
    }

    async fn claim(
        &mut self,
        state: &State,
        free: usize,
        (delivery, is_done): (i64, bool),
        next: &mut Next,
    ) -> Result<(), String> {
        let deed = Deed::Claim(delivery);
        let came = self.world.after(state.content, deed).await;
        match came.outcome {
            Outcome::Claimed { was_acknowledged } if !is_done => {
                let mut after = State { content: came.content, ..state.clone() };
                for hand in &mut after.hands {
                    if let Hand::Handles(held) = hand
                        && held.delivery == delivery
                    {
                        held.is_current = false;
                    }
                }
                after.hands[free] = Hand::Handles(Held { delivery, was_acknowledged, is_current: true });
                next.push((Step::Did(deed), after));
                Ok(())
            }
            Outcome::Nothing if is_done => Ok(()),
            other => Err(format!("delivery {delivery}, handled: {is_done}, is claimed: {other:?}")),
        }
    }

    async fn handle(
        &mut self,
        state: &State,
        hand: usize,
        held: Held,
        next: &mut Next,
    ) -> Result<(), String> {
        next.push((Step::Dies(state.hands[hand]), state.with_hand(hand, Hand::Free)));
        for until in [Until::Committed, Until::Completed, Until::Handled] {
            let deed = Deed::Handle(held, until);
            // One that is not the newest is rolled back in any case.
            if until != Until::Committed && !held.is_current {
                continue;
            }
            let came = self.world.after(state.content, deed).await;
            let after = State { content: came.content, ..state.with_hand(hand, Hand::Free) };
            next.push((Step::Did(deed), after));
        }
        Ok(())
    }
}
