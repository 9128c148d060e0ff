//! `paygate open` while keys are being exchanged.

use crate::command::{account, run};
use crate::open::form;
use paygate::testing::{self, Callback};

#[test]
fn a_callback_of_the_previous_keys_opens_and_says_so() {
    let [id, ..] = account();
    let rotated = [
        id,
        ("PAYGATE_ENCRYPTION_KEY", "the new encryption key"),
        ("PAYGATE_MAC_KEY", "the new mac key"),
        ("PAYGATE_ENCRYPTION_KEY_PREVIOUS", testing::ENCRYPTION_KEY),
        ("PAYGATE_MAC_KEY_PREVIOUS", testing::MAC_KEY),
    ];
    let callback = form(Callback::paid);
    let ran = run(&rotated, &["open", "--json", "--trans-id", "order-1", &callback]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert_eq!(ran.json()["key"], "previous");
    let ran = run(&rotated, &["open", "--trans-id", "order-1", &callback]);
    assert!(ran.text().contains("* covered by the MAC, with the previous key"), "{}", ran.text());
    assert_eq!(run(&rotated[..3], &["open", "--trans-id", "order-1", &callback]).code, 1);
}

#[test]
fn one_key_of_the_two_may_be_exchanged_alone() {
    let [id, encryption, _] = account();
    let rotated =
        [id, encryption, ("PAYGATE_MAC_KEY", "new"), ("PAYGATE_MAC_KEY_PREVIOUS", testing::MAC_KEY)];
    let ran = run(&rotated, &["open", "--json", "--trans-id", "order-1", &form(Callback::paid)]);
    assert_eq!((ran.code, &ran.json()["key"]), (0, &"previous".into()));
}

#[test]
fn another_merchant_s_callback_is_refused_though_its_mac_holds() {
    let [_, encryption, mac] = account();
    let other = [("PAYGATE_MERCHANT_ID", "another"), encryption, mac];
    let ran = run(&other, &["open", "--trans-id", "order-1", &form(Callback::paid)]);
    assert_eq!((ran.code, ran.messages()[0]), (1, "mid is another merchant"));
    assert!(ran.messages()[1].starts_with("its MAC held, so it is a matter for a person: mid=test_merchant"));
}
