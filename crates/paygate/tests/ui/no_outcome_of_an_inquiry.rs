//! An inquiry tells amounts; its Status and Code are about the inquiry and make no outcome.

use paygate::follow_ups::{Credit, Inquire};
use paygate::{Expected, Outcome, WithoutMac};

fn outcome_of_an_inquiry(answer: &WithoutMac<Inquire>, expected: &Expected) -> Outcome {
    answer.bind(expected).outcome()
}

fn amounts_of_a_credit(answer: &WithoutMac<Credit>) {
    answer.amounts();
}

fn signed_fields(answer: &WithoutMac<Inquire>) {
    answer.signed();
}

fn main() {}
