//! Attacks on callbacks, each a test named after what must hold.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::crypto::{LenUnit, RequestParts};
use paygate::params::message::{Doubled, SignedError};
use paygate::testing::{self, Callback};
use paygate::{
    Authentic, BindError, Currency, EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, MerchantId,
    Money, OpenError, Outcome, RawCallback, Route, Signed, TransId, Trustly, VerifyError,
};

type Opening = Result<Authentic<Trustly>, VerifyError>;

fn open(merchant: &Merchant, form: &str) -> Opening {
    merchant.open(&RawCallback::post(Route::Notify, form.as_bytes()))
}

fn refused(merchant: &Merchant, form: &str) -> VerifyError {
    open(merchant, form).unwrap_err()
}

fn aes_merchant() -> Merchant {
    let keys = KeyPair::new(
        EncryptionKey::aes(b"0123456789abcdef").unwrap(),
        MacKey::from_text(testing::MAC_KEY).unwrap(),
    );
    Merchant::new(testing::MERCHANT_ID, KeyRing::new(keys)).marked_as_test()
}

/// The attempt that most tests are about.
fn attempt(merchant: &Merchant) -> Expected {
    testing::expected(merchant, "order-1", 1999)
}

/// `Len` and the bytes of `Data` of a form that [`Callback`] made.
fn data_of(form: &str) -> (usize, Vec<u8>) {
    let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
    let digits = data.as_bytes().chunks(2);
    (
        len.parse().unwrap(),
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect(),
    )
}

fn form_of(len: usize, data: &[u8]) -> String {
    format!("Len={len}&Data={}", hex::encode_upper(data))
}

/// A thousand callbacks of all kinds, no two alike.
fn thousand(merchant: &Merchant) -> Vec<Callback> {
    (0..1000)
        .map(|number| {
            let expected =
                testing::expected(merchant, &format!("order-{}-{number}", number * 7919), 100 + number);
            let callback = match number % 4 {
                0 => Callback::paid(&expected),
                1 => Callback::open(&expected),
                2 => Callback::failed(&expected, "22060203"),
                _ => Callback::new(&expected, "AUTHORIZED", "00000000"),
            };
            if number % 3 == 0 { callback.with("AddrCity", "Köln") } else { callback }
        })
        .collect()
}

/// Opens what an attacker changed: refused, or what the MAC covers is what it was.
fn unchanged_or_refused(merchant: &Merchant, form: &str, original: &Signed) -> bool {
    match open(merchant, form) {
        Ok(callback) => {
            assert_eq!(callback.signed(), original);
            true
        }
        Err(_) => false,
    }
}

#[test]
fn no_bit_of_data_or_len_changes_what_is_believed() {
    let merchant = testing::merchant();
    let (mut tried, mut accepted) = (0_u32, 0_u32);
    for callback in thousand(&merchant) {
        let form = callback.form(&merchant).unwrap();
        let original = *open(&merchant, &form).unwrap().signed();
        let (len, mut data) = data_of(&form);
        for bit in 0..data.len() * 8 {
            data[bit / 8] ^= 1 << (bit % 8);
            accepted += u32::from(unchanged_or_refused(&merchant, &form_of(len, &data), &original));
            data[bit / 8] ^= 1 << (bit % 8);
            tried += 1;
        }
        let digits = len.to_string().into_bytes();
        for bit in 0..digits.len() * 8 {
            let mut flipped = digits.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let head = [b"Len=", &flipped[..], b"&Data="].concat();
            let form = [head, hex::encode_upper(&data).into_bytes()].concat();
            if let Ok(callback) = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, &form)) {
                assert_eq!(callback.signed(), &original);
                accepted += 1;
            }
            tried += 1;
        }
    }
    // Blocks that hold unsigned fields alone (XID, Description, AddrCity) may be garbled: they decide nothing.
    assert!(accepted < tried / 3, "{accepted} of {tried}");
    println!("{tried} flips, {accepted} of them in fields that decide nothing");
}

#[test]
fn no_bit_of_the_mac_or_of_a_covered_field_can_be_changed() {
    let merchant = testing::merchant();
    let mut tried = 0_u32;
    for callback in thousand(&merchant) {
        let mut text = callback.plaintext(&merchant).unwrap();
        for name in ["mid", "PayID", "TransID", "Status", "Code", "MAC"] {
            let name = format!("{name}=");
            let name = name.as_bytes();
            let begins = |at: usize| (at == 0 || text[at - 1] == b'&') && text[at..].starts_with(name);
            let start = (0..text.len()).find(|at| begins(*at)).unwrap() + name.len();
            let end = text[start..].iter().position(|byte| *byte == b'&').map_or(text.len(), |at| start + at);
            for bit in start * 8..end * 8 {
                let before = text[bit / 8];
                text[bit / 8] ^= 1 << (bit % 8);
                let same_hex_digit = name == b"MAC=" && text[bit / 8].eq_ignore_ascii_case(&before);
                let opened = open(&merchant, &testing::seal_text(&merchant, &text).unwrap());
                assert_eq!(opened.is_ok(), same_hex_digit, "bit {bit}: {opened:?}");
                text[bit / 8] = before;
                tried += 1;
            }
        }
    }
    println!("{tried} flips");
}

