//! What a merchant's profile allows, held against requests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where an input path may not")]

use paygate::methods::swish::{self, Swish};
use paygate::{
    BaseUrl, CallbackUrl, CountryCode, Currency, IpAddr, Merchant, MerchantId, Money, OrderDesc, Profile,
    RefNr, SealError, TransId, Trustly, Violation, testing,
};

fn merchant(profile: Profile) -> Merchant {
    testing::merchant().with_profile(profile)
}

fn rules(result: Result<paygate::Sealed, SealError>) -> Vec<Violation> {
    match result {
        Ok(_) => Vec::new(),
        Err(SealError::Rules(rules)) => rules,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn axepta_demands_a_short_reference_number_and_takes_long_amounts() {
    let axepta = merchant(Profile::axepta());
    let mut request = testing::request("T1", 999_999_999_999);
    assert_eq!(rules(axepta.seal(&request)), [Violation::RefNrMissing]);
    request.ref_nr = Some(RefNr::from_static("2026-11-00042"));
    assert_eq!(rules(axepta.seal(&request)), [Violation::RefNrTooLong { max: 12 }]);
    request.ref_nr = Some(RefNr::from_static("2026-11-0042"));
    assert_eq!(rules(axepta.seal(&request)), []);
    assert_eq!(rules(testing::merchant().seal(&request)), [Violation::AmountDigits { max: 10 }]);
    assert!(Profile::axepta().requires_ref_nr() && !Profile::default().requires_ref_nr());
}

#[test]
fn a_white_label_seals_for_its_own_host() {
    let request = |merchant: &Merchant| {
        let mut request = testing::request("T1", 1999);
        request.ref_nr = Some(RefNr::from_static("42"));
        merchant.seal(&request).unwrap().redirect.action().to_owned()
    };
    let keys = || {
        let encryption = paygate::EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap();
        paygate::KeyRing::new(paygate::KeyPair::new(encryption, paygate::MacKey::from_text("mac").unwrap()))
    };
    let plain = Merchant::new(MerchantId::from_static("m"), keys());
    assert_eq!(request(&plain), "https://www.computop-paygate.com/trustly.aspx");
    let axepta = plain.clone().with_profile(Profile::axepta());
    assert_eq!(request(&axepta), "https://paymentpage.axepta.bnpparibas/trustly.aspx");
    // Whichever was given first: a simulator does not become the real one.
    let simulator = || BaseUrl::new("http://127.0.0.1:4711/").unwrap();
    let first = plain.clone().with_endpoint(simulator()).with_profile(Profile::axepta());
    let last = plain.with_profile(Profile::axepta()).with_endpoint(simulator());
    for merchant in [first, last] {
        assert_eq!(request(&merchant), "http://127.0.0.1:4711/trustly.aspx");
    }
}

#[test]
fn a_country_takes_what_the_profile_says() {
    let sweden = CountryCode::new("SE").unwrap();
    let mut request = testing::request("T1", 1999);
    request.country_code = Some(sweden);
    let violation = Violation::CountryCurrency { currency: Currency::EUR, country: sweden };
    assert_eq!(rules(testing::merchant().seal(&request)), [violation]);
    let both = Profile::default().with_country(sweden, [Currency::SEK, Currency::EUR]);
    assert_eq!(rules(merchant(both).seal(&request)), []);
    assert_eq!(rules(merchant(Profile::default().without_country_match()).seal(&request)), []);
}

#[test]
fn each_method_has_the_currencies_of_its_own_page() {
    let url = |path: &str| CallbackUrl::new(format!("https://shop.example/{path}")).unwrap();
    let request = |currency| {
        swish::PaymentRequest::builder(
            TransId::from_static("T1"),
            Money::new(19_900, currency).unwrap(),
            OrderDesc::from_static("Te"),
            [url("success"), url("failure"), url("notify")],
        )
        .build()
    };
    let merchant = testing::merchant();
    let sealed = merchant.seal(&request(Currency::SEK)).unwrap();
    assert_eq!(sealed.redirect.action(), "https://paygate.invalid/swish.aspx");
    assert_eq!(sealed.expected.attempt().method(), "swish");
    assert_eq!(
        rules(merchant.seal(&request(Currency::EUR))),
        [Violation::Currency { currency: Currency::EUR }]
    );
    assert_eq!(Profile::default().currencies::<Swish>(), [Currency::SEK]);
    assert!(!Profile::default().currencies::<Trustly>().contains(&Currency::SEK));
}

/// §11.8: the method is part of what an attempt is known by.
#[test]
fn an_answer_of_one_method_does_not_bind_to_an_attempt_of_another() {
    let merchant = testing::merchant();
    let trustly = testing::expected(&merchant, "T1", 19_900);
    let form = testing::Callback::paid(&trustly).form(&merchant).unwrap();
    let raw = paygate::RawCallback::post(paygate::Route::Notify, form.as_bytes());
    let callback = merchant.open::<Swish>(&raw).unwrap();
    assert_eq!(callback.bind(&trustly).unwrap_err(), paygate::BindError::Method);
}

#[test]
fn an_ipv6_address_is_left_out_or_sent_as_the_profile_says() {
    let mut request = testing::request("T1", 1999);
    let address: std::net::IpAddr = "2001:db8:1234:5678:9abc:def0:1234:5678".parse().unwrap();
    request.ip_addr = Some(IpAddr::from(address));
    assert_eq!(testing::merchant().seal(&request).unwrap().left_out, [paygate::LeftOut::IpAddr]);
    let long = merchant(Profile::default().with_long_ip_addr());
    assert_eq!(long.seal(&request).unwrap().left_out, []);
}

#[test]
fn a_request_keeps_the_req_id_that_the_shop_gave() {
    let mut request = testing::request("T1", 1999);
    let random = testing::merchant().seal(&request).unwrap().req_id.unwrap();
    assert_ne!(Some(random), testing::merchant().seal(&request).unwrap().req_id);
    request.req_id = Some(paygate::ReqId::from_static("mine"));
    assert_eq!(testing::merchant().seal(&request).unwrap().req_id.unwrap().as_str(), "mine");
    request.req_id = None;
    let without = merchant(Profile::default().without_random_req_id());
    assert_eq!(without.seal(&request).unwrap().req_id, None);
}

#[test]
fn a_profile_that_would_refuse_every_payment_cannot_be_built() {
    let profile = Profile::default().with_amount_digits(0).with_ref_nr(0, true).with_minimum(u64::MAX);
    assert_eq!((profile.amount_digits(), profile.ref_nr_max(), profile.minimum()), (1, 1, 999_999_999_999));
    assert_eq!(Profile::default().with_amount_digits(13).amount_digits(), 12);
    assert_eq!(Profile::default().with_minimum(0).minimum(), 1);
}
