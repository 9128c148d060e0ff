//! Counts, under valgrind, what branches or looks up a table by a secret: in the manner of ctgrind.
//!
//! Memcheck reports each jump and each address that depends on memory without a value. So secrets are marked to have
//! none, and what is reported then depends on them. `tests/constant-time/check` builds this and runs it.
#![forbid(unsafe_code)]

mod ledger;
mod secret;

use std::hint::black_box;
use std::process::ExitCode;

use crabgrind::RunMode;
use ledger::{Allowed, Ledger};
use paygate_crypto::{
    EncryptionKey, LenUnit, Mac, MacError, MacKey, MacVerified, RequestParts, ResponseParts,
};
use secret::{is_secret, secret, told};

const MAC_KEY: [u8; 32] = *b"a made-up password of 32 letters";

const ANSWER: ResponseParts<'static> = ResponseParts {
    pay_id: b"7bbb448155234d8cbee323778952ce28",
    trans_id: b"TID-12033175321270170232",
    mid: b"yourMerchantId",
    status: b"AUTHORIZED",
    code: b"00000000",
};

const REQUEST: RequestParts<'static> = RequestParts {
    pay_id: b"",
    trans_id: ANSWER.trans_id,
    merchant_id: ANSWER.mid,
    amount: b"1999",
    currency: b"EUR",
};

fn main() -> ExitCode {
    if crabgrind::run_mode() == RunMode::Native {
        eprintln!("This counts nothing without valgrind: run tests/constant-time/check");
        return ExitCode::from(2);
    }
    let mut ledger = Ledger::default();
    what_must_be_seen(&mut ledger);
    macs(&mut ledger);
    aes(&mut ledger);
    ledger.verdict()
}

/// What leaks, so that a silence about the rest means something.
fn what_must_be_seen(ledger: &mut Ledger) {
    let byte = secret([7]);
    ledger.count("a branch by a secret byte", Allowed::AtLeastOne, || {
        if byte[0] == 7 {
            black_box("so")
        } else {
            black_box("otherwise")
        };
    });
    let key = secret(*b"16CharKeyLength!");
    ledger.count("Blowfish, whose tables are looked up by the key", Allowed::AtLeastOne, || {
        black_box(EncryptionKey::blowfish(&key).is_ok());
    });
}

fn macs(ledger: &mut Ledger) {
    let known = MacKey::new(&MAC_KEY).expect("a key");
    let bytes = secret(MAC_KEY);
    let key = ledger.count("making a MAC key", Allowed::Nothing, || MacKey::new(&bytes).expect("a key"));

    let long = [b'x'; 300];
    for (name, parts) in [
        ("the MAC of an answer", ANSWER),
        ("the MAC of a text of over 247 bytes", ResponseParts { trans_id: &long, ..ANSWER }),
    ] {
        let mac = ledger.count(name, Allowed::Nothing, || key.response(&parts).expect("a MAC"));
        checked(ledger, mac, known.response(&parts).expect("a MAC"), |mac| key.verify_response(&parts, mac));
    }
    // The simulator's side of it.
    let mac =
        ledger.count("the MAC of a request", Allowed::Nothing, || key.request(&REQUEST).expect("a MAC"));
    checked(ledger, mac, known.request(&REQUEST).expect("a MAC"), |mac| key.verify_request(&REQUEST, mac));
}

/// Counts what checking does, with a MAC that is right and with two that are not.
fn checked(
    ledger: &mut Ledger,
    mac: Mac,
    right: Mac,
    verify: impl Fn(&Mac) -> Result<MacVerified, MacError>,
) {
    assert!(is_secret(&mac), "valgrind lost track of the secret: no count here means anything");
    for (name, claimed) in [
        ("checking a MAC that is right", right),
        ("checking a MAC whose first bit is wrong", with_flipped(right, 0)),
        ("checking a MAC whose last bit is wrong", with_flipped(right, 63)),
    ] {
        // Whether it held is what the caller is told anyway.
        let mut held = ledger.count(name, Allowed::Verdict, || verify(&claimed));
        told(&mut held);
        assert_eq!(held.is_ok(), name.ends_with("right"));
    }
}

/// The MAC with one bit of one of its 64 digits flipped.
fn with_flipped(mac: Mac, digit: usize) -> Mac {
    let mut digits = mac.to_hex().as_str().to_owned().into_bytes();
    // Of 0 to 9 the lowest bit gives another one of them; of A to F, the case aside, too.
    digits[digit] = match digits[digit] {
        b'F' => b'E',
        b'A' => b'B',
        b'B' => b'A',
        other => other ^ 1,
    };
    Mac::parse(&digits).expect("digits")
}

/// Neither the key nor the text, padding and all, is looked at by the time the text is cut.
fn aes(ledger: &mut Ledger) {
    let text = b"MAC=0&mid=shop&Status=OK&Code=00000000&PayID=7bbb448155234d8cbee323778952ce28";
    for (name, length) in [("AES-128", 16), ("AES-192", 24), ("AES-256", 32)] {
        let known = EncryptionKey::aes(&MAC_KEY[..length]).expect("a key");
        let sealed = known.encrypt_with_iv(text, [9; 16]).expect("sealed");
        let bytes = secret(MAC_KEY);
        let key = ledger.count(&format!("making a key for {name}"), Allowed::Nothing, || {
            EncryptionKey::aes(&bytes[..length]).expect("a key")
        });
        let opened =
            ledger.count(&format!("{name}: decrypting, and cutting at Len"), Allowed::Nothing, || {
                let opened = key.decrypt(sealed.data().as_bytes()).expect("whole blocks");
                assert_eq!(opened.cut(sealed.len(), LenUnit::Bytes), Ok(text.len()));
                opened
            });
        let first: [u8; 16] = opened.blocks()[..16].try_into().expect("a block");
        assert!(is_secret(&first), "valgrind lost track of the secret: no count here means anything");
    }
}