#[test]
fn no_bit_of_aes_data_changes_what_is_believed() {
    let merchant = aes_merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let original = *open(&merchant, &form).unwrap().signed();
    let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
    for (at, digit) in data.char_indices().filter(|(_, digit)| *digit != '-') {
        for bit in 0..4 {
            let flipped = char::from_digit(digit.to_digit(16).unwrap() ^ (1 << bit), 16).unwrap();
            let data = [&data[..at], &flipped.to_string(), &data[at + 1..]].concat();
            unchanged_or_refused(&merchant, &format!("Len={len}&Data={data}"), &original);
        }
    }
}

#[test]
fn a_failed_result_copied_to_url_success_is_refused() {
    let merchant = testing::merchant();
    let form = Callback::failed(&attempt(&merchant), "22060203").form(&merchant).unwrap();
    for raw in [
        RawCallback::get(Route::Success, form.as_bytes()),
        RawCallback::post(Route::Success, form.as_bytes()),
    ] {
        assert!(matches!(merchant.open::<Trustly>(&raw).unwrap_err(), VerifyError::WrongRoute(_)));
    }
    let paid = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let raw = RawCallback::get(Route::Failure, paid.as_bytes());
    let error = merchant.open::<Trustly>(&raw).unwrap_err();
    assert!(matches!(error, VerifyError::WrongRoute(_)));
    assert_eq!(error.kept().unwrap().status().as_str(), "OK", "kept for a person");
}

#[test]
fn the_url_that_was_hit_never_makes_a_result_better() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    for (callback, routes) in [
        (Callback::paid(&expected), &[Route::Success, Route::Notify][..]),
        (Callback::open(&expected), &[Route::Success, Route::Notify]),
        (Callback::new(&expected, "AUTHORIZED", "00000000"), &[Route::Success, Route::Notify]),
        (Callback::failed(&expected, "42060203"), &[Route::Failure, Route::Notify]),
    ] {
        let form = callback.form(&merchant).unwrap();
        let mut outcomes = Vec::new();
        for route in [Route::Success, Route::Failure, Route::Notify] {
            let opened = merchant.open::<Trustly>(&RawCallback::get(route, form.as_bytes()));
            assert_eq!(opened.is_ok(), routes.contains(&route), "{route:?}");
            outcomes.extend(opened.ok().map(|callback| callback.bind(&expected).unwrap().outcome()));
        }
        assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[test]
fn data_of_one_attempt_does_not_pay_another() {
    let merchant = testing::merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let other = testing::expected(&merchant, "order-2", 1999);
    assert_eq!(open(&merchant, &form).unwrap().bind(&other).unwrap_err(), BindError::TransId);
}

#[test]
fn old_data_pays_the_old_amount_after_the_basket_grew() {
    let merchant = testing::merchant();
    let small = testing::expected(&merchant, "order-1-1", 1999);
    let grown = testing::expected(&merchant, "order-1-2", 99_900);
    let callback = open(&merchant, &Callback::paid(&small).form(&merchant).unwrap()).unwrap();
    assert_eq!(callback.bind(&grown).unwrap_err(), BindError::TransId);
    let Outcome::Paid(paid) = callback.bind(&small).unwrap().outcome() else { panic!("paid") };
    assert_eq!(paid.money(), Money::new(1999, Currency::EUR).unwrap());
}

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
fn a_second_payment_for_a_pinned_attempt_does_not_bind() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let first = open(&merchant, &Callback::open(&expected).form(&merchant).unwrap()).unwrap();
    let pinned = first.bind(&expected).unwrap().expected();
    assert_eq!(pinned.pay_id(), Some(first.pay_id()));
    let second = Callback::paid(&expected).with("PayID", "0123456789abcdef0123456789abcdef");
    let second = open(&merchant, &second.form(&merchant).unwrap()).unwrap();
    assert_eq!(second.bind(&pinned).unwrap_err(), BindError::PayId);
    let paid = open(&merchant, &Callback::paid(&expected).form(&merchant).unwrap()).unwrap();
    assert!(matches!(paid.bind(&pinned).unwrap().outcome(), Outcome::Paid(_)));
}

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
fn truncated_data_is_refused() {
    let merchant = testing::merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let (len, data) = data_of(&form);
    for keep in 0..data.len() {
        for len in [len, keep] {
            refused(&merchant, &form_of(len, &data[..keep]));
        }
    }
    for end in form.find("&Data=").unwrap()..form.len() {
        refused(&merchant, &form[..end]);
    }
}

