//! Requests that break a rule.

use crate::shop::Shop;
use gateway_simulator::paygate::{Simulator, Visit, VisitError, Way};
use paygate::crypto::RequestParts;
use paygate::{
    CountryCode, Currency, EncryptionKey, HttpRequest, HttpResponse, KeyPair, KeyRing, MacKey, Merchant,
    Profile, RefNr, testing,
};

fn simulator() -> Simulator {
    Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap()
}

/// The pairs of a good request, with its MAC.
fn pairs(shop: &Shop, merchant: &Merchant) -> Vec<(String, String)> {
    let sealed = shop.sealed(merchant, "order-1", 1999);
    testing::sent(merchant, &sealed.redirect).unwrap()
}

/// Sends pairs as a shop would that checks nothing; the MAC is made anew.
async fn send(simulator: &Simulator, mut pairs: Vec<(String, String)>) -> HttpResponse {
    let merchant = simulator.merchant();
    let value = |name: &str| {
        let pair = pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let parts = ["PayID", "TransID", "MerchantID", "Amount", "Currency"].map(value);
    let [pay_id, trans_id, merchant_id, amount, currency] = parts.each_ref().map(String::as_bytes);
    let parts = RequestParts { pay_id, trans_id, merchant_id, amount, currency };
    if let Ok(mac) = testing::keys(&merchant).current().mac().request(&parts)
        && let Some(pair) = pairs.iter_mut().find(|(name, value)| name == "MAC" && value.len() == 64)
    {
        pair.1 = mac.to_hex().to_string();
    }
    as_is(simulator, &pairs).await
}

async fn as_is(simulator: &Simulator, pairs: &[(String, String)]) -> HttpResponse {
    let text: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    // Every text here is ASCII, or ISO-8859-1 by one byte a character.
    let bytes: Vec<u8> = text.join("&").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let form = testing::seal_text(&simulator.merchant(), &bytes).unwrap();
    let body = format!("MerchantID=test_merchant&{form}");
    let request = HttpRequest::post(
        format!("{}/trustly.aspx", simulator.url()),
        "application/x-www-form-urlencoded",
        body,
    );
    simulator.carry(&request).await.unwrap()
}

fn set(pairs: &[(String, String)], name: &str, value: Option<&str>) -> Vec<(String, String)> {
    let mut changed = pairs.to_vec();
    changed.retain(|(known, _)| known != name);
    changed.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    changed
}

#[tokio::test]
async fn a_broken_format_fails_with_a_code_that_names_the_parameter() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let good = pairs(&shop, &merchant);
    let long = "x".repeat(101);
    for (name, value, code) in [
        ("TransID", None, "20100002"),
        ("TransID", Some("ä"), "20110002"),
        ("TransID", Some("a*b"), "20110002"),
        ("Amount", Some("19.99"), "20110005"),
        ("Amount", Some("99"), "20120005"),
        ("Amount", Some("99999999999"), "20140005"),
        ("Currency", Some("SEK"), "20120006"),
        ("Currency", Some("EURO"), "20140006"),
        ("CountryCode", Some("RO"), "20120006"),
        ("FirstName", None, "20100037"),
        ("LastName", Some(&long), "20140976"),
        ("Email", Some("nobody"), "2011002C"),
        ("OrderDesc", Some(""), "20150011"),
        ("URLNotify", Some("https://shop.example/notify?x=1"), "20110022"),
        ("URLSuccess", Some("https://shop.example:8443/"), "20110020"),
        ("IPAddr", Some("2001:db8:1234::1"), "20140000"),
        ("ReqId", Some("a-b"), "20110004"),
        ("MerchantID", None, "20100003"),
        ("MerchantID", Some("another"), "20120003"),
        ("MAC", None, "20100044"),
        ("MAC", Some("00"), "20110044"),
    ] {
        let refused = send(&simulator, set(&good, name, value)).await;
        assert_eq!(refused.status(), 302, "{name}={value:?}");
        simulator.idle().await;
        let told = simulator.refused().pop().unwrap();
        assert_eq!(told.code.unwrap().as_str(), code, "{name}={value:?}: {:?}", told.reasons);
        let named = told.code.unwrap().explain().parameter();
        assert!(named == Some(name) || named == Some("Currency") || code == "20140000", "{name}: {named:?}");
    }
    assert!(simulator.transactions().is_empty());
}

#[tokio::test]
async fn a_refused_request_is_told_to_url_failure_and_url_notify() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    let refused = send(&simulator, set(&pairs(&shop, &merchant), "Amount", Some("1"))).await;
    assert_eq!(refused.status(), 302);
    simulator.idle().await;
    let notify = shop.notifies().pop().unwrap();
    assert_eq!(notify.told(&sealed.expected, &merchant), "FAILED 20120005");
    let pay_id = simulator.refused()[0].pay_id.unwrap();
    assert_eq!(notify.open(&merchant).unwrap().pay_id(), &pay_id);
    let ways: Vec<_> = simulator.deliveries(&pay_id).iter().map(|delivery| delivery.way).collect();
    assert_eq!(ways, [Way::Notify, Way::Failure]);
}

