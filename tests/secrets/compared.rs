//! MACs are compared at one place, and nothing else that is secret can be compared at all.

use crate::canary::{MAC, NAME, encryption_key, mac_key, merchant};
use crate::sources;
use paygate::Settings;
use paygate_crypto::{KeyPair, KeyRing, Plaintext, RequestParts};
use std::marker::PhantomData;

/// Asks whether a type has `==`: its own constant goes before that of the trait.
struct Compared<T>(PhantomData<T>);

impl<T: PartialEq> Compared<T> {
    #[allow(clippy::unused_self, reason = "the trait's has it too")]
    fn has_eq(&self) -> bool {
        true
    }
}

trait HasNone {
    fn has_eq(&self) -> bool {
        false
    }
}

impl<T> HasNone for Compared<T> {}

fn of<T>(_: &T) -> PhantomData<T> {
    PhantomData
}

macro_rules! has_eq {
    ($value:expr) => {
        Compared(of(&$value)).has_eq()
    };
}

#[test]
fn what_is_secret_has_no_equals_sign() {
    let key = mac_key();
    let mac = key.request(&RequestParts::default()).unwrap();
    let pair = KeyPair::new(encryption_key(), key.clone());
    assert!(!has_eq!(mac) && !has_eq!(mac.to_hex()) && !has_eq!(key) && !has_eq!(encryption_key()));
    assert!(!has_eq!(key.verify_request(&RequestParts::default(), &mac).unwrap()));
    assert!(!has_eq!(pair) && !has_eq!(KeyRing::new(pair.clone())) && !has_eq!(merchant()));
    assert!(
        !has_eq!(Plaintext::from(NAME.as_bytes()))
            && !has_eq!(Settings::from_lookup(|_| Some(MAC.to_owned())))
    );
    assert!(has_eq!(*merchant().id()), "what has it is known");
}

#[test]
fn macs_are_compared_at_one_place() {
    let compares = |line: &str| {
        ["ct_eq", "==", "!=", ".eq(", ".ne(", "cmp(", "starts_with", "ends_with", "eq_ignore"]
            .iter()
            .any(|word| line.contains(word))
    };
    let is_of_a_mac =
        |line: &str| ["ct_eq", "claimed", "computed", "to_hex"].iter().any(|word| line.contains(word));
    let mut sites = Vec::new();
    sources::read(&mut |module, text| {
        let code = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        let found = code.filter(|line| compares(line) && is_of_a_mac(line));
        sites.extend(found.map(|line| format!("{module}: {line}")));
    });
    assert_eq!(sites.len(), 1, "{sites:#?}");
    assert!(sites[0].starts_with("paygate_crypto::mac_key: ") && sites[0].contains(".ct_eq("), "{sites:?}");
}
