//! What sealing sends, what it refuses, and what somebody who holds Data can make of it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::crypto::LenUnit;
use paygate::params::message::PairSink;
use paygate::testing;
use paygate::trustly::PaymentRequest;
use paygate::{
    BaseUrl, CallbackUrl, CountryCode, Currency, EncryptionKey, FirstName, KeyPair, KeyRing, LastName,
    LeftOut, MacKey, Merchant, MerchantId, Message, OrderDesc, Profile, Redirect, Request, SealError,
    TextEncoding, Trustly, Violation,
};
use proptest::prelude::*;

fn keys(encryption: EncryptionKey) -> KeyRing {
    KeyRing::new(KeyPair::new(encryption, MacKey::from_text("mySecret").unwrap()))
}

fn blowfish() -> EncryptionKey {
    EncryptionKey::blowfish(b"16CharKeyLength!").unwrap()
}

fn aes() -> EncryptionKey {
    EncryptionKey::aes(b"0123456789abcdef").unwrap()
}

fn merchant(encryption: EncryptionKey) -> Merchant {
    Merchant::new(MerchantId::new("yourMerchantId").unwrap(), keys(encryption))
}

/// The plaintext of a redirect.
fn plaintext(redirect: &Redirect, key: &EncryptionKey) -> Vec<u8> {
    let [_, (_, len), (_, data)] = redirect.params();
    let opened = key.decrypt(data.as_bytes()).unwrap();
    let end = opened.cut(len.parse().unwrap(), LenUnit::Bytes).unwrap();
    opened.blocks()[..end].to_vec()
}

fn rules(result: Result<paygate::Sealed, SealError>) -> Vec<Violation> {
    match result.unwrap_err() {
        SealError::Rules(rules) => rules,
        other => panic!("{other}"),
    }
}

#[test]
fn the_documented_mac_stands_in_what_is_sealed() {
    // The vendor's sample: key mySecret, `*TID-4453732122167114558*yourMerchantId*1234*EUR`.
    let request = testing::request("TID-4453732122167114558", 1234);
    let sealed = merchant(blowfish()).seal(&request).unwrap();
    let text = plaintext(&sealed.redirect, &blowfish());
    let text = String::from_utf8_lossy(&text);
    assert!(text.contains("MAC=38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903"));
    assert!(text.starts_with("OrderDesc="));
    assert!(text.contains("&Response=encrypt"));
    assert_eq!(sealed.expected.money().amount().units(), 1234);
    assert_eq!(sealed.expected.attempt().trans_id().as_str(), "TID-4453732122167114558");
}

#[test]
fn len_is_bytes_and_characters_alike() {
    let sealed = merchant(blowfish()).seal(&testing::request("T1", 1234)).unwrap();
    let text = plaintext(&sealed.redirect, &blowfish());
    assert!(text.windows(6).any(|window| window == b"M\xFCller"), "ISO-8859-1");
    assert_eq!(text.len().to_string(), sealed.redirect.params()[1].1);
}

#[test]
fn utf8_is_sent_where_the_profile_says_so() {
    for (encoding, difference) in [(TextEncoding::Utf8LenInBytes, 0), (TextEncoding::Utf8LenInChars, 2)] {
        let merchant = merchant(blowfish()).with_profile(Profile::default().with_text_encoding(encoding));
        let sealed = merchant.seal(&testing::request("T1", 1234)).unwrap();
        let [_, (_, len), (_, data)] = sealed.redirect.params();
        let opened = blowfish().decrypt(data.as_bytes()).unwrap();
        let text = std::str::from_utf8(opened.blocks()).unwrap().trim_end_matches('\0');
        // `ü` and `×`.
        assert_eq!(len.parse::<usize>().unwrap() + difference, text.len());
        assert!(text.contains("LastName=Müller&"));
    }
}

#[test]
fn a_plain_answer_is_only_asked_for_where_the_merchant_opted_in() {
    let merchant = merchant(blowfish()).with_plain_answers();
    let sealed = merchant.seal(&testing::request("T1", 1234)).unwrap();
    assert!(!String::from_utf8_lossy(&plaintext(&sealed.redirect, &blowfish())).contains("Response="));
}

#[test]
fn every_rule_over_several_fields_is_told_at_once() {
    let mut request = testing::request("T1", 99);
    request.currency = Currency::SEK;
    request.country_code = Some(CountryCode::DE);
    request.merchant_id = Some(MerchantId::new("another").unwrap());
    request.mac = Some("0".repeat(64).parse().unwrap());
    request.url_notify = CallbackUrl::new("http://localhost/notify").unwrap();
    request.order_desc = OrderDesc::simulation("0000", "").unwrap();
    assert_eq!(
        rules(merchant(blowfish()).seal(&request)),
        [
            Violation::Currency { currency: Currency::SEK },
            Violation::CountryCurrency { currency: Currency::SEK, country: CountryCode::DE },
            Violation::Minimum { minimum: 100 },
            Violation::MerchantId,
            Violation::FilledBySeal { name: "MAC" },
            Violation::PlainHttp { name: "URLNotify" },
            Violation::Simulation,
        ]
    );
}

