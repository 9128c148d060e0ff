//! Whose clock decides: processes of one inbox may have clocks that differ, and their database has one.

use crate::code::{bare, without_tests};
use crate::tree::{files, read};

#[test]
fn leases_and_ages_of_the_inbox_are_by_the_clock_of_its_database() {
    let mut asked = 0;
    for path in files(".rs").into_iter().filter(|path| path.starts_with("crates/gateway-inbox/src/")) {
        let source = read(&path);
        let (code, _) = without_tests(&bare(&source));
        for clock in ["SystemTime", "UNIX_EPOCH", "Utc::", "Local::", "chrono::", "jiff::"] {
            assert!(!code.contains(clock), "{path} asks {clock}");
        }
        asked += source.matches("{now}").count();
    }
    assert!(asked >= 10, "{asked} statements ask the database");
}
