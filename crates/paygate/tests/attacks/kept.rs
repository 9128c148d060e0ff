//! What must not be refused, or not as if it were nothing: else a paid order would be lost.

use crate::changed::data_of;
use crate::changed::form_of;
use crate::{attempt, open, refused};
use paygate::crypto::LenUnit;
use paygate::params::message::Doubled;
use paygate::testing::{self, Callback};
use paygate::{
    EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, OpenError, Outcome, RawCallback, Route, Trustly,
    VerifyError,
};

#[test]
fn a_payment_after_a_failed_one_is_not_lost() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let failed =
        Callback::failed(&expected, "22060203").with("PayID", "0".repeat(32)).form(&merchant).unwrap();
    let stored = open(&merchant, &failed).unwrap().bind(&expected).unwrap().expected();
    assert_eq!(stored.pay_id(), None, "nobody paid by it");
    let paid = open(&merchant, &Callback::paid(&expected).form(&merchant).unwrap()).unwrap();
    assert!(matches!(paid.bind(&stored).unwrap().outcome(), Outcome::Paid(_)));
}

#[test]
fn small_faults_of_the_sender_lose_no_paid_order() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let form = Callback::paid(&expected).form(&merchant).unwrap();
    let paid = |form: &str| {
        let callback = open(&merchant, form).unwrap_or_else(|error| panic!("{form}: {error}"));
        matches!(callback.bind(&expected).unwrap().outcome(), Outcome::Paid(_))
    };
    for end in ["\n", "\r\n", " ", "+", "%20", "%0D%0A", "&", "&&x", "&session", "\0"] {
        assert!(paid(&format!("{form}{end}")), "{end:?}");
    }
    assert!(paid(&form.to_lowercase()));
    // A Len that counts the zeros of the padding.
    let text = Callback::paid(&expected).plaintext(&merchant).unwrap();
    let padded = [&text[..], &[0; 8][..8 - text.len() % 8]].concat();
    assert!(paid(&testing::seal_text(&merchant, &padded).unwrap()));
    // The merchant's id in another case, under a MAC over it as it stands.
    let shouted = Callback::paid(&expected).with("mid", testing::MERCHANT_ID.as_str().to_uppercase());
    assert!(paid(&shouted.form(&merchant).unwrap()));
    // An empty optional field, a segment without a value, and pairs without a name.
    let odd = [&text[..], b"&AccOwner=&flag&=&&=x"].concat();
    assert!(paid(&testing::seal_text(&merchant, &odd).unwrap()));
}

#[test]
fn an_answer_in_the_clear_needs_opting_in_and_a_mac() {
    let merchant = testing::merchant();
    let text = String::from_utf8(Callback::paid(&attempt(&merchant)).plaintext(&merchant).unwrap()).unwrap();
    assert_eq!(refused(&merchant, &text), OpenError::Plain.into());
    let open_minded = merchant.with_plain_answers();
    let callback = open(&open_minded, &text).unwrap();
    assert!(matches!(callback.bind(&attempt(&open_minded)).unwrap().outcome(), Outcome::Paid(_)));
    assert_eq!(refused(&open_minded, &text.replace("order-1", "order-2")), VerifyError::Mac);
    assert_eq!(refused(&open_minded, text.split_once("&MAC=").unwrap().0), VerifyError::MacMissing);
    let doubled = OpenError::Doubled(Doubled { name: "Status" });
    assert_eq!(refused(&open_minded, &format!("{text}&sTATUS=OK")), doubled.into());
    // Echoes of Custom may be bare words.
    assert!(open(&open_minded, &format!("{text}&V1&V2&&=&")).is_ok());
    assert!(open(&open_minded, &format!("{text}\r\n")).is_ok());
    let mut buffer = vec![0; text.len() + 7];
    let bare = format!("{text}&V1&V2");
    let raw = RawCallback::post(Route::Notify, bare.as_bytes());
    assert!(open_minded.open_in::<Trustly, _>(&raw, &mut buffer[..]).is_ok());
    // A separator that was escaped is none.
    let callback = open(&open_minded, &format!("Custom=a%26Status=FAILED&x%26y=1&{text}")).unwrap();
    assert_eq!(callback.unsigned().text("Custom").unwrap(), "a+Status=FAILED");
    // Both forms at once: what is sealed counts.
    let sealed = Callback::failed(&attempt(&open_minded), "22060203").form(&open_minded).unwrap();
    assert_eq!(open(&open_minded, &format!("{text}&{sealed}")).unwrap().signed().status().as_str(), "FAILED");
}

#[test]
fn a_contradiction_is_neither_paid_nor_failed() {
    let merchant = testing::merchant();
    for (status, code) in [
        ("OK", "00000001"),
        ("OK", "60000985"),
        ("AUTHORIZED", "20000000"),
        ("FAILED", "00000000"),
        ("FAILED", "60000985"),
        ("AUTHORIZE_REQUEST", "40000000"),
        ("success", "00000000"),
    ] {
        let form = Callback::new(&attempt(&merchant), status, code).form(&merchant).unwrap();
        let error = refused(&merchant, &form);
        assert!(matches!(error, VerifyError::Contradictory(..)), "{status} {code}");
        assert_eq!(error.kept().unwrap().trans_id().as_str(), "order-1", "kept for a person");
    }
}

