//! The types of `paygate-params`: a canary in every field that may hold one, and in every text that is refused.

use crate::canary::{CENTS, DECIMAL, EMAIL, IP, MOBILE, NAME, PAY_ID, URL};
use crate::exhibit;
use crate::shown::Shown;
use paygate_params::follow_ups::credit::{CreditRequest, CreditRequestDraft};
use paygate_params::follow_ups::inquire::{InquireRequest, InquireRequestDraft};
use paygate_params::follow_ups::inquire24::{Inquire24Request, Inquire24RequestDraft};
use paygate_params::format::{self, Ascii, Latin1};
use paygate_params::message::{Doubled, Field, Index, IssueKind, SignedError};
use paygate_params::methods::{swish, trustly};
use paygate_params::stored::Object;
use paygate_params::{
    AccBank, AccClearingHouse, AccDescriptor, AccOwner, AccountId, AddrCity, AddrStreet, AddrZip, Amount,
    BaseUrl, CallbackUrl, Charset, Code, Currency, Custom, CustomerId, DateTime, Description, Email, Facts,
    Fields, FirstName, FormatError, Iban, IpAddr, Language, LastName, MacText, MerchantId, Message, MobileNo,
    Money, OrderDesc, PairError, ParamError, PayId, Plain, RandomIdError, RefNr, ReqId, Request,
    SocialSecurityNumber, Status, TemplateUrl, TransId, UserData, UserId, Verdict, Xid,
};

fn money() -> Money {
    Money::new(CENTS, Currency::EUR).unwrap()
}

#[track_caller]
fn text<T: Field>(text: &str) -> T {
    T::parse(text).unwrap()
}

pub(crate) fn show(shown: &mut Shown) {
    persons(shown);
    names(shown);
    requests(shown);
    answers(shown);
    refusals(shown);
}

fn persons(shown: &mut Shown) {
    exhibit!(shown, text::<AccBank>(NAME), text::<AccClearingHouse>("CANARY"), text::<AccDescriptor>(NAME));
    exhibit!(
        shown,
        text::<AccOwner>(NAME),
        text::<AddrCity>(NAME),
        text::<AddrStreet>(NAME),
        text::<AddrZip>("canary")
    );
    exhibit!(
        shown,
        text::<Description>(NAME),
        text::<FirstName>(NAME),
        text::<LastName>(NAME),
        text::<Plain>(NAME)
    );
    exhibit!(shown, text::<SocialSecurityNumber>("canary1"), text::<UserData>(NAME), text::<OrderDesc>(NAME));
    exhibit!(
        shown,
        text::<Email>(EMAIL),
        text::<IpAddr>(IP),
        text::<MobileNo>(MOBILE),
        text::<Iban>("42424242")
    );
    exhibit!(shown, text::<AccountId>(NAME), text::<UserId>(NAME), text::<CustomerId>(NAME));
    exhibit!(shown, text::<MacText>(&"canary00".repeat(8)), text::<Custom>("c=Canaryname"));
    exhibit!(shown, text::<CallbackUrl>(URL), text::<TemplateUrl>(URL));
    exhibit!(shown, Amount::new(CENTS).unwrap(), money());
    let fitted = FirstName::fit(&format!("{NAME}\u{1F3E0}{}", "x".repeat(300)));
    exhibit!(shown, fitted, fitted.changes()[0], Latin1::<format::Text, 1, 30>::new(NAME).unwrap());
}

/// What names no person and is shown by design, so that it is not forgotten that there is nothing else in it.
fn names(shown: &mut Shown) {
    exhibit!(
        shown,
        text::<MerchantId>("shop"),
        text::<TransId>("order-1"),
        text::<PayId>(PAY_ID),
        text::<Xid>(PAY_ID)
    );
    exhibit!(shown, text::<RefNr>("r1"), text::<ReqId>("r1"), text::<Status>("OK"), text::<Language>("de"));
    exhibit!(
        shown,
        text::<Code>("00000000"),
        text::<Code>("00000000").state(),
        text::<Code>("00000000").explain()
    );
    exhibit!(shown, Currency::EUR, paygate_params::CountryCode::DE, BaseUrl::COMPUTOP);
    exhibit!(shown, Ascii::<format::Identifier, 1, 30>::new("order-1").unwrap());
    exhibit!(shown, text::<DateTime>("2026-11-22T05:48:00"));
}

fn url(path: &str) -> CallbackUrl {
    CallbackUrl::new(format!("{URL}/{path}")).unwrap()
}

