//! A request with every optional parameter, and one with every mistake at once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate::{
    CountryCode, Currency, Custom, CustomerId, IpAddr, Language, LastName, Message, MobileNo, Money,
    OrderDesc, Plain, RefNr, ReqId, Request, SealError, SocialSecurityNumber, TemplateUrl, Trustly, UserData,
    testing,
    trustly::{Customer, Order, PaymentRequest, Urls},
};

#[test]
fn a_request_with_every_optional_parameter_is_sent_as_it_was_built() {
    let url = |path: &str| format!("https://shop.example/{path}").parse().unwrap();
    let request = PaymentRequest::builder(
        Order {
            trans_id: "order-4711-1".parse().unwrap(),
            money: Money::new(1999, Currency::EUR).unwrap(),
            description: OrderDesc::fit("2 × Earl Grey & Milch").into_value(),
        },
        Customer {
            first_name: paygate::FirstName::fit("Łukasz").into_value(),
            last_name: LastName::new("Müller").unwrap(),
            email: "lukasz@example.com".parse().unwrap(),
        },
        &Urls { success: url("success"), failure: url("failure"), notify: url("notify") },
    )
    .ref_nr(RefNr::from_static("2026-11-0042"))
    .user_data(UserData::from_static("basket=42"))
    .req_id(ReqId::from_static("4711a1"))
    .ip_addr(IpAddr::from(std::net::IpAddr::from([203, 0, 113, 7])))
    .mobile_no(MobileNo::from_static("4915112345678"))
    .country_code(CountryCode::DE)
    .language(Language::new("de_DE").unwrap())
    .social_security_number(SocialSecurityNumber::from_static("790131-1234"))
    .customer_id(CustomerId::from_static("k-42"))
    .url_template(TemplateUrl::new("https://shop.example/template.html").unwrap())
    .plain(Plain::from_static("shop-7"))
    .custom(Custom::from_pairs([("session", "42"), ("lang", "de")]).unwrap())
    .build();

    let merchant = testing::merchant();
    let sent = testing::sent(&merchant, &merchant.seal(&request).unwrap().redirect).unwrap();
    assert!(sent.iter().any(|(name, value)| name == "MAC" && value.len() == 64));
    let pairs = sent.iter().filter(|(name, _)| name != "MAC");
    assert_eq!(
        pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
        [
            "OrderDesc=2 × Earl Grey + Milch",
            "TransID=order-4711-1",
            "RefNr=2026-11-0042",
            "Amount=1999",
            "Currency=EUR",
            "URLSuccess=https://shop.example/success",
            "URLFailure=https://shop.example/failure",
            "URLNotify=https://shop.example/notify",
            "UserData=basket=42",
            "ReqId=4711a1",
            "IPAddr=203.0.113.7",
            "FirstName=Lukasz",
            "LastName=Müller",
            "Email=lukasz@example.com",
            "MobileNo=4915112345678",
            "CountryCode=DE",
            "Language=de_DE",
            "SocialSecurityNumber=790131-1234",
            "CustomerId=k-42",
            "URLTemplate=https://shop.example/template.html",
            "Plain=shop-7",
            "Custom=session=42|lang=de",
            "MerchantID=test_merchant",
            "Response=encrypt",
        ]
    );
    assert_eq!(sent.len(), PaymentRequest::ROWS.len(), "all 25 rows of the page");
    // And Paygate would read the same request.
    assert!(PaymentRequest::parse(sent.iter().map(|(name, value)| (name.as_str(), value.as_str()))).is_ok());
}

#[test]
fn a_request_with_every_mistake_is_told_all_of_them_at_once() {
    let long = "x".repeat(1025);
    let pairs = [
        ("MerchantID", "somebody*else"),
        ("TransID", " order-1"),
        ("RefNr", "a reference number of 31 letter"),
        ("Amount", "19.99"),
        ("Currency", "Euro"),
        ("MAC", "0000"),
        ("OrderDesc", "tEsT : 0000"),
        ("URLSuccess", "http://shop.example/success"),
        ("URLFailure", "https://shop.example:8443/failure"),
        ("URLNotify", "https://shop.example/notify?order=1"),
        ("Response", "encrypted"),
        ("UserData", &long),
        ("ReqId", "not-alphanumeric"),
        ("IPAddr", "localhost"),
        ("FirstName", "Anna&Amount=1"),
        ("LastName", ""),
        ("Email", "anna at example"),
        ("MobileNo", "+4915112345678"),
        ("CountryCode", "Germany"),
        ("Language", "german"),
        ("SocialSecurityNumber", "a number of 21 digits"),
        ("CustomerId", "Łukasz"),
        ("URLTemplate", "shop.example/template.html"),
        ("Plain", "a\r\nb"),
        ("Custom", "session=42|STATUS=OK"),
        ("Amount", "1"),
        ("Colour", "green"),
    ];
    let Err(SealError::Rules(rules)) = testing::merchant().seal_pairs::<Trustly>(pairs) else {
        panic!("such a request is not sealed");
    };
    let told: Vec<_> = rules.iter().map(ToString::to_string).collect();
    assert_eq!(told.join("\n") + "\n", include_str!("data/every-mistake.txt"));
    for row in PaymentRequest::ROWS {
        assert!(rules.iter().any(|rule| rule.parameter() == row.name), "{} has its error", row.name);
    }
}
