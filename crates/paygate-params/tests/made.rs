//! Values and requests as a shop's own code makes them: by literals, builders, chance and names.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate_params::follow_ups::inquire24::Inquire24Request;
use paygate_params::follow_ups::{self, FollowUpVisitor};
use paygate_params::message::{PairSink, Signed, SignedError};
use paygate_params::methods::trustly::{self, Customer, Order, Urls};
use paygate_params::methods::{self, MethodVisitor, swish};
use paygate_params::*;
use std::panic::catch_unwind;

fn url(path: &str) -> CallbackUrl {
    CallbackUrl::new(format!("https://shop.example/{path}")).unwrap()
}

fn money(units: u64) -> Money {
    Money::new(units, Currency::EUR).unwrap()
}

struct Pairs(Vec<(&'static str, String)>);

impl PairSink for Pairs {
    fn pair(&mut self, name: &'static str, value: &str) {
        self.0.push((name, value.to_owned()));
    }
}

fn written(request: &impl Request) -> Vec<(&'static str, String)> {
    let mut pairs = Pairs(Vec::new());
    request.write(&mut pairs);
    pairs.0
}

fn owned<const N: usize>(pairs: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    pairs.map(|(name, value)| (name, value.to_owned())).into()
}

#[test]
fn a_trustly_request_holds_what_its_builder_was_given() {
    let order = Order {
        trans_id: TransId::from_static("T1"),
        money: money(1999),
        description: OrderDesc::from_static("2 × Earl Grey"),
    };
    let customer = Customer {
        first_name: FirstName::from_static("Anna"),
        last_name: LastName::from_static("Müller"),
        email: Email::new("anna@example.com").unwrap(),
    };
    let urls = Urls { success: url("s"), failure: url("f"), notify: url("n") };
    let request = trustly::PaymentRequest::builder(order, customer, &urls)
        .ref_nr(RefNr::from_static("R1"))
        .country_code(CountryCode::DE)
        .build();
    let expected = owned([
        ("OrderDesc", "2 × Earl Grey"),
        ("TransID", "T1"),
        ("RefNr", "R1"),
        ("Amount", "1999"),
        ("Currency", "EUR"),
        ("URLSuccess", "https://shop.example/s"),
        ("URLFailure", "https://shop.example/f"),
        ("URLNotify", "https://shop.example/n"),
        ("FirstName", "Anna"),
        ("LastName", "Müller"),
        ("Email", "anna@example.com"),
        ("CountryCode", "DE"),
    ]);
    assert_eq!(written(&request), expected);
    assert_eq!(request.order(), (&TransId::from_static("T1"), money(1999)));
}

#[test]
fn a_swish_request_holds_what_its_builder_was_given() {
    let (id, description) = (TransId::from_static("T1"), OrderDesc::from_static("Tea"));
    let request =
        swish::PaymentRequest::builder(id, money(100), description, [url("s"), url("f"), url("n")]).build();
    let expected = owned([
        ("OrderDesc", "Tea"),
        ("TransID", "T1"),
        ("Amount", "100"),
        ("Currency", "EUR"),
        ("URLSuccess", "https://shop.example/s"),
        ("URLFailure", "https://shop.example/f"),
        ("URLNotify", "https://shop.example/n"),
    ]);
    assert_eq!(written(&request), expected);
    assert_eq!(request.order(), (&TransId::from_static("T1"), money(100)));
    let asked = Inquire24Request::new(TransId::from_static("T1"));
    assert_eq!(written(&asked), owned([("TransID", "T1")]));
}

struct Named;

impl MethodVisitor for Named {
    type Output = (&'static str, Result<Verdict, Contradiction>);

    fn visit<M: Method>(self) -> Self::Output {
        (M::NAME, M::classify(&Status::from_static("OK"), Code::SUCCESS))
    }
}

impl FollowUpVisitor for Named {
    type Output = &'static str;

    fn visit<F: FollowUp>(self) -> Self::Output {
        F::NAME
    }
}

#[test]
fn methods_and_follow_ups_are_found_by_their_names() {
    for name in methods::NAMES {
        assert_eq!(methods::visit(name, Named), Some((*name, Ok(Verdict::Paid))));
    }
    for name in follow_ups::NAMES {
        assert_eq!(follow_ups::visit(name, Named), Some(*name));
    }
    assert!(methods::visit("Trustly", Named).is_none() && follow_ups::visit("", Named).is_none());
}

#[test]
fn a_literal_that_breaks_its_format_stops_where_no_compiler_sees_it() {
    assert!(catch_unwind(|| TransId::from_static("a*b")).is_err());
    assert!(catch_unwind(|| FirstName::from_static("")).is_err());
    assert!(catch_unwind(|| OrderDesc::from_static("Test:0000")).is_err());
    assert_eq!(OrderDesc::from_static("Test kit"), OrderDesc::new("Test kit").unwrap());
}

#[test]
fn values_are_read_and_shown_as_texts() {
    let id: TransId = "T1".parse().unwrap();
    assert_eq!((id.as_ref(), id.as_bytes(), id.to_string().as_str()), ("T1", &b"T1"[..], "T1"));
    assert_eq!(FirstName::try_from("Anna").unwrap(), "Anna".parse().unwrap());
    let address: IpAddr = "2001:db8::1".parse().unwrap();
    assert_eq!(address.get().to_string(), "2001:db8::1");
    assert_eq!(format!("{:?}", FirstName::from_static("Anna")), "FirstName([redacted])");
}

#[test]
#[cfg(feature = "fit")]
fn what_was_fitted_is_taken_where_the_changes_do_not_matter() {
    assert_eq!(FirstName::from(FirstName::fit("A&nna")), FirstName::from_static("A+nna"));
}

#[test]
#[cfg(feature = "getrandom")]
fn no_two_random_ids_are_the_same() {
    assert_ne!(TransId::random().unwrap(), TransId::random().unwrap());
    assert_ne!(ReqId::random().unwrap(), ReqId::random().unwrap());
}

#[test]
fn the_signed_fields_are_read_strictly_and_by_name() {
    let id = "7bbb448155234d8cbee323778952ce28";
    let pairs = [("mid", "shop"), ("PayID", id), ("TransID", "T1"), ("Status", "OK"), ("Code", "00000000")];
    let value =
        |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_bytes());
    let signed = Signed::parse(value).unwrap();
    assert_eq!((signed.mid().as_str(), signed.pay_id().as_str()), ("shop", id));
    assert_eq!((signed.trans_id().as_str(), signed.status().as_str()), ("T1", "OK"));
    assert_eq!((signed.code(), signed.pairs()), (Code::SUCCESS, pairs));
    for name in ["mid", "PayID", "TransID", "Status", "Code"] {
        let missing = Signed::parse(|asked| value(asked).filter(|_| asked != name));
        assert_eq!(missing, Err(SignedError::Missing { name }));
        let noise = Signed::parse(|asked| if asked == name { Some(b"a\xFF") } else { value(asked) });
        let rule = FormatError::Character { position: 2, allowed: "ASCII" };
        assert_eq!(noise, Err(SignedError::Format { name, rule }));
    }
}
