//! Rounds in which all ways take turns, and what is kept of them: the time of every turn, and the allocations.

use allocation_counter::measure;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A way to do the same.
pub(crate) struct Way<'a> {
    name: &'static str,
    run: Box<dyn FnMut() -> usize + 'a>,
}

impl<'a> Way<'a> {
    pub(crate) fn new(name: &'static str, run: impl FnMut() -> usize + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// How long one operation took in each turn, in nanoseconds, and how often it allocates.
#[derive(Clone)]
pub(crate) struct Times {
    pub(crate) name: &'static str,
    pub(crate) allocations: u64,
    turns: Vec<f64>,
}

impl Times {
    pub(crate) fn least(&self) -> f64 {
        self.turns.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub(crate) fn median(&self) -> f64 {
        let mut turns = self.turns.clone();
        turns.sort_by(f64::total_cmp);
        turns[turns.len() / 2]
    }

    /// Adds the turns of a later pass.
    pub(crate) fn extend(&mut self, later: Self) {
        self.turns.extend(later.turns);
    }
}

/// How many passes over all that is measured, how many rounds in each, and how long a way's turn is.
///
/// Passes, because what a machine has to do besides comes and goes in seconds: so it spoils a part of every figure and not
/// the whole of one.
pub(crate) struct Rounds {
    pub(crate) passes: usize,
    each: usize,
    turn: Duration,
}

impl Rounds {
    pub(crate) const USUAL_PASSES: usize = 8;

    pub(crate) fn new(passes: usize) -> Self {
        Self { passes, each: 40, turn: Duration::from_micros(300) }
    }

    /// Every way once: for tests, where no time is of interest.
    pub(crate) fn once() -> Self {
        Self { passes: 1, each: 1, turn: Duration::ZERO }
    }

    pub(crate) fn measure(&self, ways: &mut [Way<'_>]) -> Vec<Times> {
        let counts: Vec<u32> = ways.iter_mut().map(|way| self.turn_of(way)).collect();
        let of_way =
            |way: &mut Way<'_>| Times { name: way.name, allocations: allocations(way), turns: Vec::new() };
        let mut times: Vec<Times> = ways.iter_mut().map(of_way).collect();
        for _ in 0..self.each {
            for ((way, count), times) in ways.iter_mut().zip(&counts).zip(&mut times) {
                times.turns.push(turn(way, *count));
            }
        }
        times
    }

    /// How many operations fill a turn.
    fn turn_of(&self, way: &mut Way<'_>) -> u32 {
        let mut count = 1;
        while self.turn > Duration::ZERO && count < 1 << 20 {
            let from = Instant::now();
            turn(way, count);
            if from.elapsed() >= self.turn {
                break;
            }
            count *= 2;
        }
        count
    }
}

/// Nanoseconds of one operation, out of so many.
fn turn(way: &mut Way<'_>, count: u32) -> f64 {
    let from = Instant::now();
    for _ in 0..count {
        black_box((way.run)());
    }
    from.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}

fn allocations(way: &mut Way<'_>) -> u64 {
    measure(|| {
        black_box((way.run)());
    })
    .count_total
}
