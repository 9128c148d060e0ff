//! A line for each thing that happens, for whoever runs the simulator: by names and codes, without personal data and without
//! Data.

use super::http::shown::{Written, money, time};
use super::ledger::Ledger;
use super::ledger::delivery::{Attempt, Delivery, Way};
use super::ledger::refused::RefusedRequest;
use super::ledger::transaction::{Credit, Transaction};
use super::simulator::Simulator;
use paygate::{Code, PayId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

impl Simulator {
    /// Tells in one line each what happens from the start on: payments taken, requests refused with their reasons, results
    /// sent with what the shop answered, credits. No personal data, keys or `Data` stand in them.
    ///
    /// `tell` is called on the simulator's thread, and should be quick.
    ///
    /// ```
    /// # use gateway_simulator::paygate::Simulator;
    /// # fn main() -> std::io::Result<()> {
    /// let simulator = Simulator::start(paygate::testing::merchant())?;
    /// simulator.report(|line| eprintln!("{line}"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn report(&self, mut tell: impl FnMut(&str) + Send + 'static) {
        let desk = Arc::clone(self.desk());
        let mut done = desk.done.subscribe();
        self.runtime().spawn(async move {
            let mut told = Told::default();
            loop {
                let news = told.news(&desk.ledger());
                for line in news {
                    tell(&line);
                }
                if done.changed().await.is_err() {
                    return;
                }
            }
        });
    }
}

/// How much of the ledger was told.
#[derive(Default)]
struct Told {
    payments: usize,
    refused: usize,
    /// Of each delivery, by its number: how many attempts.
    attempts: Vec<usize>,
    credits: HashMap<PayId, usize>,
}

impl Told {
    /// What is new, in the order of the simulator's time.
    fn news(&mut self, ledger: &Ledger) -> Vec<String> {
        let mut news: Vec<(Duration, String)> = Vec::new();
        for payment in ledger.transactions().iter().skip(self.payments) {
            news.push((payment.at, taken(payment)));
        }
        self.payments = ledger.transactions().len();
        for request in ledger.refused().iter().skip(self.refused) {
            news.push((request.at, refused(request)));
        }
        self.refused = ledger.refused().len();
        let mut number = 0;
        while let Some(delivery) = ledger.delivery(number) {
            if self.attempts.len() <= number {
                self.attempts.push(0);
            }
            let told = self.attempts.get_mut(number);
            let known = told.as_deref().copied().unwrap_or_default();
            let new = delivery.attempts.iter().skip(known).take_while(|attempt| is_over(delivery, attempt));
            let new: Vec<_> = (known..)
                .zip(new)
                .map(|(index, attempt)| (attempt.at, sent(delivery, index, attempt)))
                .collect();
            if let Some(told) = told {
                *told = known.saturating_add(new.len());
            }
            news.extend(new);
            number = number.saturating_add(1);
        }
        news.sort_by_key(|(at, _)| *at);
        let mut lines: Vec<_> = news.into_iter().map(|(at, line)| format!("{} {line}", time(at))).collect();
        // Credits carry no time of their own.
        for payment in ledger.transactions().iter().filter(|payment| !payment.credits.is_empty()) {
            let told = self.credits.entry(payment.pay_id).or_default();
            lines.extend(payment.credits.iter().skip(*told).map(|credit| given_back(payment, credit)));
            *told = payment.credits.len();
        }
        lines
    }
}

/// What a browser carries is over at once, as far as the simulator sees.
fn is_over(delivery: &Delivery, attempt: &Attempt) -> bool {
    delivery.way != Way::Notify || attempt.answer.is_some()
}

fn taken(payment: &Transaction) -> String {
    let (trans_id, pay_id) = (Written(payment.trans_id.as_str()), payment.pay_id.as_str());
    format!("payment taken: TransID {trans_id}, {}, PayID {pay_id}", money(payment.money))
}

fn refused(request: &RefusedRequest) -> String {
    let code = request.code.as_ref().map_or("no Code, an HTML page", Code::as_str);
    format!("{} refused with {code}: {}", Written(&request.file), request.reasons.join("; "))
}

fn sent(delivery: &Delivery, index: usize, attempt: &Attempt) -> String {
    let (way, said) = (delivery.way.as_str(), delivery.said);
    let what = format!("{way}: {} {}, PayID {}", said.status, said.code.as_str(), delivery.pay_id.as_str());
    match &attempt.answer {
        Some(answer) => {
            format!("{what}, attempt {}: {}", index.saturating_add(1), Written(&answer.to_string()))
        }
        None => format!("{what}: by the browser"),
    }
}

fn given_back(payment: &Transaction, credit: &Credit) -> String {
    let code = credit.code.as_str();
    format!("credit of {} answered with {code}: PayID {}", credit.units, payment.pay_id.as_str())
}
