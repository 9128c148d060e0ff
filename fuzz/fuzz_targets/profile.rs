//! Any text is a profile, or all its lines that are wrong are told, and none that is not there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::Profile;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let lines = 1 + text.matches('\n').count();
    if let Err(error) = Profile::from_toml(text) {
        assert!(!error.problems().is_empty());
        for problem in error.problems() {
            assert!((1..=lines).contains(&problem.line()), "line {} of {lines}", problem.line());
        }
    }
});
