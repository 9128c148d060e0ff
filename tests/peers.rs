//! Callbacks that other programs sealed, through the whole library; and our requests, as others read them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::{
    Authentic, BindError, Currency, EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, MerchantId,
    Money, Outcome, Profile, RawCallback, Route, TextEncoding, TransId, Trustly,
};
use paygate_crypto::{Mac, RequestParts};
use paygate_tests::cannot_pass::Section;
use paygate_tests::peers::{Callback, Keys, load};
use std::collections::{BTreeMap, BTreeSet};

const MERCHANT_ID: &str = "YourMerchantId";

fn merchant(keys: &Keys, cipher: &str) -> Merchant {
    let encryption = match cipher {
        "blowfish" => EncryptionKey::blowfish_from_text(&keys.blowfish),
        "aes" => EncryptionKey::aes_from_text(&keys.aes),
        other => panic!("no such cipher: {other}"),
    };
    let pair = KeyPair::new(encryption.unwrap(), MacKey::from_text(&keys.mac).unwrap());
    Merchant::new(MerchantId::new(MERCHANT_ID).unwrap(), KeyRing::new(pair))
}

fn form(callback: &Callback) -> String {
    format!("Len={}&Data={}", callback.len, callback.data)
}

fn open(keys: &Keys, callback: &Callback) -> Authentic<Trustly> {
    let form = form(callback);
    merchant(keys, &callback.cipher)
        .open(&RawCallback::post(Route::Notify, form.as_bytes()))
        .unwrap_or_else(|error| panic!("{}: {error}", callback.id))
}

fn expected(trans_id: &str) -> Expected {
    Expected::new::<Trustly>(
        MerchantId::new(MERCHANT_ID).unwrap(),
        TransId::new(trans_id).unwrap(),
        Money::new(1999, Currency::EUR).unwrap(),
    )
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Paid(_) => "paid",
        Outcome::Authorized(_) => "authorized",
        Outcome::Open(_) => "open",
        Outcome::Failed(_) => "failed",
    }
}

/// The straightforward way to split, to compare with.
fn split(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    text.split(|byte| *byte == b'&')
        .map(|pair| match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &b""[..]),
        })
        .collect()
}

/// The pairs are those of the text; says what they are if not.
fn same_text(pairs: &[(&[u8], &[u8])], text: &[u8], len: usize) -> Result<(), String> {
    if pairs == split(text) {
        return Ok(());
    }
    if text.get(..len).is_some_and(|cut| pairs == split(cut)) {
        return Err("the text up to Len bytes".to_owned());
    }
    let blanks = (1..16).find(|blanks| pairs == split(&[text, &[b' '; 16][..*blanks]].concat()));
    Err(blanks.map_or("another text".to_owned(), |blanks| format!("the text and {blanks} blanks")))
}

#[test]
fn a_callback_of_any_program_opens_binds_and_gives_its_outcome_and_its_exact_pairs() {
    let peers = load();
    let mut made_by: BTreeMap<&str, usize> = BTreeMap::new();
    let mut exact = Section::new("peers, exact pairs");
    for callback in &peers.callbacks {
        let id = &callback.id;
        let answer = open(&peers.keys, callback);

        let signed: BTreeMap<_, _> =
            answer.signed().pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(signed, callback.signed, "{id}");

        let attempt = expected(&callback.signed["TransID"]);
        let bound = answer.bind(&attempt).unwrap();
        assert_eq!(word(&bound.outcome()), callback.outcome, "{id}");
        // A failed answer does not pin.
        let pinned = (callback.outcome != "failed").then_some(callback.signed["PayID"].as_str());
        assert_eq!(bound.expected().pay_id().map(paygate::PayId::as_str), pinned, "{id}");
        assert_eq!(answer.bind(&expected("TID-another")).unwrap_err(), BindError::TransId, "{id}");

        let pairs: Vec<_> = answer.pairs().collect();
        exact.case(id, same_text(&pairs, &callback.plaintext, callback.len));
        if callback.no_issues {
            assert_eq!(answer.issues(), [], "{id}");
        }
        *made_by.entry(&callback.made_by).or_default() += 1;
    }
    exact.finish(270, 0);
    for (program, callbacks) in &made_by {
        println!("peers: {callbacks} callbacks of {program}");
    }
    assert_eq!(
        made_by.into_iter().collect::<Vec<_>>(),
        [
            ("Java JCE 17.0.15", 60),
            ("OpenSSL 3.0.19", 60),
            ("computop-node-client 0.1.9", 22),
            ("egoroof-blowfish 4.0.3", 38),
            ("node:crypto v20.20.2", 22),
            ("pycryptodome 4.4.0", 68),
        ]
    );
}

#[test]
fn by_get_each_is_taken_where_the_customer_would_be_sent_and_refused_at_the_other_url() {
    let peers = load();
    for callback in &peers.callbacks {
        let form = form(callback);
        let merchant = merchant(&peers.keys, &callback.cipher);
        let at = |route| merchant.open::<Trustly>(&RawCallback::get(route, form.as_bytes())).is_ok();
        let failed = callback.outcome == "failed";
        assert_eq!((at(Route::Success), at(Route::Failure)), (!failed, failed), "{}", callback.id);
    }
}