#[test]
fn spliced_blocks_change_nothing_that_is_signed() {
    let merchant = testing::merchant();
    let failed = Callback::failed(&testing::expected(&merchant, "order-1", 1999), "22060203");
    let paid = Callback::paid(&testing::expected(&merchant, "order-2", 100));
    let failed = failed.form(&merchant).unwrap();
    let original = *open(&merchant, &failed).unwrap().signed();
    let (len, data) = data_of(&failed);
    let (_, other) = data_of(&paid.form(&merchant).unwrap());
    let (_, request) = data_of(&own_request(&merchant));
    let mut accepted = 0;
    for source in [&data, &other, &request] {
        for (at, from) in (0..data.len() / 8).flat_map(|at| (0..source.len() / 8).map(move |from| (at, from)))
        {
            // One block, and everything from there on.
            for count in [1, usize::MAX] {
                let mut spliced = data.clone();
                let end = source.len().min(from.saturating_add(count).saturating_mul(8));
                let room = (spliced.len() - at * 8).min(end - from * 8);
                spliced[at * 8..at * 8 + room].copy_from_slice(&source[from * 8..from * 8 + room]);
                accepted += u32::from(unchanged_or_refused(&merchant, &form_of(len, &spliced), &original));
                // And inserted, with the Len that an attacker would write.
                let mut longer = data.clone();
                longer.splice(at * 8..at * 8, source[from * 8..end].iter().copied());
                accepted += u32::from(unchanged_or_refused(
                    &merchant,
                    &form_of(len + end - from * 8, &longer),
                    &original,
                ));
            }
        }
    }
    assert!(accepted > 0, "splices into Description are possible, which is why it is unsigned");
}

/// `Len=…&Data=…` of a sealed request.
fn own_request(merchant: &Merchant) -> String {
    let sealed = merchant.seal(&testing::request("order-1", 1999)).unwrap();
    let [_, (_, len), (_, data)] = sealed.redirect.params();
    format!("Len={len}&Data={data}")
}

#[test]
fn our_own_request_posted_as_a_callback_is_refused() {
    for merchant in [testing::merchant(), aes_merchant()] {
        let error = refused(&merchant, &own_request(&merchant));
        assert_eq!(error, VerifyError::Field(SignedError::Missing { name: "PayID" }));
    }
}

#[test]
fn a_request_mac_is_no_response_mac() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let key = MacKey::from_text(testing::MAC_KEY).unwrap();
    let mac = key
        .request(&RequestParts {
            trans_id: b"order-1",
            merchant_id: testing::MERCHANT_ID.as_str().as_bytes(),
            amount: b"1999",
            currency: b"EUR",
            ..RequestParts::default()
        })
        .unwrap();
    let text = String::from_utf8(Callback::paid(&expected).plaintext(&merchant).unwrap()).unwrap();
    let text = format!("{}&MAC={}", text.split_once("&MAC=").unwrap().0, mac.to_hex());
    let form = testing::seal_text(&merchant, text.as_bytes()).unwrap();
    assert_eq!(refused(&merchant, &form), VerifyError::Mac);
}

#[test]
fn another_merchant_with_the_same_trans_id_never_pays() {
    let merchant = testing::merchant();
    let other_id = MerchantId::new("other_merchant").unwrap();
    let other =
        Expected::new::<Trustly>(other_id, TransId::new("order-1").unwrap(), attempt(&merchant).money());
    // Under the same keys, as accounts of one company may have them.
    let form = Callback::paid(&other).form(&merchant).unwrap();
    assert!(matches!(refused(&merchant, &form), VerifyError::OtherMerchant(_)));
    // And where the shop has both merchants but looks up the wrong attempt.
    let keys = || {
        KeyRing::new(KeyPair::new(
            EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap(),
            MacKey::from_text(testing::MAC_KEY).unwrap(),
        ))
    };
    let callback = open(&Merchant::new(other_id, keys()), &form).unwrap();
    assert_eq!(callback.bind(&attempt(&merchant)).unwrap_err(), BindError::Mid);
    assert!(callback.bind(&other).is_ok());
}

#[test]
fn a_mac_of_any_other_length_is_refused() {
    let merchant = testing::merchant();
    let text = String::from_utf8(Callback::paid(&attempt(&merchant)).plaintext(&merchant).unwrap()).unwrap();
    let (head, mac) = text.split_once("&MAC=").unwrap();
    let opened = |mac: &str| {
        open(&merchant, &testing::seal_text(&merchant, format!("{head}&MAC={mac}").as_bytes()).unwrap())
    };
    for length in (0..64).chain([65]) {
        let cut = [mac, "0"].concat()[..length].to_owned();
        assert_eq!(opened(&cut).unwrap_err(), VerifyError::MacFormat, "{length}");
        assert_eq!(opened(&"0".repeat(length)).unwrap_err(), VerifyError::MacFormat, "{length}");
    }
    assert_eq!(opened(&"0".repeat(64)).unwrap_err(), VerifyError::Mac);
    assert!(opened(&mac.to_lowercase()).is_ok() && opened(&format!(" {mac}  ")).is_ok());
    let none = testing::seal_text(&merchant, head.as_bytes()).unwrap();
    assert_eq!(refused(&merchant, &none), VerifyError::MacMissing);
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