#[test]
fn pairs_of_a_whole_request_are_judged_in_the_order_of_the_page() {
    let request = testing::request("T1", 1234);
    let redirect = merchant(blowfish()).seal(&request).unwrap().redirect;
    let sent = testing::sent(&merchant(blowfish()), &redirect).unwrap();
    let given = |name: &str| !["MAC", "MerchantID", "Response", "ReqId"].contains(&name);
    let whole: Vec<_> =
        sent.iter().map(|(name, value)| (&**name, &**value)).filter(|(name, _)| given(name)).collect();
    assert!(merchant(blowfish()).seal_pairs::<Trustly>(whole.clone()).is_ok());

    let mut broken: Vec<_> = whole.into_iter().filter(|(name, _)| *name != "Amount").collect();
    broken.extend([("Amount", "50"), ("MerchantID", "another")]);
    let found = rules(merchant(blowfish()).seal_pairs::<Trustly>(broken));
    assert_eq!(found, [Violation::MerchantId, Violation::Minimum { minimum: 100 }]);
}

#[test]
fn the_form_goes_where_its_policy_says_and_nothing_breaks_out_of_it() {
    let redirect = merchant(blowfish()).seal(&testing::request("T1", 1234)).unwrap().redirect;
    assert_eq!(redirect.action(), "https://www.computop-paygate.com/trustly.aspx");
    assert_eq!(redirect.form_action_origin(), "https://www.computop-paygate.com");
    let page = redirect.form_html(Some("\"><b id='x'>&"));
    assert!(page.contains("action=\"https://www.computop-paygate.com/trustly.aspx\""), "{page}");
    assert!(page.contains("<script nonce=\"&quot;&gt;&lt;b id=&#39;x&#39;&gt;&amp;\">"), "{page}");
    assert_eq!(redirect.url().to_owned(), redirect.clone().into_url());
}

#[test]
fn pairs_are_judged_one_by_one_and_together() {
    let found = rules(merchant(blowfish()).seal_pairs::<Trustly>([
        ("transid", "a*b"),
        ("amount", "50"),
        ("CURRENCY", "NOK"),
        ("Response", "encrypt"),
        ("OrderDesc", "Test:0000"),
        ("Colour", "blue"),
        // Whatever it holds, it must not be given.
        ("MAC", "00"),
    ]));
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "TransID (ans..64) character 2 is not allowed, only ASCII without &, * and control characters",
            "Amount is below 100 of the smallest unit, the least of the merchant's profile",
            "Currency NOK is not among those of the merchant's profile",
            "MAC is filled in by sealing and must not be given",
            "OrderDesc asks for simulation, which needs a merchant that is marked as test",
            "URLSuccess is missing; its format is ans..256",
            "URLFailure is missing; its format is ans..256",
            "Response is filled in by sealing and must not be given",
            "URLNotify is missing; its format is ans..256",
            "FirstName is missing; its format is ans..100",
            "LastName is missing; its format is ans..100",
            "Email is missing; its format is ans..100",
            "\"Colour\" is no parameter of this message",
        ]
    );
}

#[test]
fn an_amount_of_nothing_is_never_sealed() {
    let merchant = merchant(blowfish()).with_profile(Profile::default().with_minimum(0));
    assert_eq!(rules(merchant.seal(&testing::request("T1", 0))), [Violation::Minimum { minimum: 1 }]);
    assert!(merchant.seal(&testing::request("T1", 1)).is_ok());
}

#[test]
fn a_long_ip_address_is_left_out_and_reported() {
    let mut request = testing::request("T1", 1234);
    for (address, sent_by_default) in [
        ("192.0.2.1", true),
        ("198.151.100.100", true),
        ("2001:db8::1", true),
        ("2001:db8:1:2:3:4:5:6", false),
    ] {
        request.ip_addr = Some(address.parse().unwrap());
        let sent = |merchant: &Merchant| {
            let sealed = merchant.seal(&request).unwrap();
            let text = String::from_utf8_lossy(&plaintext(&sealed.redirect, &blowfish())).into_owned();
            assert_eq!(text.contains("IPAddr="), sealed.left_out.is_empty());
            assert!(sealed.left_out.iter().all(|left_out| *left_out == LeftOut::IpAddr));
            text.contains(&format!("IPAddr={address}"))
        };
        assert_eq!(sent(&merchant(blowfish())), sent_by_default, "{address}");
        assert!(
            sent(&merchant(blowfish()).with_profile(Profile::default().with_long_ip_addr())),
            "{address}"
        );
    }
}