#[test]
fn all_ways_to_pad_to_write_hex_and_to_count_are_among_the_callbacks() {
    let peers = load();
    let kinds = |kind: fn(&Callback) -> String| peers.callbacks.iter().map(kind).collect::<BTreeSet<_>>();
    assert_eq!(
        Vec::from_iter(kinds(|one| format!("{} {}", one.cipher, one.padding))),
        [
            "aes pkcs",
            "aes zero+pkcs",
            "blowfish pkcs",
            "blowfish space",
            "blowfish zero",
            "blowfish zero+pkcs"
        ]
    );
    assert_eq!(Vec::from_iter(kinds(|one| one.hex.clone())), ["lower", "upper"]);
    assert_eq!(
        Vec::from_iter(kinds(|one| format!("{} {}", one.charset, one.len_unit))),
        ["ascii bytes", "latin1 bytes", "utf8 bytes", "utf8 chars", "utf8 utf16"]
    );
    assert_eq!(Vec::from_iter(kinds(|one| one.outcome.clone())), ["authorized", "failed", "open", "paid"]);
    assert_eq!(kinds(|one| one.case.clone()).len(), 22);
    assert_eq!(kinds(|one| one.id.clone()).len(), peers.callbacks.len());
}

#[test]
fn a_len_in_characters_or_utf16_units_is_taken_where_the_mac_holds_only_then() {
    let peers = load();
    let mut counted = BTreeMap::new();
    for callback in peers
        .callbacks
        .iter()
        .filter(|one| one.len_unit != "bytes" && !one.case.starts_with("mac-in-the-middle"))
    {
        assert!(callback.len < callback.plaintext.len(), "{}", callback.id);
        let answer = open(&peers.keys, callback);
        let (name, mac) = answer.pairs().last().unwrap();
        assert_eq!((name, mac.trim_ascii_end().len()), (&b"MAC"[..], 64), "{}", callback.id);
        *counted.entry(callback.len_unit.as_str()).or_insert(0) += 1;
    }
    assert_eq!(Vec::from_iter(counted), [("chars", 36), ("utf16", 18)]);
}

#[test]
fn umlauts_read_the_same_in_latin1_and_in_utf8() {
    let peers = load();
    let mut towns = 0;
    for callback in
        peers.callbacks.iter().filter(|one| one.case.starts_with("umlauts") || one.case.starts_with("emoji"))
    {
        let answer = open(&peers.keys, callback);
        assert_eq!(answer.unsigned().text("AddrCity").unwrap(), "Köln", "{}", callback.id);
        towns += 1;
    }
    assert_eq!(towns, 81);
}

#[test]
fn a_request_of_ours_is_read_by_every_program_as_we_meant_it() {
    let peers = load();
    let mut readings = 0;
    for request in &peers.requests {
        let id = &request.id;
        let encoding = match (request.text_encoding.as_str(), request.len_unit.as_str()) {
            ("latin1", "bytes") => TextEncoding::Latin1,
            ("utf8", "bytes") => TextEncoding::Utf8LenInBytes,
            ("utf8", "chars") => TextEncoding::Utf8LenInChars,
            other => panic!("{id}: no such encoding: {other:?}"),
        };
        // A random ReqId would make another Data each time.
        let profile = Profile::default().with_text_encoding(encoding).without_random_req_id();
        let merchant = merchant(&peers.keys, "blowfish").with_profile(profile).marked_as_test();
        let given: Vec<_> =
            request.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let sealed = merchant.seal_pairs::<Trustly>(given.iter().copied()).unwrap();
        assert_eq!(
            sealed.redirect.params(),
            [
                ("MerchantID", MERCHANT_ID.to_owned()),
                ("Len", request.len.to_string()),
                ("Data", request.data.clone()),
            ],
            "{id}: what we seal has changed: see tests/peers/README.md for how the others read it anew"
        );

        for (program, read) in &request.read_by {
            let read = hex::decode(read).unwrap();
            let pairs: BTreeMap<_, _> = split(&read).into_iter().collect();
            let written = |text: &str| match encoding {
                TextEncoding::Latin1 => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
                _ => text.as_bytes().to_vec(),
            };
            for (name, value) in &given {
                assert_eq!(pairs[name.as_bytes()], written(value), "{id}, {program}: {name}");
            }
            // MerchantID, Response and MAC are ours.
            assert_eq!(pairs.len(), given.len() + 3, "{id}, {program}");
            assert_eq!(pairs[&b"Response"[..]], b"encrypt", "{id}, {program}");
            let parts = RequestParts {
                pay_id: b"",
                trans_id: pairs[&b"TransID"[..]],
                merchant_id: pairs[&b"MerchantID"[..]],
                amount: pairs[&b"Amount"[..]],
                currency: pairs[&b"Currency"[..]],
            };
            let mac = Mac::parse(pairs[&b"MAC"[..]]).unwrap();
            let key = MacKey::from_text(&peers.keys.mac).unwrap();
            assert!(key.verify_request(&parts, &mac).is_ok(), "{id}, {program}");
            readings += 1;
        }
    }
    println!("peers: {} requests of ours, read {readings} times", peers.requests.len());
    assert_eq!((peers.requests.len(), readings), (4, 19));
}
