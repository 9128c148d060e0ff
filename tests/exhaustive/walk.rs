//! The walk: all states that can be reached, breadth first, so that what breaks a rule is told by a shortest way to it.

use std::collections::HashMap;
use std::fmt::{self, Debug};
use std::hash::Hash;
use std::io::Write;
use std::rc::Rc;

/// What is walked.
pub(crate) trait Machine {
    type State: Eq + Hash + Debug;
    type Step: Debug;

    /// All that can happen next, and what comes of it; or the rule that this breaks.
    async fn next(&mut self, state: &Self::State) -> Result<Vec<(Self::Step, Self::State)>, String>;

    /// The rule that a state breaks, if any.
    async fn broken(&mut self, state: &Self::State) -> Result<(), String>;

    /// Whether it may stay so for ever.
    fn is_end(&self, state: &Self::State) -> bool;
}

/// What a walk came to.
pub(crate) struct Walked {
    pub(crate) states: usize,
    pub(crate) steps: usize,
    pub(crate) ends: usize,
    /// The rule that is broken, and the steps to it.
    pub(crate) broken: Option<(String, Vec<String>)>,
}

impl Walked {
    /// Fails where a rule was broken, and tells the size of the walk.
    pub(crate) fn assert_whole(&self, name: &str) {
        if let Some((rule, steps)) = &self.broken {
            panic!("{name}: {rule}, after\n  {}", steps.join("\n  "));
        }
        assert!(self.ends > 0, "{name}: it comes to no end");
        say(&format!("{name}: {self}"));
    }

    /// Fails where this rule was not found to be broken, and tells by how few steps it was.
    pub(crate) fn assert_finds(&self, name: &str, rule: &str) {
        let Some((found, steps)) = &self.broken else { panic!("{name}: no rule is broken: {self}") };
        assert!(found.contains(rule), "{name}: {found}, after\n  {}", steps.join("\n  "));
        say(&format!("{name}: found after {} steps in {} states: {found}", steps.len(), self.states));
    }
}

impl fmt::Display for Walked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} states, {} steps, {} of the states an end", self.states, self.steps, self.ends)
    }
}

/// Walks all that can be reached. No state may break a rule, and from each an end must be within reach.
pub(crate) async fn walk<M: Machine>(machine: &mut M, start: M::State) -> Walked {
    let first = Rc::new(start);
    let mut numbers = HashMap::from([(Rc::clone(&first), 0)]);
    let mut states = vec![first];
    let mut from: Vec<(usize, String)> = vec![(0, String::new())];
    let mut back: Vec<Vec<usize>> = vec![Vec::new()];
    let (mut steps, mut looked_at) = (0, 0);
    let mut broken = None;
    while broken.is_none()
        && let Some(state) = states.get(looked_at).cloned()
    {
        let next = match machine.broken(&state).await {
            Ok(()) => machine.next(&state).await,
            Err(rule) => Err(rule),
        };
        match next {
            Err(rule) => broken = Some((rule, looked_at)),
            Ok(next) => {
                for (step, state) in next {
                    steps += 1;
                    let number = states.len();
                    let state = Rc::new(state);
                    let number = *numbers.entry(Rc::clone(&state)).or_insert(number);
                    if number == states.len() {
                        states.push(state);
                        from.push((looked_at, format!("{step:?}")));
                        back.push(Vec::new());
                    }
                    back[number].push(looked_at);
                }
            }
        }
        looked_at += 1;
        if is_long() && looked_at % 10_000 == 0 {
            say(&format!("{looked_at} of {} states so far", states.len()));
        }
    }
    let ends: Vec<_> = (0..states.len()).filter(|number| machine.is_end(&states[*number])).collect();
    if broken.is_none()
        && let Some(lost) = without_an_end(&back, &ends)
    {
        broken = Some((format!("no end is within reach of {:?}", states[lost]), lost));
    }
    let broken = broken.map(|(rule, mut number)| {
        let mut way = Vec::new();
        while number > 0 {
            way.push(from[number].1.clone());
            number = from[number].0;
        }
        way.reverse();
        (rule, way)
    });
    Walked { states: states.len(), steps, ends: ends.len(), broken }
}

/// The first state from which no end can be reached.
fn without_an_end(back: &[Vec<usize>], ends: &[usize]) -> Option<usize> {
    let mut reaches = vec![false; back.len()];
    let mut open = ends.to_vec();
    while let Some(number) = open.pop() {
        if !std::mem::replace(&mut reaches[number], true) {
            open.extend(&back[number]);
        }
    }
    reaches.iter().position(|reaches| !reaches)
}

/// Whether to walk more than fits a run of all tests.
pub(crate) fn is_long() -> bool {
    match std::env::var("EXHAUSTIVE").as_deref() {
        Ok("long") => true,
        Ok(other) => panic!("EXHAUSTIVE={other}: known is `long`"),
        Err(_) => false,
    }
}

/// To standard error past the harness, which keeps what a test that passes prints.
pub(crate) fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("exhaustive: {line}\n").as_bytes());
}
