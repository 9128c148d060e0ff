//! Gives the readers of files the worst that we can think of, at 8, 16, 32 and 64 KiB, so that callgrind can count the instructions
//! of each: twice the file may take twice the work, and not four times.
//!
//! `tests/callgrind/linear` builds this, runs it under valgrind and judges the counts. By itself it does the same, and counts
//! nothing; with `--test` each case is done at the least length alone.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

#[path = "../../../paygate/benches/linear/measured.rs"]
mod measured;

use measured::{Case, Work, case, filled, numbered};
use paygate_batch::{FileName, Guard, Reader, Transport, check, reconcile};
use std::hint::black_box;

const HEAD: &str = "HEAD,Shop,20261122,2.1\n";
const PAY_ID: &str = "0123456789abcdef0123456789abcdef";

const CASES: &[Case] = &[
    case("one line", |size| checked(filled(HEAD, "x", size))),
    case("one line of commas", |size| checked(filled(HEAD, ",", size))),
    case("a HEAD of commas", |size| checked(filled("HEAD,Shop", ",", size))),
    case("lines that are empty", |size| checked(filled(HEAD, "\n", size))),
    case("lines that end in CR alone", |size| checked(filled(HEAD, "\r", size))),
    case("lines of commas", |size| checked(filled(HEAD, ",,,,,,,\n", size))),
    case("lines that are none", |size| checked(filled(HEAD, "Trustly,Credit\n", size))),
    case("quotation marks", |size| checked(filled(HEAD, "\"", size))),
    case("FOOT again and again", |size| checked(filled(HEAD, "FOOT,0,0\n", size))),
    case("HEAD again and again", |size| checked(filled("", HEAD, size))),
    case("digits without end in a FOOT", |size| checked(filled(&format!("{HEAD}FOOT,"), "9", size))),
    case("one refund again and again", |size| checked(sent(size, |_| refund("r-1", "EUR")))),
    case("another currency in each refund", |size| {
        checked(sent(size, |number| {
            let letter = |place: usize| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number / place % 26]);
            refund(&format!("r-{number}"), &[letter(1), letter(26), letter(676)].iter().collect::<String>())
        }))
    }),
    case("refunds held against an earlier file", |size| {
        let file = sent(size, |number| refund(&format!("r-{number}"), "EUR"));
        Box::new(move || {
            let mut guard = Guard::new();
            let mut earlier = Reader::new(file.as_bytes()).expect("a HEAD");
            guard.earlier("earlier", &mut earlier).expect("read");
            let mut problems = 0;
            let checked = check(Reader::new(file.as_bytes()).expect("a HEAD"), guard, |_| problems += 1);
            assert!(black_box(checked).is_ok() && problems > 1);
        })
    }),
    case("answers in the same order", |size| held_against(size, |_, number| number)),
    case("answers in the other order", |size| held_against(size, |count, number| count - number)),
    case("answers of other refunds", |size| held_against(size, |count, number| count + number)),
    case("one answer again and again", |size| held_against(size, |_, _| 1)),
    case("a file's name", |size| {
        let name = filled("T20261122001", "x", size - 4) + ".dat";
        Box::new(move || {
            for transport in [Transport::Sftp, Transport::Upload] {
                assert!(black_box(FileName::parse(&name, transport)).is_err());
            }
        })
    }),
];

fn main() {
    measured::run(CASES.to_vec());
}

fn refund(trans_id: &str, currency: &str) -> String {
    format!("Trustly,Credit,100,{currency},{trans_id},,{PAY_ID}")
}

/// A whole file.
fn sent(size: usize, line: impl Fn(usize) -> String) -> String {
    let file = numbered(HEAD, size - 32, |number| line(number) + "\n");
    let count = file.lines().count() - 1;
    format!("{file}FOOT,{count},{}\n", 100 * count)
}

fn checked(file: String) -> Work {
    Box::new(move || {
        if let Ok(reader) = black_box(Reader::new(file.as_bytes())) {
            let checked = check(reader, Guard::new(), |problem| {
                black_box(problem.to_string());
            });
            assert!(black_box(checked).is_ok());
        }
    })
}

/// `answered` says which refund the answer in a line is to, of how many.
fn held_against(size: usize, answered: fn(usize, usize) -> usize) -> Work {
    let each = refund("r-000000", "EUR").len() + 1;
    let count = size / each;
    let trans_id = |number: usize| format!("r-{number:06}");
    let sent = sent(size, |number| refund(&trans_id(number), "EUR"));
    let answers =
        (0..count).map(|number| refund(&trans_id(answered(count, number)), "EUR") + ",OK,00000000\n");
    let answers = HEAD.to_owned() + &answers.collect::<String>();
    Box::new(move || {
        let (sent, answered) = (Reader::new(sent.as_bytes()), Reader::new(answers.as_bytes()));
        let told = reconcile(sent.expect("a HEAD"), answered.expect("a HEAD"), |finding| {
            black_box(finding);
        });
        assert!(black_box(told).is_ok());
    })
}