fn requests(shown: &mut Shown) {
    let order = trustly::Order {
        trans_id: text("order-1"),
        money: money(),
        description: OrderDesc::new(NAME).unwrap(),
    };
    let customer = trustly::Customer { first_name: text(NAME), last_name: text(NAME), email: text(EMAIL) };
    let urls = trustly::Urls { success: url("s"), failure: url("f"), notify: url("n") };
    exhibit!(shown, order, customer, urls);
    let builder = trustly::PaymentRequest::builder(order, customer, &urls)
        .mobile_no(text(MOBILE))
        .customer_id(text(NAME))
        .user_data(text(NAME))
        .ip_addr(text(IP))
        .social_security_number(text("canary1"))
        .custom(text("c=Canaryname"));
    exhibit!(shown, builder);
    let mut request = builder.build();
    request.mac = Some(text(&"canary00".repeat(8)));
    exhibit!(shown, request);
    let mut draft = trustly::PaymentRequestDraft::default();
    (draft.first_name, draft.amount) = (Some(text(NAME)), Some(Amount::new(CENTS).unwrap()));
    exhibit!(shown, draft);

    let builder = swish::PaymentRequest::builder(
        text("order-1"),
        Money::new(CENTS, Currency::SEK).unwrap(),
        text(NAME),
        [url("s"), url("f"), url("n")],
    );
    exhibit!(shown, builder, builder.clone().build());
    let mut draft = swish::PaymentRequestDraft::default();
    (draft.order_desc, draft.amount) = (Some(text(NAME)), Some(Amount::new(CENTS).unwrap()));
    exhibit!(shown, draft);

    let builder = CreditRequest::builder(text(PAY_ID), text("credit-1"), money());
    let mut request = builder.clone().build();
    request.mac = Some(text(&"canary00".repeat(8)));
    exhibit!(shown, builder, request);
    let mut draft = CreditRequestDraft::default();
    draft.amount = Some(Amount::new(CENTS).unwrap());
    exhibit!(
        shown,
        draft,
        InquireRequest::new(text(PAY_ID), text("order-1")),
        InquireRequestDraft::default()
    );
    exhibit!(shown, Inquire24Request::new(text("order-1")), Inquire24RequestDraft::default());

    let desc: OrderDesc = text(NAME);
    let callback = url("n");
    let mut facts = Facts::default();
    facts.amount = Some(Amount::new(CENTS).unwrap());
    (facts.order_desc, facts.urls[0]) = (Some(&desc), Some(("URLNotify", &callback)));
    exhibit!(shown, facts);
}

fn answers(shown: &mut Shown) {
    let line = format!(
        "mid=shop&PayID={PAY_ID}&TransID=order-1&Status=OK&Code=00000000&AccOwner={NAME}&Match={NAME}&XID={NAME}&MAC={NAME}"
    );
    let mut index: Index<trustly::PaymentResult> = Index::default();
    let mut at = 0;
    for pair in line.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        let from = at + name.len() + 1;
        index.insert(line.as_bytes(), name.as_bytes(), from..from + value.len()).unwrap();
        at += pair.len() + 1;
    }
    let signed = index.signed(line.as_bytes()).unwrap();
    let fields = Fields::new(line.as_bytes(), &index, Charset::Utf8);
    exhibit!(shown, signed, fields, index);
    let issues = fields.issues();
    assert!(!issues.is_empty(), "there is something to be said of it");
    for issue in issues {
        exhibit!(shown, issue.kind, issue);
    }
    let unknown = [(&[b'x'; 99][..], NAME.as_bytes())];
    let unknown = Fields::<trustly::PaymentResult>::unknown_issues(unknown.into_iter());
    exhibit!(shown, unknown[0].clone(), IssueKind::Missing, Verdict::Paid, Doubled { name: "Code" });
    let refused: SignedError = Index::<trustly::PaymentResult>::default().signed(b"").unwrap_err();
    exhibit!(shown, refused);
    for row in trustly::PaymentRequest::ROWS {
        exhibit!(shown, *row, row.format, row.format.length);
    }
}

fn refusals(shown: &mut Shown) {
    for refused in [
        FirstName::new(format!("{NAME}&")).unwrap_err(),
        LastName::new(NAME.repeat(99)).unwrap_err(),
        Email::new(NAME).unwrap_err(),
        IpAddr::parse(NAME).unwrap_err(),
        CallbackUrl::new(NAME).unwrap_err(),
        Money::parse_decimal(&format!("{DECIMAL}9"), Currency::EUR).unwrap_err(),
        Amount::parse(&format!("{CENTS}x")).unwrap_err(),
        DateTime::parse(NAME).unwrap_err(),
        FormatError::Empty,
    ] {
        exhibit!(shown, refused);
    }
    exhibit!(
        shown,
        Custom::from_pairs([("c", format!("{NAME}|"))]).unwrap_err(),
        PairError::Whole(FormatError::Empty)
    );
    exhibit!(shown, RandomIdError::Prefix(TransId::new(&NAME.repeat(9)).unwrap_err()));
    let pairs = [
        ("Amount", "4242424x"),
        ("FirstName", "Canaryname&"),
        ("Email", NAME),
        ("URLNotify", NAME),
        ("Unknown", NAME),
    ];
    let refused: Vec<ParamError> = trustly::PaymentRequest::parse(pairs).unwrap_err();
    for refused in refused {
        exhibit!(shown, refused);
    }
    let mut deserializer =
        serde_json::Deserializer::from_str(r#"{"Amount":"4242424x","FirstName":"Canaryname"}"#);
    let mut object = Object::read("a record", &mut deserializer).unwrap();
    exhibit!(shown, object);
    exhibit!(shown, object.required::<Amount>("Amount").unwrap_err());
}
