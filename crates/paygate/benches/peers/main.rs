//! How long sealing and opening take here and in other languages, on the same messages and in the same run.
//!
//! `cargo bench -p paygate --bench peers` installs what the peers need, has every way make and read the same messages,
//! stops if one of them differs from this library, and then measures all of them by turns, so that a machine that
//! slows down slows all. With `-- --test` it installs nothing and measures nothing. README.md tells what each way does.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

mod figures;
mod given;
mod install;
mod languages;
#[path = "../wire/messages.rs"]
#[allow(dead_code, reason = "the other bench measures more lengths")]
mod messages;
mod ours;
mod peer;
mod pi;
mod venv;
mod way;

use figures::Figures;
use given::Given;
use languages::LANGUAGES;
use ours::Ours;
use peer::{Peer, Start};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use way::{Task, Way};

const ROUNDS: usize = 30;
/// How long a way takes for one round of one task.
const ROUND: Duration = Duration::from_millis(30);
/// How long a way runs before it is measured: the compilers of Java and Node wait for what runs often.
const WARM_UP: Duration = Duration::from_millis(700);

/// What the command line asks for.
struct Asked {
    rounds: Option<usize>,
    json: Option<PathBuf>,
}

impl Asked {
    fn parse(arguments: impl Iterator<Item = String>) -> Self {
        let mut asked = Self { rounds: None, json: None };
        let (mut rounds, mut measure) = (ROUNDS, false);
        let mut arguments = arguments.skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("an option with its value");
            match argument.as_str() {
                // Cargo's own: without it, it is `cargo test` that runs all targets.
                "--bench" => measure = true,
                "--test" => return asked,
                "--rounds" => rounds = value().parse().expect("a number of rounds"),
                "--json" => asked.json = Some(PathBuf::from(value())),
                other => panic!("no such option: {other}"),
            }
        }
        asked.rounds = measure.then_some(rounds.max(1));
        asked
    }
}

fn main() {
    let asked = Asked::parse(std::env::args());
    if asked.rounds.is_some() {
        install::all();
    }
    let given = Given::new();
    let mut ours = Ours::new(&given);
    let made = ours.made();
    let lines = given.lines();
    let mut absent = Vec::new();
    let mut peers = Vec::new();
    for (language, way) in
        LANGUAGES.iter().flat_map(|language| language.ways.iter().map(move |way| (language, way)))
    {
        match Peer::start(language, way, &lines) {
            Start::Ready(mut peer) => {
                made.assert_same(&peer.made(), peer.name());
                peers.push(peer);
            }
            Start::Missing(what) => absent.push((format!("{}, {}", language.name, way.name), what)),
        }
    }
    let names: Vec<&str> = peers.iter().map(Peer::name).collect();
    println!("made and read the same as this library: {}", names.join("; "));
    if let Some(rounds) = asked.rounds {
        let mut ways: Vec<&mut dyn Way> = vec![&mut ours];
        ways.extend(peers.iter_mut().map(|peer| peer as &mut dyn Way));
        let figures = measure(&mut ways, rounds, &made.totals());
        print!("\n{figures}");
        if let Some(file) = asked.json {
            std::fs::write(&file, figures.json(rounds, &absent)).expect("a file to write to");
        }
    }
    for (way, what) in &absent {
        println!("{way:26} not run: {what}");
    }
}

/// Runs all ways by turns; `totals` is what one message of each task adds up to.
fn measure(ways: &mut [&mut dyn Way], rounds: usize, totals: &[usize; 2]) -> Figures {
    let run = |way: &mut dyn Way, task: Task, times: u32| {
        let (took, total) = way.run(task, times);
        // What is added up cannot be optimised away, and shows that every message was made.
        assert_eq!(total, totals[task as usize] * times as usize, "{}: {task:?}", way.name());
        took
    };
    let times: Vec<[u32; 2]> =
        ways.iter_mut().map(|way| Task::ALL.map(|task| calibrated(|times| run(*way, task, times)))).collect();
    let mut figures = Figures::of(ways.iter().map(|way| (way.name(), way.version())));
    for _ in 0..rounds {
        for task in Task::ALL {
            for (at, way) in ways.iter_mut().enumerate() {
                let times = times[at][task as usize];
                figures.add(at, task, run(*way, task, times) / times);
            }
        }
    }
    figures
}

/// Warms a way up, and finds how many messages fill a round.
fn calibrated(mut run: impl FnMut(u32) -> Duration) -> u32 {
    let start = Instant::now();
    let mut times = 1;
    loop {
        let took = run(times);
        let each = (took / times).max(Duration::from_nanos(1));
        if start.elapsed() >= WARM_UP {
            return u32::try_from(ROUND.as_nanos() / each.as_nanos()).expect("a round is short").max(1);
        }
        if took < ROUND {
            times *= 2;
        }
    }
}
