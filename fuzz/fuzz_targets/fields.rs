//! Each format class takes a text or names the rule that it breaks; what it took is written as it stood, and `fit` makes what it takes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::params::message::Field;
use paygate::{FormatError, params};
use std::net::IpAddr;

fuzz_target!(|input: &[u8]| {
    // As bytes of a legacy answer too: every byte is a character then.
    let latin1: String = input.iter().copied().map(char::from).collect();
    for text in [str::from_utf8(input).unwrap_or_default(), &latin1] {
        fixed(text);
        fitted(text);
    }
});

/// Read and written: the same text, which is read again.
fn same<T: Field>(text: &str, name: &str) {
    let read: Result<T, FormatError> = T::parse(text);
    assert_eq!(T::check(text).err(), read.as_ref().err().copied());
    let Ok(value) = read else { return };
    value.wire(&mut |wire| {
        if let Err(rule) = T::parse(wire) {
            panic!("{wire:?}: {rule}");
        }
        // An address has a shortest way to be written.
        let is_same = if name == "IpAddr" { wire.parse::<IpAddr>() == text.parse() } else { wire == text };
        assert!(is_same, "{name}: {text:?} became {wire:?}");
        assert!(!wire.contains('&'), "a pair ends at &");
        assert!(wire.chars().all(|c| u32::from(c) < 256), "it travels as ISO-8859-1");
    });
}

macro_rules! all {
    ($text:expr; $($Ty:ident)+) => { $(same::<params::$Ty>($text, stringify!($Ty));)+ };
}

fn fixed(text: &str) {
    all!(text; MerchantId TransId PayId Xid RefNr ReqId Status Code Currency CountryCode Language DateTime Match Response Amount
        CustomerId UserId AccountId MacText MobileNo Iban SocialSecurityNumber FirstName LastName Email IpAddr OrderDesc UserData
        Plain Custom Description CallbackUrl TemplateUrl AccClearingHouse AccOwner AccBank AccDescriptor AddrStreet AddrZip AddrCity);
}

macro_rules! fits {
    ($text:expr; $($Ty:ident)+) => { $({
        let fitted = params::$Ty::fit($text);
        let value = fitted.value();
        assert!(params::$Ty::new(value.as_str()).is_ok(), "{fitted:?}");
        assert!(params::$Ty::new($text).is_err() || value.as_str() == $text || fitted.is_changed());
        let again = params::$Ty::fit(value.as_str());
        assert_eq!(again.value().as_str(), value.as_str(), "it fits already");
    })+ };
}

fn fitted(text: &str) {
    fits!(text; FirstName LastName UserData OrderDesc);
}
