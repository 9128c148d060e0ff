//! Random walks of shopkeepers, senders that crash, answers that are lost or late, questions and people, against the gateway of the
//! model.

mod files;

use super::model::{Fate, Gateway};
use super::{LEASE, begin, in_a_change, ledger, of, paid, pass, refund, shop};
use crate::database::Fresh;
use files::{Files, HandOver};
use gateway_inbox::{
    Answer, Channel, Decision, Elsewhere, Key, NewRefund, RefundError, RefundState, Sending, SettleError,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
enum Move {
    Begin {
        amount: u64,
        channel: Channel,
    },
    Send {
        fate: Fate,
        hears: Hears,
    },
    /// An answer that was held back comes.
    LateAnswer,
    Ask {
        is_told: bool,
    },
    /// A file is made, and handed over or not.
    File {
        at_most: u32,
        fate: usize,
        what: HandOver,
    },
    /// The answer to a file that was handed over comes.
    FileAnswer,
    /// Somebody gives money back on the gateway's pages.
    Elsewhere {
        amount: u64,
        is_recorded: bool,
    },
    Decide,
    Pass {
        minutes: u64,
    },
}

#[derive(Clone, Copy, Debug)]
enum Hears {
    Truth,
    Nothing,
    /// The process dies.
    Crash,
    /// The answer comes later, if at all.
    Late,
}

/// What is open and unknown to the shop is so for less than the rules wait before it is sent again; what the gateway calls open
/// may be open for days.
fn sends() -> impl Strategy<Value = Move> {
    let hears = prop_oneof![Just(Hears::Truth), Just(Hears::Nothing), Just(Hears::Crash), Just(Hears::Late)];
    let fates = (0..5_u8, 1..59_u64, any::<bool>());
    (hears, fates).prop_map(|(hears, (fate, minutes, then_done))| {
        let minutes = if matches!(hears, Hears::Truth) { minutes * 60 } else { minutes };
        let fate = match fate {
            0 => Fate::Lost,
            1 => Fate::Done,
            2 => Fate::Refused,
            _ => Fate::Open { minutes, then_done },
        };
        Move::Send { fate, hears }
    })
}

fn moves() -> impl Strategy<Value = Move> {
    let minutes = prop_oneof![4 => Just(1), 4 => Just(15), 2 => Just(60), 1 => Just(360), 1 => Just(1440)];
    let elsewhere = (1..3_000_u64, proptest::bool::weighted(0.9));
    let channels = prop_oneof![2 => Just(Channel::Online), 1 => Just(Channel::Batch)];
    prop_oneof![
        4 => (1..3_000_u64, channels).prop_map(|(amount, channel)| Move::Begin { amount, channel }),
        10 => sends(),
        2 => Just(Move::LateAnswer),
        10 => proptest::bool::weighted(0.8).prop_map(|is_told| Move::Ask { is_told }),
        1 => elsewhere.prop_map(|(amount, is_recorded)| Move::Elsewhere { amount, is_recorded }),
        5 => files::moves(),
        2 => Just(Move::FileAnswer),
        2 => Just(Move::Decide),
        10 => minutes.prop_map(|minutes| Move::Pass { minutes }),
    ]
}

struct Walk<'a> {
    shop: &'a Fresh,
    payment: Key,
    gateway: Gateway,
    late: Vec<(Sending, Answer<'static>)>,
    files: Files,
    names: usize,
    /// Money that the ledger does not know of went back.
    has_unrecorded: bool,
    name: String,
}

const PAID: u64 = 10_000;

impl Walk<'_> {
    async fn go(&mut self, step: Move) {
        match step {
            Move::Begin { amount, channel } => self.begin(amount, channel).await,
            Move::Send { fate, hears } => self.send(fate, hears).await,
            Move::LateAnswer => {
                if let Some((sending, answer)) = self.late.pop() {
                    self.settle(&sending, answer).await;
                }
            }
            Move::Ask { is_told } => self.ask(is_told).await,
            Move::File { at_most, fate, what } => self.file(at_most, fate, what).await,
            Move::FileAnswer => self.file_answer().await,
            Move::Elsewhere { amount, is_recorded } => self.elsewhere(amount, is_recorded).await,
            Move::Decide => self.decide().await,
            Move::Pass { minutes } => {
                self.gateway.pass(minutes);
                pass(self.shop, Duration::from_secs(60 * minutes)).await;
            }
        }
        self.look().await;
    }

    fn next_name(&mut self) -> String {
        self.names += 1;
        format!("{} {}", self.name, self.names)
    }

    async fn begin(&mut self, amount: u64, channel: Channel) {
        let name = self.next_name();
        let seen = of(self.shop, &self.payment).await.taken;
        let new = NewRefund { amount, seen, channel, ..refund(self.payment, &name) };
        let begun = begin(self.shop, &new).await;
        assert_eq!(begun.is_ok(), seen + amount <= PAID, "{begun:?}");
    }

    async fn send(&mut self, fate: Fate, hears: Hears) {
        let Some(sending) = ledger(self.shop).claim_to_send(LEASE).await.unwrap() else { return };
        assert!(sending.request().is_some());
        let answer = self.gateway.receive(sending.reference(), sending.amount(), fate);
        match hears {
            Hears::Truth => self.settle(&sending, answer).await,
            Hears::Nothing => self.settle(&sending, Answer::Unknown { why: "no answer" }).await,
            Hears::Crash => {}
            Hears::Late => self.late.push((sending, answer)),
        }
    }

    async fn settle(&self, sending: &Sending, answer: Answer<'_>) {
        let settled = in_a_change!(self.shop, |change| sending.settle(&ledger(self.shop), change, answer));
        assert!(matches!(settled, Ok(_) | Err(SettleError::Lost)), "{settled:?}");
    }

    async fn ask(&self, is_told: bool) {
        let Some(asking) = ledger(self.shop).claim_to_ask(LEASE).await.unwrap() else { return };
        let credited = is_told.then(|| self.gateway.credited());
        let resolved = in_a_change!(self.shop, |change| asking.resolve(&ledger(self.shop), change, credited));
        resolved.unwrap();
    }

    async fn elsewhere(&mut self, amount: u64, is_recorded: bool) {
        if !is_recorded {
            self.has_unrecorded = true;
            self.gateway.elsewhere += amount;
            return;
        }
        let once = Key::of("form", [self.next_name()]);
        let seen = of(self.shop, &self.payment).await.taken;
        let new = Elsewhere { payment: refund(self.payment, "").payment, amount, seen, once, note: "" };
        match in_a_change!(self.shop, |change| ledger(self.shop).record_elsewhere(change, &new)) {
            Ok(_) => self.gateway.elsewhere += amount,
            Err(RefundError::TooMuch { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    /// The person looks at what the gateway really did.
    async fn decide(&self) {
        let mut doubtful = ledger(self.shop).needing_a_person().await.unwrap();
        doubtful.extend(self.without_an_answer().await);
        for row in doubtful {
            let reference = row.reference.unwrap();
            let decision = match self.gateway.times(&reference) {
                _ if self.gateway.is_open(&reference) => continue,
                0 => Decision::WasNotGivenBack,
                _ => Decision::WasGivenBack,
            };
            in_a_change!(self.shop, |change| ledger(self.shop).decide(change, row.id, decision, "")).unwrap();
        }
    }

    /// What must hold at any time.
    async fn look(&self) {
        let refunds = of(self.shop, &self.payment).await;
        assert!(refunds.taken <= PAID);
        assert!(self.gateway.sum() <= PAID, "more went back than was paid");
        for row in &refunds.rows {
            let Some(reference) = &row.reference else { continue };
            let times = self.gateway.times(reference);
            assert!(times <= 1, "done twice");
            match row.state {
                RefundState::Refused => {
                    assert!(times == 0 && !self.gateway.is_open(reference), "freed, and done");
                }
                RefundState::Done if !self.has_unrecorded => assert_eq!(times, 1, "counted, and not done"),
                _ => {}
            }
        }
    }

    /// From now on all goes well; whatever the walk left must end.
    async fn end(&mut self) {
        for _ in 0..60 {
            self.go(Move::Pass { minutes: 1440 }).await;
            self.go(Move::Ask { is_told: true }).await;
            self.go(Move::Send { fate: Fate::Done, hears: Hears::Truth }).await;
            self.go(Move::File { at_most: 9, fate: 0, what: HandOver::Yes }).await;
            self.go(Move::FileAnswer).await;
            self.go(Move::Decide).await;
            let rows = of(self.shop, &self.payment).await.rows;
            if rows.iter().all(|row| row.state.is_settled()) {
                return;
            }
        }
        panic!("{:?}", of(self.shop, &self.payment).await);
    }
}

#[test]
fn whatever_happens_nothing_is_given_back_twice_and_all_comes_to_an_end() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let shop = runtime.block_on(shop());
    let case = std::cell::Cell::new(0);
    let config = Config { cases: 96, failure_persistence: None, max_shrink_iters: 500, ..Config::default() };
    let walks = TestRunner::new(config).run(&proptest::collection::vec(moves(), 5..120), |moves| {
        case.set(case.get() + 1);
        runtime.block_on(async {
            // What a walk that failed left behind is not this one's.
            sqlx::query("DELETE FROM gateway_refunds").execute(shop.pool()).await.unwrap();
            let name = format!("walk {}", case.get());
            let payment = paid(&shop, &name).await;
            let mut walk = Walk {
                shop: &shop,
                payment,
                gateway: Gateway::default(),
                late: Vec::new(),
                files: Files::default(),
                names: 0,
                has_unrecorded: false,
                name,
            };
            for step in moves {
                walk.go(step).await;
            }
            walk.end().await;
        });
        Ok(())
    });
    walks.unwrap();
}
