//! Answers from server to server, which have no MAC.

use crate::measured::{Case, Work, case, filled};
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::testing::{self, Answer};
use paygate::{Call, HttpResponse, TransId};
use std::hint::black_box;

pub(crate) const CASES: &[Case] = &[
    case("follow-up: names without end", |size| read(filled("", "a=1&", size))),
    case("follow-up: one value of escapes", |size| read(filled("Len=1&Data=", "%41", size))),
    case("follow-up: blanks", |size| read(filled("", " ", size))),
    case("follow-up: HTML", |size| read(filled("<html>", "<p>&=", size))),
    case("follow-up: an encrypted one of 240 unknown names", |size| {
        let inner = |answer: Answer| {
            (0..230)
                .fold(answer, |answer, number| answer.with(&format!("n{number}"), "v".repeat(size / 500 - 6)))
        };
        let call = testing::merchant()
            .inquire24(&Inquire24Request::new(TransId::from_static("order-1")))
            .expect("sealed");
        let response = inner(Answer::to(&call)).response().expect("sealed");
        Box::new(move || {
            let answer = black_box(call.read(&response)).expect("an answer");
            black_box((answer.issues(), answer.pairs().count(), answer.amounts().is_ok()));
        })
    }),
];

fn read(body: String) -> Work {
    let call = testing::merchant()
        .inquire24(&Inquire24Request::new(TransId::from_static("order-1")))
        .expect("sealed");
    let response = HttpResponse::new(200, body);
    Box::new(move || assert!(black_box(call.read(&response)).is_err()))
}
