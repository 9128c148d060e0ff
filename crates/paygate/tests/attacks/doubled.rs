//! Two fields of one name, inside of what is sealed or beside it.

use crate::{attempt, open, refused};
use paygate::params::message::Doubled;
use paygate::testing::{self, Callback};
use paygate::{Merchant, OpenError};

/// A callback's plaintext with something put before the MAC; the MAC stays right.
fn with_text(merchant: &Merchant, more: &str) -> String {
    let text = Callback::paid(&attempt(merchant)).plaintext(merchant).unwrap();
    testing::seal_text(merchant, &[more.as_bytes(), b"&", &text].concat()).unwrap()
}

#[test]
fn a_field_that_decides_may_not_stand_twice() {
    let merchant = testing::merchant();
    for name in ["mid", "PayID", "TransID", "Status", "Code", "MAC"] {
        for spelling in [name.to_owned(), name.to_uppercase(), name.to_lowercase()] {
            let form = with_text(&merchant, &format!("{spelling}=00000000"));
            assert_eq!(refused(&merchant, &form), OpenError::Doubled(Doubled { name }).into(), "{spelling}");
        }
    }
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    for (more, name) in [("&len=1", "Len"), ("&DATA=00", "Data"), ("&%4cen=1", "Len")] {
        let doubled = OpenError::Doubled(Doubled { name });
        assert_eq!(refused(&merchant, &[&form, more].concat()), doubled.into(), "{more}");
    }
}

#[test]
fn the_merchants_two_names_clash_only_where_they_differ() {
    let merchant = testing::merchant();
    let id = testing::MERCHANT_ID;
    assert!(open(&merchant, &with_text(&merchant, &format!("MerchantID={id}"))).is_ok());
    let form = with_text(&merchant, "MerchantID=another");
    assert_eq!(refused(&merchant, &form), OpenError::Doubled(Doubled { name: "mid" }).into());
    for twice in [format!("MerchantID={id}&merchantid={id}"), format!("mid={id}&MerchantID={id}")] {
        let twice = with_text(&merchant, &twice);
        assert_eq!(refused(&merchant, &twice), OpenError::Doubled(Doubled { name: "mid" }).into());
    }
}

#[test]
fn a_doubled_unsigned_field_is_an_issue_and_loses_no_order() {
    let merchant = testing::merchant();
    let more = "Description=first&XID=x&own=1&OWN=2&own=3&=&=&other=1";
    let callback = open(&merchant, &with_text(&merchant, more)).unwrap();
    let issues: Vec<_> = callback.issues().iter().map(ToString::to_string).collect();
    assert_eq!(
        issues,
        [
            "XID has 1 characters, exactly 32 are needed",
            "XID stands more than once",
            "Description stands more than once",
            "OWN stands more than once"
        ]
    );
    assert_eq!(callback.unsigned().text("description").unwrap(), "first");
}

#[test]
fn user_id_and_customer_id_are_two_fields() {
    let merchant = testing::merchant();
    let callback = open(&merchant, &with_text(&merchant, "UserId=7&CustomerId=8&customerid=9")).unwrap();
    let issues: Vec<_> = callback.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["customerid stands more than once"], "and UserId does not");
    assert_eq!(callback.unsigned().text("UserId").unwrap(), "7");
}

#[test]
fn echoes_beside_data_shadow_nothing() {
    let merchant = testing::merchant();
    let failed = Callback::failed(&attempt(&merchant), "22060203")
        .with_echo("Status", "OK")
        .with_echo("Code", "00000000")
        .with_echo("mid", "another")
        .with_echo("MAC", "");
    let callback = open(&merchant, &failed.form(&merchant).unwrap()).unwrap();
    assert_eq!(callback.signed().status().as_str(), "FAILED");
}
