//! Any code is explained without a panic, by its own digits; and only eight zeros are success.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{Code, State, Status, Verdict};

fuzz_target!(|input: &[u8]| {
    let (code, status) = input.split_at_checked(8).unwrap_or((input, b""));
    let (Ok(code), Ok(status)) = (str::from_utf8(code), str::from_utf8(status)) else { return };
    let Ok(code) = code.parse::<Code>() else { return };
    assert_eq!([&code.as_str()[..1], code.module(), code.detail()].concat(), code.as_str());
    let told = code.explain().to_string();
    assert!(!told.is_empty() && !told.chars().any(char::is_control));

    let Ok(status) = Status::new(status) else { return };
    let is_success = (status.as_str(), code.as_str()) == ("OK", "00000000");
    assert_eq!(Verdict::of(&status, code) == Ok(Verdict::Paid), is_success);
    match Verdict::of(&status, code) {
        Ok(Verdict::Paid) => {}
        Ok(Verdict::Authorized) => assert_eq!((status.as_str(), code.as_str()), ("AUTHORIZED", "00000000")),
        Ok(Verdict::Failed) => {
            assert!(matches!(&code.as_str()[..1], "2" | "4") && status.as_str() == "FAILED");
        }
        Ok(Verdict::Open) => assert!(code.state() != State::Fatal),
        Err(contradiction) => assert!(!contradiction.to_string().is_empty()),
    }
});
