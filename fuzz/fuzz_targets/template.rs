//! Any page is a template or breaks rules, each at a line that is there; one that holds is the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::template::Template;

fuzz_target!(|input: &[u8]| {
    let lines = input.split(|byte| *byte == b'\n').count() as u64;
    match Template::parse(input) {
        Ok(template) => {
            assert_eq!(template.as_str().as_bytes(), input);
            assert!((1..=lines).contains(&template.line()));
        }
        Err(error) => {
            assert!(error.problems().len() <= 1000);
            assert!(!error.to_string().is_empty());
        }
    }
});