#[test]
fn a_len_in_characters_or_utf16_units_is_taken_only_where_the_mac_holds() {
    let merchant = testing::merchant();
    for (city, unit) in [("Köln", LenUnit::Chars), ("Köln 🎉", LenUnit::Chars), ("Köln 🎉", LenUnit::Utf16)]
    {
        let text = Callback::paid(&attempt(&merchant)).with("AddrCity", city).plaintext(&merchant).unwrap();
        let form = testing::seal_text(&merchant, &text).unwrap();
        let (bytes, data) = data_of(&form);
        let text = std::str::from_utf8(&text).unwrap();
        let len = match unit {
            LenUnit::Chars => text.chars().count(),
            _ => text.encode_utf16().count(),
        };
        assert!(len < bytes);
        let callback = open(&merchant, &form_of(len, &data)).unwrap();
        assert_eq!(callback.unsigned().addr_city().unwrap().is_ok(), city == "Köln");
        assert_eq!(callback.unsigned().text("AddrCity").unwrap(), city);
        for wrong in 0..bytes {
            match open(&merchant, &form_of(wrong, &data)) {
                // Up to a few blanks of the padding behind the MAC may be counted in, which changes nothing.
                Ok(callback) => {
                    assert!(wrong >= text.chars().count(), "{wrong}");
                    assert_eq!(callback.unsigned().text("AddrCity").unwrap(), city);
                }
                Err(_) => assert_ne!(wrong, len),
            }
        }
    }
}

#[test]
fn what_is_odd_but_unsigned_loses_no_order() {
    let merchant = testing::merchant();
    let long_name = "n".repeat(65);
    let callback = Callback::paid(&attempt(&merchant))
        .with("Description", "d".repeat(1025))
        .with("AddrCity", b"K\xF6ln")
        .with("AccOwner", "Zażółć".as_bytes())
        .with("IBAN", "DE12")
        .with("unknown", "u".repeat(9000))
        .with(&long_name, "x")
        .with("XID", "");
    let callback = open(&merchant, &callback.form(&merchant).unwrap()).unwrap();
    assert!(matches!(callback.bind(&attempt(&merchant)).unwrap().outcome(), Outcome::Paid(_)));
    let mut odd: Vec<_> = callback.issues().into_iter().map(|issue| issue.name.into_owned()).collect();
    odd.last_mut().unwrap().truncate(3);
    assert_eq!(odd, ["XID", "Description", "AccOwner", "IBAN", "unknown", "nnn"]);
    assert_eq!(callback.unsigned().text("AddrCity").unwrap(), "Köln");
    assert_eq!(callback.unsigned().text("AccOwner").unwrap(), "Zażółć");
    assert_eq!(callback.unsigned().raw("Description").unwrap().len(), 1025);
}

#[test]
fn every_pair_of_keys_is_tried_and_the_result_says_which_held() {
    let pair = |encryption: &str, mac: &str| {
        KeyPair::new(EncryptionKey::blowfish_from_text(encryption).unwrap(), MacKey::from_text(mac).unwrap())
    };
    let merchant = |ring: KeyRing| Merchant::new(testing::MERCHANT_ID, ring);
    let old = merchant(KeyRing::new(pair("old-key-of-16-ch", "old-mac")));
    let aes =
        KeyPair::new(EncryptionKey::aes(b"0123456789abcdef").unwrap(), MacKey::from_text("new-mac").unwrap());
    let both =
        merchant(KeyRing::new(aes.clone()).with_previous(pair("old-key-of-16-ch", "old-mac").until(1000)));
    let now = |seconds| std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let form = Callback::paid(&attempt(&old)).form(&old).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    assert!(!both.open_at::<Trustly>(&raw, now(1000)).unwrap().key().is_current());
    assert!(both.open_at::<Trustly>(&raw, now(1001)).is_err(), "its time is over");
    let form = Callback::paid(&attempt(&both)).form(&both).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    assert!(both.open_at::<Trustly>(&raw, now(5000)).unwrap().key().is_current());
    // A pair is a pair: the old encryption with the new MAC key is nobody's.
    let mixed = merchant(KeyRing::new(pair("old-key-of-16-ch", "new-mac")));
    let form = Callback::paid(&attempt(&mixed)).form(&mixed).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    assert_eq!(both.open_at::<Trustly>(&raw, now(0)).unwrap_err(), VerifyError::Mac);
}

#[test]
fn a_buffer_of_the_callers_holds_the_text_or_is_refused_by_size() {
    let merchant = testing::merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let needed = data_of(&form).1.len();
    for size in [0, needed - 1] {
        let error = merchant.open_in::<Trustly, _>(&raw, vec![0; size]).unwrap_err();
        assert_eq!(error, OpenError::Buffer { needed }.into());
    }
    let mut buffer = vec![0; needed];
    let callback = merchant.open_in::<Trustly, _>(&raw, &mut buffer[..]).unwrap();
    assert_eq!(callback.pairs().count(), 8);
}
