//! The dictionary of the fuzz targets has every name of every message.

use paygate::methods::MethodVisitor;
use paygate::params::follow_ups::FollowUpVisitor;
use paygate::{FollowUp, Message, Method, methods, params::follow_ups};
use std::collections::BTreeSet;
use std::fs;

/// The names of the parameters of a message's two sides.
struct Names<'a>(&'a mut BTreeSet<&'static str>);

impl Names<'_> {
    fn of<M: Message>(&mut self) {
        self.0.extend(M::ROWS.iter().map(|row| row.name));
    }
}

impl MethodVisitor for Names<'_> {
    type Output = ();

    fn visit<M: Method>(mut self) {
        self.of::<M::Request>();
        self.of::<M::Result>();
    }
}

impl FollowUpVisitor for Names<'_> {
    type Output = ();

    fn visit<F: FollowUp>(mut self) {
        self.of::<F::Request>();
        self.of::<F::Answer>();
    }
}

#[test]
fn every_name_of_every_message_stands_in_the_dictionary() {
    let mut names = BTreeSet::from(["Len", "Data"]);
    for method in methods::NAMES {
        methods::visit(method, Names(&mut names)).unwrap();
    }
    for follow_up in follow_ups::NAMES {
        follow_ups::visit(follow_up, Names(&mut names)).unwrap();
    }
    let file = super::fuzz().join("dictionaries/messages.dict");
    let dictionary = fs::read_to_string(file).unwrap();
    let missing: Vec<_> =
        names.iter().filter(|name| !dictionary.contains(&format!("\"{name}=\"\n"))).collect();
    assert!(missing.is_empty(), "add to fuzz/dictionaries/messages.dict: {missing:#?}");
}
