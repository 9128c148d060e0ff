//! The types of `paygate` but its calls from server to server: settings, merchants, requests and callbacks.

use crate::canary::{CENTS, EMAIL, ENCRYPTION, IP, MAC, NAME, URL, expected, merchant};
use crate::exhibit;
use crate::shown::Shown;
use paygate::template::Template;
use paygate::testing::{self, Callback, TestingError};
use paygate::{
    BaseUrl, Envelope, FirstName, MacError, Merchants, OpenError, OrderDesc, Outcome, Profile, RawCallback,
    Route, SealError, Settings, Trustly, VerifyError, Violation,
};

pub(crate) fn show(shown: &mut Shown) {
    settings(shown);
    sealing(shown);
    callbacks(shown);
    refusals(shown);
    templates(shown);
}

fn settings(shown: &mut Shown) {
    let settings = |keys: &'static str| {
        Settings::from_lookup(move |name| {
            Some(if name.contains("MERCHANT") { "shop" } else { keys }.to_owned())
        })
    };
    exhibit!(shown, settings(ENCRYPTION), settings(MAC));
    exhibit!(shown, settings(" canary-enc-key-1").encryption_key().unwrap_err());
    exhibit!(
        shown,
        settings(ENCRYPTION).endpoint().unwrap_err(),
        settings(ENCRYPTION).profile().unwrap_err()
    );
    let suspicious = Settings::from_lookup(|_| Some(format!("{ENCRYPTION} ")));
    for finding in suspicious.examine() {
        exhibit!(shown, finding);
    }
    exhibit!(shown, merchant(), Merchants::from(merchant()), Profile::axepta());
    for toml in ["white_label = 'none'\ncolour = 1\nminimum = true\n", "white_label = Canaryname"] {
        let refused = Profile::from_toml(toml).unwrap_err();
        for problem in refused.problems() {
            exhibit!(shown, *problem.rule(), *problem);
        }
        exhibit!(shown, refused);
    }
    exhibit!(shown, BaseUrl::new(ENCRYPTION).unwrap_err());
    exhibit!(shown, paygate::ProfileFileError::NotUtf8);
}

fn sealing(shown: &mut Shown) {
    let merchant = merchant();
    let mut request = testing::request("order-1", CENTS);
    request.first_name = FirstName::new(NAME).unwrap();
    request.order_desc = OrderDesc::new(format!("tea for {NAME}")).unwrap();
    request.email = EMAIL.parse().unwrap();
    request.url_success = URL.parse().unwrap();
    request.ip_addr = Some(IP.parse().unwrap());
    let sealed = merchant.seal(&request).unwrap();
    exhibit!(shown, sealed, sealed.redirect, sealed.expected, *sealed.expected.attempt());
    request.url_notify = "http://127.0.0.1/canary-token".parse().unwrap();
    let refused = merchant.seal(&request).unwrap_err();
    let pairs = [("Amount", "4242424x"), ("FirstName", "Canaryname&"), ("Email", NAME), ("URLNotify", NAME)];
    for refused in [refused, merchant.seal_pairs::<Trustly>(pairs).unwrap_err()] {
        if let SealError::Rules(rules) = &refused {
            for rule in rules {
                exhibit!(shown, *rule);
            }
        }
        exhibit!(shown, refused);
    }
    // Both are the profile's, and say what is allowed.
    exhibit!(shown, Violation::Minimum { minimum: 100 }, Violation::AmountDigits { max: 12 });
}

/// With names where Paygate puts them, and an amount where it puts none.
fn told(callback: Callback) -> Callback {
    let many = format!("a&{NAME}{}=1", "x".repeat(65));
    callback
        .with("AccOwner", NAME)
        .with("Description", NAME)
        .with("IBAN", NAME)
        .with("Amount", CENTS.to_string())
        .with("AccountId", many)
}