#[tokio::test]
async fn every_reason_is_kept_for_the_console() {
    let (shop, simulator) = (Shop::open(), simulator());
    let good = pairs(&shop, &simulator.merchant());
    let mut wrong = set(&set(&good, "FirstName", None), "Amount", Some("x"));
    wrong.push(("Email".to_owned(), "second@example.com".to_owned()));
    send(&simulator, wrong).await;
    let reasons = simulator.refused()[0].reasons.join("; ");
    for name in ["FirstName", "Amount", "Email stands twice"] {
        assert!(reasons.contains(name), "{reasons}");
    }
}

#[tokio::test]
async fn a_wrong_mac_is_refused_and_unknown_parameters_are_passed_over() {
    let (shop, simulator) = (Shop::open(), simulator());
    let good = pairs(&shop, &simulator.merchant());
    assert_eq!(as_is(&simulator, &set(&good, "EtiId", Some("my shop 1.0"))).await.status(), 302);
    assert_eq!(simulator.transactions().len(), 1);
    as_is(&simulator, &set(&good, "Amount", Some("1000"))).await;
    assert_eq!(simulator.refused()[0].code.unwrap().as_str(), "20120044");
}

#[tokio::test]
async fn what_leads_nowhere_gets_a_page_that_says_why() {
    let (shop, simulator) = (Shop::open(), simulator());
    let good = pairs(&shop, &simulator.merchant());
    let page = send(&simulator, set(&good, "URLFailure", None)).await;
    assert_eq!(page.status(), 400);
    let text = String::from_utf8(page.body().to_vec()).unwrap();
    assert!(text.contains("20100021") && text.contains("URLFailure is missing"), "{text}");
}

#[tokio::test]
async fn wrong_keys_and_unknown_merchants_get_the_page_of_an_unexpected_exception() {
    let (shop, simulator) = (Shop::open(), simulator());
    let right = simulator.merchant();
    let other_key = Merchant::new(
        *right.id(),
        KeyRing::new(KeyPair::new(
            EncryptionKey::blowfish(b"not the right one").unwrap(),
            MacKey::new(b"neither").unwrap(),
        )),
    );
    let other_mid = Merchant::new(paygate::MerchantId::new("nobody").unwrap(), testing::keys(&right).clone());
    for merchant in [other_key, other_mid] {
        let merchant = merchant.with_endpoint(right.endpoint().clone());
        let sealed = shop.sealed(&merchant, "order-1", 1999);
        let error = simulator.visit(&sealed.redirect).await.unwrap_err();
        assert!(matches!(error, VisitError::Page { status: 200 }), "{error}");
    }
    for form in [
        "",
        "MerchantID=test_merchant&Len=1&Data=zz",
        "MerchantID=test_merchant&Len=99&Data=0011223344556677",
    ] {
        let request = HttpRequest::get(format!("{}/inquire.aspx?{form}", simulator.url()));
        let page = simulator.carry(&request).await.unwrap();
        assert!(String::from_utf8_lossy(page.body()).contains("Unexpected exception"), "{form}");
    }
    assert!(simulator.refused().iter().all(|refused| refused.code.is_none()));
    assert_eq!(simulator.refused().len(), 5);
}

#[tokio::test]
async fn the_rules_are_those_of_the_accounts_profile() {
    let shop = Shop::open();
    let profile = Profile::axepta().with_currencies([Currency::SEK]);
    let strict = testing::merchant().with_profile(profile);
    let simulator = Simulator::builder(strict).clock_by_hand().start().unwrap();
    // The shop believes in Computop's own rules.
    let lenient = simulator.merchant().with_profile(Profile::default());
    let refused = shop.sealed(&lenient, "order-1", 1999);
    assert!(matches!(simulator.visit(&refused.redirect).await.unwrap(), Visit::Back(_)));
    assert_eq!(simulator.refused()[0].code.unwrap().as_str(), "20120006");
    let mut request = shop.request("order-2", 1999).country_code(CountryCode::SE).build();
    request.currency = Currency::SEK;
    let lenient = lenient.with_profile(Profile::default().with_currencies([Currency::SEK]));
    simulator.visit(&lenient.seal(&request).unwrap().redirect).await.unwrap();
    assert_eq!(simulator.refused()[1].code.unwrap().as_str(), "20100032");
    request.ref_nr = Some(RefNr::new("A1").unwrap());
    let sealed = simulator.merchant().seal(&request).unwrap();
    assert!(matches!(simulator.visit(&sealed.redirect).await.unwrap(), Visit::Bank(_)));
}
