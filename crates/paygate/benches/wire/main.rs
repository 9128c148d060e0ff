//! How long sealing and opening take: against the straightforward way, against kept keys, and against what the machine
//! can do, in one run.
//!
//! `cargo bench -p paygate --bench wire` measures whole messages of four lengths and each stage by itself, in rounds in
//! which all ways take turns, so that a machine that slows down slows all of them; it prints ratios of minima and of
//! medians. `-- --json FILE` writes them, `-- --passes N` sets how many passes over
//! everything, and with `-- --test` every way runs once and
//! must make what the others make. Not Criterion: it measures one function after the other and prints no ratio of two.
//!
//! The allocator counts, for all ways alike; that takes a few nanoseconds of each allocation.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

mod kept;
mod keys;
mod limit;
mod messages;
mod ours;
mod report;
mod rounds;
mod stages;
mod straightforward;

use report::Report;
use rounds::{Rounds, Way};
use std::env::args;
use std::path::Path;

fn main() {
    let rounds = if args().any(|argument| argument == "--test") {
        Rounds::once()
    } else {
        let passes = argument("--passes").map(|passes| passes.parse().expect("a number of passes"));
        Rounds::new(passes.unwrap_or(Rounds::USUAL_PASSES))
    };
    let merchant = keys::merchant();
    let mut report = Report::default();
    for pass in 1..=rounds.passes {
        eprintln!("pass {pass} of {}", rounds.passes);
        for length in messages::LENGTHS {
            seal(&mut report, &rounds, &merchant, length);
            open(&mut report, &rounds, &merchant, length);
        }
        stages::blowfish(&mut report, &rounds);
        stages::mac(&mut report, &rounds);
        stages::data(&mut report, &rounds);
        stages::outer_form(&mut report, &rounds);
        stages::many_keys(&mut report, &rounds);
    }
    report.between("seal_700", &["encrypt_data", "mac"]);
    report.between("open_900", &["outer_form", "decrypt_data", "mac"]);
    print!("{report}");
    if let Some(file) = argument("--json") {
        report.write(Path::new(&file));
    }
}

/// A request, from its types to the URL of the redirect.
fn seal(report: &mut Report, rounds: &Rounds, merchant: &paygate::Merchant, length: usize) {
    let request = messages::request(merchant, length);
    let pairs = messages::pairs(merchant, &request);
    let mut kept = kept::Keys::new();
    let mut limit = limit::Seal::new(&pairs);
    let url = ours::seal(merchant, &request);
    assert_eq!(
        url,
        straightforward::seal(&pairs, merchant.id().as_str()),
        "the same from the straightforward way"
    );
    assert_eq!(url, *kept.seal(&pairs, merchant.id().as_str()), "the same with kept keys");
    assert!(url.ends_with(limit.seal()), "the same at the limit");
    let times = rounds.measure(&mut [
        Way::new("ours", || ours::seal(merchant, &request).len()),
        Way::new("straightforward", || straightforward::seal(&pairs, merchant.id().as_str()).len()),
        Way::new("kept", || kept.seal(&pairs, merchant.id().as_str()).len()),
        Way::new("limit", || limit.seal().len()),
    ]);
    report.path(&format!("seal_{length}"), times);
}

/// An answer, from the bytes of its form to the outcome and all its fields in their types.
fn open(report: &mut Report, rounds: &Rounds, merchant: &paygate::Merchant, length: usize) {
    let expected = messages::expected(merchant);
    let answer = messages::answer(merchant, &expected, length);
    let form = answer.form(merchant).expect("sealed").into_bytes();
    let mut buffer = vec![0; form.len()];
    let (mut kept, mut limit) = (kept::Keys::new(), limit::Open::new(&form));
    let fields = ours::open(merchant, &expected, &form, &mut buffer);
    assert_eq!(fields, straightforward::open(&form, "order-4711-1"), "the same from the straightforward way");
    assert_eq!(fields, kept.open(&form, "order-4711-1"), "the same with kept keys");
    assert_eq!(fields, limit.open(&form), "the same at the limit");
    let mut other_buffer = buffer.clone();
    assert_eq!(fields, ours::open_owned(merchant, &expected, &form, &mut other_buffer));
    let times = rounds.measure(&mut [
        Way::new("ours", || ours::open(merchant, &expected, &form, &mut buffer)),
        Way::new("straightforward", || straightforward::open(&form, "order-4711-1")),
        Way::new("kept", || kept.open(&form, "order-4711-1")),
        Way::new("limit", || limit.open(&form)),
    ]);
    report.path(&format!("open_{length}"), times);
    let times = rounds.measure(&mut [
        Way::new("ours", || ours::open_owned(merchant, &expected, &form, &mut other_buffer)),
        Way::new("straightforward", || straightforward::open(&form, "order-4711-1")),
        Way::new("kept", || kept.open(&form, "order-4711-1")),
        Way::new("limit", || limit.open(&form)),
    ]);
    report.path(&format!("open_owned_{length}"), times);
}

/// What stands behind an argument.
fn argument(name: &str) -> Option<String> {
    args().skip_while(|argument| argument != name).nth(1)
}
