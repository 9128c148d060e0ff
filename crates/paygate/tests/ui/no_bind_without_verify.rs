//! What was only read from the wire cannot be bound.
use paygate::{Envelope, Expected, RawCallback};

fn bind(raw: &RawCallback<'_>, envelope: &Envelope<'_>, expected: &Expected) {
    raw.bind(expected);
    envelope.bind(expected);
}

fn main() {}