fn callbacks(shown: &mut Shown) {
    let (merchant, expected) = (merchant(), expected());
    let paid = told(Callback::paid(&expected)).with_echo("Custom", NAME);
    let form = paid.form(&merchant).unwrap();
    exhibit!(shown, paid, TestingError::Mac(MacError::Mismatch));
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    exhibit!(shown, raw, Envelope::parse(&raw).unwrap());
    let callback = merchant.open::<Trustly>(&raw).unwrap();
    exhibit!(shown, callback, callback.unsigned(), *callback.signed());
    for issue in callback.issues() {
        exhibit!(shown, issue);
    }
    let bound = callback.bind(&expected).unwrap();
    exhibit!(shown, bound, bound.outcome());
    exhibit!(shown, callback.bind(&testing::expected(&merchant, "order-2", CENTS)).unwrap_err());
    for (status, code) in [
        ("OK", "00000000"),
        ("AUTHORIZED", "00000000"),
        ("AUTHORIZE_REQUEST", "00000000"),
        ("FAILED", "21550053"),
    ] {
        let form = told(Callback::new(&expected, status, code)).form(&merchant).unwrap();
        let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
        match callback.bind(&expected).unwrap().outcome() {
            Outcome::Paid(paid) => exhibit!(shown, paid),
            Outcome::Authorized(authorized) => exhibit!(shown, authorized),
            Outcome::Open(open) => exhibit!(shown, open),
            Outcome::Failed(failed) => exhibit!(shown, failed),
        }
    }
}

fn refusals(shown: &mut Shown) {
    let (merchant, expected) = (merchant(), expected());
    let form = |callback: &Callback| callback.form(&merchant).unwrap();
    let paid = told(Callback::paid(&expected));
    let forms = [
        form(&paid.clone().with_forged_mac()),
        form(&paid.clone().with("Status", "Canaryname!")),
        form(&paid.clone().with("Code", NAME)),
        form(&paid.clone().doubled("Code", NAME)),
        form(&paid.clone().with("mid", "another")),
        form(&told(Callback::new(&expected, "OK", "60000985"))),
        form(&told(Callback::failed(&expected, "21550053"))),
        form(&paid).replacen("Len=", "Len=9", 1),
        form(&paid).replacen("&Data=", "&Data=x", 1),
        format!("Len={NAME}&Data={NAME}"),
        format!("{NAME}={CENTS}"),
        format!("mid=shop&AccOwner={NAME}"),
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for form in &forms {
        for merchant in [merchant.clone(), testing::merchant()] {
            let raw = RawCallback::get(Route::Success, form.as_bytes());
            let refused = merchant.open::<Trustly>(&raw).unwrap_err();
            kinds.insert(refused.kind());
            if let VerifyError::OtherMerchant(kept) | VerifyError::WrongRoute(kept) = &refused {
                exhibit!(shown, **kept);
            }
            exhibit!(shown, refused);
        }
    }
    assert!(kinds.len() > 7, "{kinds:?}");
    exhibit!(shown, OpenError::Plain);
}

fn templates(shown: &mut Shown) {
    let attributes = (0..257).map(|number| format!(" a{number}={NAME}")).collect::<Vec<_>>().concat();
    let page = format!(
        "<!DOCTYPE html><html><body>{NAME}<script>'{NAME}'</script><img src='http://{NAME}/'><a href='http://{NAME}/'></a>\
         <a href='javascript:{NAME}()'></a><p onclick='{NAME}()'></p><p srcdoc='{NAME}'></p><p class={NAME} class=a></p>\
         <p style='background: url(http://{NAME}/)'></p><p style='width: expression({NAME})'></p>\
         <select><p title={NAME}></p></select><p {attributes}></p></body></html>"
    );
    let taken = format!("<h1>{NAME}</h1>\n<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->");
    exhibit!(shown, Template::parse(taken).unwrap());
    let refused = Template::parse(page).unwrap_err();
    for problem in refused.problems() {
        exhibit!(shown, *problem.rule(), *problem);
    }
    exhibit!(shown, refused, Template::parse(b"Canaryname \xe9").unwrap_err());
}