#[test]
fn plain_http_goes_with_a_paygate_on_this_machine() {
    let mut request = testing::request("T1", 1234);
    request.url_notify = CallbackUrl::new("http://127.0.0.1:8080/notify").unwrap();
    let local = merchant(blowfish()).with_endpoint(BaseUrl::new("http://127.0.0.1:9000/").unwrap());
    assert!(local.seal(&request).unwrap().redirect.url().starts_with("http://127.0.0.1:9000/trustly.aspx?"));
    assert_eq!(rules(merchant(blowfish()).seal(&request)), [Violation::PlainHttp { name: "URLNotify" }]);
}

#[test]
fn simulation_is_sealed_by_a_test_merchant_alone() {
    let mut request = testing::request("T1", 1234);
    request.order_desc = OrderDesc::simulation("0000", "2 × Earl Grey").unwrap();
    assert_eq!(rules(merchant(blowfish()).seal(&request)), [Violation::Simulation]);
    let sealed = merchant(blowfish()).marked_as_test().seal(&request).unwrap();
    assert!(plaintext(&sealed.redirect, &blowfish()).starts_with(b"OrderDesc=Test:0000 2 "));
}

/// AES `Data` with one block of its text rewritten, as somebody can who knows what stands there; `block` 0 goes
/// through the IV.
fn rewritten(redirect: &Redirect, block: usize, wanted: &[u8; 16]) -> Vec<u8> {
    let [_, (_, len), (_, data)] = redirect.params();
    let known = plaintext(redirect, &aes());
    let mut bytes = hex::decode(data.replace('-', "")).unwrap();
    for (at, wanted) in wanted.iter().enumerate() {
        bytes[block * 16 + at] ^= known[block * 16 + at] ^ wanted;
    }
    let hex = hex::encode_upper(bytes);
    let forged = format!("{}-{}", &hex[..32], &hex[32..]);
    let opened = aes().decrypt(forged.as_bytes()).unwrap();
    let end = opened.cut(len.parse().unwrap(), LenUnit::Bytes).unwrap();
    opened.blocks()[..end].to_vec()
}

fn pairs_of(text: &[u8]) -> Vec<(String, String)> {
    let text: String = text.iter().copied().map(char::from).collect();
    text.split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(n, v)| (n.into(), v.into()))
        .collect()
}

#[test]
fn rewriting_the_head_of_aes_data_costs_the_mac() {
    let sealed = merchant(aes()).seal(&testing::request("T1", 1234)).unwrap();
    let text = plaintext(&sealed.redirect, &aes());
    assert!(text.starts_with(b"MAC=") && text[68..].starts_with(b"&OrderDesc="));
    let mac = pairs_of(&text)[0].clone();
    // Everything from the IV to the first characters of OrderDesc.
    for block in 0..6 {
        let forged = rewritten(&sealed.redirect, block, b"&OrderDesc=Test:");
        assert_ne!(forged, text, "the attack itself works");
        assert_eq!(
            pairs_of(&forged).contains(&mac),
            block == 5 && forged[..72] == text[..72],
            "block {block}"
        );
    }
}

/// What no order of the parameters prevents under AES, and SECURITY.md says: a second OrderDesc in place of a text
/// that the attacker knows. Only switching simulation off at Paygate helps.
#[test]
fn a_second_order_description_can_be_forged_under_aes() {
    let mut request = testing::request("T1", 1234);
    request.first_name = FirstName::new("p".repeat(100)).unwrap();
    let sealed = merchant(aes()).seal(&request).unwrap();
    let text = plaintext(&sealed.redirect, &aes());
    let name = text.windows(20).position(|window| window == [b'p'; 20]).unwrap();
    let forged = rewritten(&sealed.redirect, name / 16 + 3, b"&OrderDesc=Test:");
    let pairs = pairs_of(&forged);
    assert_eq!(pairs[0], pairs_of(&text)[0], "the MAC is whole");
    let descriptions: Vec<_> =
        pairs.iter().filter(|(name, _)| name == "OrderDesc").map(|(_, value)| value).collect();
    assert_eq!(descriptions.len(), 2);
    assert!(descriptions[0].starts_with("2 ") && descriptions[1].starts_with("Test:ppp"));
}

