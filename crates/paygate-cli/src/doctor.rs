//! `paygate doctor`: settings and machine, examined without sending anything.

use crate::columns::aligned;
use crate::escape::Printable;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use crate::settings;
use paygate::{Finding, Settings, Severity};
use rustls_native_certs::{CertificateResult, load_native_certs};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 2026-01-01, in seconds since 1970: this command is not older.
const EARLIEST: Duration = Duration::from_secs(1_767_225_600);
/// 2100-01-01.
const LATEST: Duration = Duration::from_secs(4_102_444_800);

/// Examines everything; `now` is the clock's time.
pub(crate) fn run(env_file: Option<&Path>, now: SystemTime, output: Output) -> Result<Exit, Failure> {
    let mut findings = settings::load(env_file)?.examine();
    if env_file.is_none() {
        // In a file such a name is refused.
        findings.extend(unknown(std::env::vars_os().map(|(name, _)| name)));
    }
    findings.push(clock(now));
    findings.push(certificates(&load_native_certs()));
    let problems = findings.iter().filter(|finding| finding.severity() == Severity::Problem).count();
    output.result(|| text(&findings), || json(&findings, problems))?;
    Ok(if problems == 0 { Exit::Done } else { Exit::Refused })
}

/// A time of the clock, from seconds since 1970.
pub(crate) fn time(seconds: &str) -> Result<SystemTime, &'static str> {
    let since = seconds.parse().ok().map(Duration::from_secs);
    since.and_then(|since| UNIX_EPOCH.checked_add(since)).ok_or("is no number of seconds")
}

/// Variables whose names begin like ours and are none.
fn unknown(names: impl Iterator<Item = OsString>) -> impl Iterator<Item = Finding> {
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(settings::PREFIX) && !Settings::VARIABLES.contains(&name.as_str()))
        .map(|name| Finding::new(name, Severity::Advice, "is no variable of paygate's: is it misspelt?"))
}

fn clock(now: SystemTime) -> Finding {
    let finding = |severity, text: &'static str| Finding::new("clock", severity, text);
    match now.duration_since(UNIX_EPOCH) {
        Ok(since) if since >= LATEST => finding(
            Severity::Problem,
            "stands after 2099: TLS takes every certificate for expired, and keys with an end too",
        ),
        Ok(since) if since >= EARLIEST => finding(Severity::Fine, "stands between 2026 and 2099"),
        _ => finding(
            Severity::Problem,
            "stands before 2026: TLS takes certificates for not yet valid, and keys with an end do not end",
        ),
    }
}

fn certificates(found: &CertificateResult) -> Finding {
    let count = found.certs.len();
    let (severity, text) = match (count, found.errors.is_empty()) {
        (0, _) => (
            Severity::Problem,
            "no trusted root certificates: calls to Paygate fail unless the HTTP client brings its own"
                .to_owned(),
        ),
        (_, true) => (Severity::Fine, format!("{count} trusted root certificates")),
        (_, false) => {
            (Severity::Advice, format!("{count} trusted root certificates; others could not be read"))
        }
    };
    Finding::new("TLS", severity, text)
}

fn text(findings: &[Finding]) -> String {
    let row = |finding: &Finding| {
        let word = match finding.severity() {
            Severity::Fine => "ok",
            Severity::Advice => "note",
            Severity::Problem => "PROBLEM",
        };
        let printable = |text| Printable(text).to_string();
        [word.to_owned(), printable(finding.subject()), printable(finding.text())]
    };
    aligned(&findings.iter().map(row).collect::<Vec<_>>())
}

fn json(findings: &[Finding], problems: usize) -> Value {
    let finding = |finding: &Finding| {
        let severity = match finding.severity() {
            Severity::Fine => "ok",
            Severity::Advice => "note",
            Severity::Problem => "problem",
        };
        json!({ "subject": finding.subject(), "severity": severity, "text": finding.text() })
    };
    json!({ "problems": problems, "findings": findings.iter().map(finding).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_plausible_from_2026_up_to_2099() {
        let at = |seconds| clock(UNIX_EPOCH + Duration::from_secs(seconds)).severity();
        for seconds in [EARLIEST.as_secs(), LATEST.as_secs() - 1] {
            assert_eq!(at(seconds), Severity::Fine, "{seconds}");
        }
        for seconds in [0, EARLIEST.as_secs() - 1, LATEST.as_secs()] {
            assert_eq!(at(seconds), Severity::Problem, "{seconds}");
        }
        assert_eq!(clock(UNIX_EPOCH - Duration::from_secs(1)).severity(), Severity::Problem);
    }

    #[test]
    fn a_name_that_begins_like_ours_and_is_none_is_worth_a_look() {
        let names =
            ["PAYGATE_MAC_KY", "PAYGATE_MAC_KEY", "PATH", "paygate_x", "PAYGATE_"].map(OsString::from);
        let found: Vec<_> = unknown(names.into_iter()).map(|finding| finding.subject().to_owned()).collect();
        assert_eq!(found, ["PAYGATE_MAC_KY", "PAYGATE_"]);
    }
}
