//! Gives every reader of outside text the worst that we can think of, at 8, 16, 32 and 64 KiB, so that callgrind can count the
//! instructions of each: twice the text may take twice the work, and not four times.
//!
//! `tests/callgrind/linear` builds this, runs it under valgrind and judges the counts. By itself it does the same, and counts
//! nothing; with `--test` each case is done at the least length alone.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

mod callbacks;
mod fields;
mod follow_ups;
mod measured;
mod requests;
mod stored;
mod templates;

fn main() {
    let groups = [
        callbacks::CASES,
        follow_ups::CASES,
        requests::CASES,
        fields::CASES,
        stored::CASES,
        templates::CASES,
    ];
    measured::run(groups.concat());
}
