//! `paygate params`.

use crate::command::run;
use paygate::methods::swish::Swish;
use paygate::params::message::Row;
use paygate::{Message, Method, Trustly, follow_ups, methods};
use serde_json::{Value, json};

/// The rows of a table, as JSON must have them.
fn expected(rows: &[Row], last: &str, word: fn(&Row) -> &'static str) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let mut object = json!({
                "key": row.name,
                "format": row.format.to_string(),
                "cnd": row.presence.as_str(),
                last: word(row),
                "description": row.doc.trim(),
            });
            if let Some(alias) = row.alias {
                object["alias"] = alias.into();
            }
            object
        })
        .collect()
}

fn holds_the_tables_of<M: Method>() {
    let ran = run(&[], &["params", "--json", M::NAME]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let currencies: Vec<&str> = M::CURRENCIES.iter().map(paygate::Currency::as_str).collect();
    let page = json!({
        "name": M::NAME,
        "endpoint": M::ENDPOINT,
        "currencies": currencies,
        "request": expected(<M::Request as Message>::ROWS, "filled_by", |row| row.filler.as_str()),
        "result": expected(<M::Result as Message>::ROWS, "mac", |row| row.coverage.as_str()),
    });
    assert_eq!(ran.json(), page);
}

#[test]
fn json_is_the_library_s_tables() {
    holds_the_tables_of::<Trustly>();
    holds_the_tables_of::<Swish>();
}

#[test]
fn a_row_reads_as_on_the_vendor_s_page() {
    let ran = run(&[], &["params", "trustly"]);
    assert_eq!(ran.code, 0);
    for line in [
        "trustly: trustly.aspx",
        "KEY                   FORMAT     CND  FILLED BY  DESCRIPTION",
        "URLSuccess            ans..256   M    shop       Where the customer comes back after success.",
        "KEY                FORMAT     CND  MAC       DESCRIPTION",
        "mid or MerchantID  ans..30    M    signed    The merchant.",
    ] {
        assert!(ran.text().lines().any(|found| found == line), "{line}:\n{}", ran.text());
    }
}

#[test]
fn every_method_and_every_follow_up_is_shown_and_nothing_else() {
    for name in methods::NAMES.iter().chain(follow_ups::NAMES) {
        let ran = run(&[], &["params", name]);
        assert_eq!((ran.code, ran.text().lines().next()), (0, Some(&*format!("{name}: {name}.aspx"))));
        assert!(ran.text().lines().all(|line| line == line.trim_end()));
        let json = run(&[], &["params", name, "--json"]).json();
        assert_eq!(json["name"], *name);
        assert_eq!(json.get("repeatable").is_some(), follow_ups::NAMES.contains(name));
        assert_eq!(json.get("currencies").is_some(), methods::NAMES.contains(name));
    }
    for arguments in [&["params", "cash"][..], &["params"], &["params", "Trustly"], &["params", "a", "b"]] {
        let ran = run(&[], arguments);
        assert_eq!((ran.code, ran.text()), (2, ""), "{arguments:?}");
    }
    assert!(run(&[], &["params", "cash"]).stderr.contains("trustly, swish, credit, inquire, inquire24"));
}

#[test]
fn a_follow_up_says_whether_it_may_be_sent_twice() {
    assert!(run(&[], &["params", "credit"]).text().contains("it acts: sent twice it may act twice"));
    assert!(run(&[], &["params", "inquire24"]).text().contains("it only asks"));
    assert_eq!(run(&[], &["params", "credit", "--json"]).json()["repeatable"], false);
}

#[test]
fn no_account_is_needed_nor_shown() {
    let broken = [
        ("PAYGATE_MERCHANT_ID", "canary"),
        ("PAYGATE_ENCRYPTION_KEY", "canary"),
        ("PAYGATE_MAC_KEY", "canary\n"),
        ("PAYGATE_PROFILE", "/nowhere/canary"),
    ];
    for arguments in [&["params", "trustly"][..], &["params", "credit", "--json"], &["code", "00000000"]] {
        let ran = run(&broken, arguments);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        assert!(!ran.text().contains("canary"));
    }
}