/// Whoever holds Blowfish Data can put any run of its blocks over any other. No description makes a simulation of
/// it, whatever a customer wrote and wherever it happens to stand.
#[test]
fn no_run_of_customers_blocks_pasted_over_the_head_makes_a_simulation() {
    let mut tried = 0;
    for description in ["2 × Earl Grey", "T", "Te", "Tes", "Test", "Test kit", "tea = fine"] {
        for name in ["Test:0000", ":0000", "st:0000", "t:0000", "est:0000 Test:0000"] {
            // Every alignment of the name against the blocks.
            for shift in 0..8 {
                let mut request = testing::request("T1", 1234);
                request.order_desc = OrderDesc::new(description).unwrap();
                request.first_name =
                    FirstName::new(format!("{}{name} yyyyyyyyyyyyyyy", "x".repeat(shift))).unwrap();
                let text = plaintext(&merchant(blowfish()).seal(&request).unwrap().redirect, &blowfish());
                let text = &text[..text.len() / 8 * 8];
                let blocks = text.len() / 8;
                for (at, from, count) in
                    (0..4).flat_map(|at| (0..blocks).flat_map(move |from| (1..3).map(move |n| (at, from, n))))
                {
                    if from + count > blocks {
                        continue;
                    }
                    let mut pasted = text.to_vec();
                    pasted[at * 8..(at + count) * 8].copy_from_slice(&text[from * 8..(from + count) * 8]);
                    for (_, value) in pairs_of(&pasted).iter().filter(|(name, _)| name == "OrderDesc") {
                        let folded: String =
                            value.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
                        assert!(!folded.starts_with("test:"), "{description:?} became {value:?}");
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
}

struct Pairs(Vec<(String, String)>);

impl PairSink for Pairs {
    fn pair(&mut self, name: &'static str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }
}

proptest! {
    #[test]
    fn what_is_sealed_is_read_back(
        trans_id in "[A-Za-z0-9._ -]{1,64}",
        units in 100_u64..=9_999_999_999,
        name in "[ -%'-<>-~\u{A0}-\u{FF}]{1,100}",
        desc in "[ -%'-~\u{A0}-\u{FF}]{1,300}",
        with_aes in any::<bool>(),
    ) {
        prop_assume!(trans_id.trim() == trans_id);
        let Ok(order_desc) = OrderDesc::new(desc) else { return Ok(()) };
        let mut request = testing::request(&trans_id, units);
        let Ok(last_name) = LastName::new(name) else { return Ok(()) };
        request.last_name = last_name;
        request.order_desc = order_desc;
        let key = if with_aes { aes() } else { blowfish() };
        let sealed = merchant(key.clone()).seal(&request).unwrap();
        let text = plaintext(&sealed.redirect, &key);
        let text: String = text.iter().copied().map(char::from).collect();
        let pairs: Vec<_> = text.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
        let read = PaymentRequest::parse(pairs.iter().copied()).unwrap();
        prop_assert_eq!(read.response.is_some(), true);
        let mut sent = Pairs(Vec::new());
        read.write(&mut sent);
        prop_assert_eq!(sent.0.len(), pairs.len());
        let mut bare = read.clone();
        prop_assert!(bare.req_id.is_some() && bare.req_id == sealed.req_id);
        (bare.merchant_id, bare.mac, bare.response, bare.req_id) = (None, None, None, None);
        prop_assert_eq!(bare, request);
    }

    /// §11.16: looked for in the bytes that are sent, as a reader would who trims and folds case.
    #[test]
    fn no_order_description_asks_for_simulation_by_accident(
        blanks in "[ \u{A0}\t]{0,3}",
        word in "[Tt][Ee][Ss][Tt]",
        more_blanks in "[ \u{A0}\t]{0,3}",
        rest in ":?[0-9a-z ]{0,6}",
    ) {
        if let Ok(desc) = OrderDesc::new(format!("{blanks}{word}{more_blanks}{rest}")) {
            let mut request = testing::request("T1", 1234);
            request.order_desc = desc;
            let sealed = merchant(blowfish()).seal(&request).unwrap();
            let text = plaintext(&sealed.redirect, &blowfish());
            let value = text.strip_prefix(b"OrderDesc=").unwrap().split(|byte| *byte == b'&').next().unwrap();
            let folded: Vec<u8> = value.to_ascii_lowercase().into_iter().filter(|b| !matches!(b, b' ' | b'\t' | 0xA0)).collect();
            prop_assert!(!folded.starts_with(b"test:"));
        }
    }

    #[test]
    fn a_url_holds_nothing_but_what_is_encrypted(name in "[A-Z][a-z]{5,20}", trans_id in "[a-z]{10,20}") {
        let mut request = testing::request(&trans_id, 1234);
        request.first_name = FirstName::new(name.clone()).unwrap();
        let redirect = merchant(blowfish()).seal(&request).unwrap().redirect;
        for shown in [redirect.url(), &redirect.form_html(None)] {
            prop_assert!(!shown.contains(&name) && !shown.contains(&trans_id));
        }
    }
}

#[test]
fn the_table_names_who_fills_each_row() {
    use paygate::params::message::Filler;
    let filled: Vec<_> =
        PaymentRequest::ROWS.iter().filter(|row| row.filler != Filler::Shop).map(|row| row.name).collect();
    assert_eq!(filled, ["MerchantID", "MAC", "Response"]);
}
