//! A gateway as its page describes it: it does nothing for a reference whose first request is finished, and carries out the second
//! one while the first one is open.

use gateway_inbox::Answer;
use std::collections::BTreeMap;

/// What becomes of a request that arrives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// It does not arrive.
    Lost,
    Done,
    Refused,
    /// It is open for so many minutes, and then done or refused.
    Open {
        minutes: u64,
        then_done: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    Open { until: u64, then_done: bool },
    Done,
    Refused,
}

/// All times are minutes.
#[derive(Default)]
pub(super) struct Gateway {
    requests: BTreeMap<String, Vec<(Request, u64)>>,
    /// What was given back on its own pages.
    pub(super) elsewhere: u64,
    pub(super) now: u64,
}

impl Gateway {
    pub(super) fn pass(&mut self, minutes: u64) {
        self.now += minutes;
        for (request, _) in self.requests.values_mut().flatten() {
            if let Request::Open { until, then_done } = *request
                && until <= self.now
            {
                *request = if then_done { Request::Done } else { Request::Refused };
            }
        }
    }

    /// What it answers.
    pub(super) fn receive(&mut self, reference: &str, amount: u64, fate: Fate) -> Answer<'static> {
        let request = match fate {
            Fate::Lost => return Answer::Unknown { why: "no answer" },
            Fate::Done => Request::Done,
            Fate::Refused => Request::Refused,
            Fate::Open { minutes, then_done } => Request::Open { until: self.now + minutes, then_done },
        };
        let requests = self.requests.entry(reference.to_owned()).or_default();
        let first_finished = requests.iter().find(|(known, _)| !matches!(known, Request::Open { .. }));
        let state = first_finished.map_or(request, |(known, _)| *known);
        if first_finished.is_none() {
            requests.push((request, amount));
        }
        match state {
            Request::Open { .. } => Answer::Open,
            Request::Done => Answer::Done,
            Request::Refused => Answer::Refused { why: "2200" },
        }
    }

    fn done(&self, of: impl Fn(&str) -> bool) -> impl Iterator<Item = u64> {
        self.requests.iter().filter(move |(reference, _)| of(reference)).flat_map(|(_, requests)| {
            requests.iter().filter(|(request, _)| *request == Request::Done).map(|(_, amount)| *amount)
        })
    }

    /// How often a reference was carried out.
    pub(super) fn times(&self, reference: &str) -> usize {
        self.done(|known| known == reference).count()
    }

    pub(super) fn is_open(&self, reference: &str) -> bool {
        let requests = self.requests.get(reference).into_iter().flatten();
        requests.into_iter().any(|(request, _)| matches!(request, Request::Open { .. }))
    }

    /// What the shop gave back through it.
    pub(super) fn sum(&self) -> u64 {
        self.done(|_| true).sum()
    }

    /// `AmountCred`.
    pub(super) fn credited(&self) -> u64 {
        self.sum() + self.elsewhere
    }
}
