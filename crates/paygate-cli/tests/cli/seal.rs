//! `paygate seal`.

use crate::command::{account, command, finish, run, run_with};
use serde_json::{Value, json};

/// A request that every merchant seals; without a ReqId each would get another one.
const PAIRS: [&str; 11] = [
    "TransID=order-1",
    "ReqId=1",
    "Amount=1999",
    "Currency=EUR",
    "OrderDesc=2 × Earl Grey, a=b",
    "FirstName=Anna",
    "LastName=Müller",
    "Email=anna@example.com",
    "URLSuccess=https://shop.example/success",
    "URLFailure=https://shop.example/failure",
    "URLNotify=https://shop.example/notify",
];

fn seal<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["seal", "trustly"], &PAIRS[..], more].concat()
}

/// The pairs inside of Data, decrypted by the command itself.
fn opened(params: &Value) -> Vec<String> {
    let (len, data) = (params["Len"].as_str().unwrap(), params["Data"].as_str().unwrap());
    let text = run(&account(), &["decrypt", "--len", len, data]).stdout;
    // The plaintext is ISO-8859-1.
    let text: String = text.into_iter().map(char::from).collect();
    text.split('&').map(str::to_owned).collect()
}

fn params_of(url: &str) -> Value {
    let query = url.trim_end().split_once('?').unwrap().1;
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), Value::from(value))).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn the_url_holds_the_pairs_and_their_mac() {
    let ran = run(&account(), &seal(&[]));
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(
        ran.text().starts_with("https://www.computop-paygate.com/trustly.aspx?MerchantID=test_merchant&Len=")
    );
    let pairs = opened(&params_of(ran.text()));
    for pair in PAIRS {
        assert!(pairs.iter().any(|found| found == pair), "{pair}");
    }
    let parts = ["mac", "request", "--trans-id", "order-1", "--amount", "1999", "--currency", "EUR"];
    let mac = format!("MAC={}", run(&account(), &parts).text().trim_end());
    for added in ["MerchantID=test_merchant", "Response=encrypt", &mac] {
        assert!(pairs.iter().any(|found| found == added), "{added}");
    }
    assert_eq!(pairs.len(), PAIRS.len() + 3);
}

#[test]
fn pairs_come_from_standard_input_one_a_line() {
    let from_arguments = run(&account(), &seal(&[]));
    for text in [PAIRS.join("\n"), format!("\n{}\r\n \r\n", PAIRS.join("\r\n\r\n"))] {
        let ran = run_with(&account(), &["seal", "trustly", "-"], text.as_bytes());
        assert_eq!((ran.code, ran.text()), (0, from_arguments.text()), "{}", ran.stderr);
    }
}

#[test]
fn a_request_without_a_req_id_gets_a_random_one() {
    let without: Vec<&str> = PAIRS.into_iter().filter(|pair| !pair.starts_with("ReqId")).collect();
    let req_id = || {
        let ran = run(&account(), &[&["seal", "trustly"], &without[..]].concat());
        opened(&params_of(ran.text())).into_iter().find(|pair| pair.starts_with("ReqId=")).unwrap()
    };
    assert_ne!(req_id(), req_id());
}

#[test]
fn a_form_is_printed_where_one_is_asked_for() {
    let ran = run(&account(), &seal(&["--form"]));
    assert_eq!(ran.code, 0);
    assert!(ran.text().starts_with("<!DOCTYPE html>\n") && ran.text().ends_with("</html>\n"));
    assert!(ran.text().contains(r#"action="https://www.computop-paygate.com/trustly.aspx""#));
}

#[test]
fn json_has_the_url_and_its_parts_and_the_form_where_it_is_asked_for() {
    let url = run(&account(), &seal(&[]));
    let ran = run(&account(), &seal(&["--json"]));
    let params = params_of(url.text());
    let expected = json!({
        "url": url.text().trim_end(),
        "form_action": "https://www.computop-paygate.com/trustly.aspx",
        "params": { "MerchantID": "test_merchant", "Len": params["Len"], "Data": params["Data"] },
        "left_out": [],
    });
    assert_eq!((ran.code, ran.json()), (0, expected));

    let form = run(&account(), &seal(&["--form"]));
    let ran = run(&account(), &seal(&["--form", "--json"]));
    assert_eq!(ran.json()["form"], form.text());
}

#[test]
fn every_violated_rule_is_told_one_a_line() {
    let pairs = ["TransID=order*1", "Amount=19.99", "Currency=SEK", "Nonsense=1", "MAC=00", "no equals sign"];
    let ran = run(&account(), &[&["seal", "trustly"], &pairs[..]].concat());
    assert_eq!((ran.code, ran.text()), (1, ""));
    let messages = ran.messages();
    for part in [
        "argument 6 has no `=`",
        "TransID (ans..64)",
        "Amount (n..10)",
        "Currency SEK is not among those",
        "\"Nonsense\" is no parameter",
        "MAC is filled in by sealing",
        "OrderDesc is missing",
        "URLSuccess is missing",
        "URLFailure is missing",
        "URLNotify is missing",
        "FirstName is missing",
        "LastName is missing",
        "Email is missing",
    ] {
        assert_eq!(
            messages.iter().filter(|message| message.starts_with(part)).count(),
            1,
            "{part}: {messages:#?}"
        );
    }
    assert_eq!(messages.len(), 13, "{messages:#?}");
}

#[test]
fn violated_rules_are_json_too_with_their_parameter() {
    let ran =
        run(&account(), &seal(&["MerchantID=another", "Response=encrypt", "CountryCode=SE", "x", "--json"]));
    assert_eq!(ran.code, 1);
    let errors = ran.json();
    let errors = errors["errors"].as_array().unwrap();
    let parameters: Vec<_> = errors.iter().map(|error| error["parameter"].as_str()).collect();
    assert_eq!(parameters, [None, Some("MerchantID"), Some("Currency"), Some("Response")]);
    let messages: Vec<_> = errors.iter().map(|error| error["message"].as_str().unwrap()).collect();
    assert_eq!(ran.messages(), messages);
}

#[test]
fn a_line_that_is_no_pair_is_told_by_its_number_alone() {
    let text = [PAIRS.join("\n").as_bytes(), b"\n\ncanary\nUserData=\xE4\n"].concat();
    let ran = run_with(&account(), &["seal", "trustly", "-"], &text);
    assert_eq!((ran.code, ran.messages()), (1, vec!["line 13 has no `=`", "line 14 is not UTF-8"]));
}

#[test]
#[cfg(unix)]
fn an_argument_that_is_not_utf_8_is_told_by_its_number() {
    use std::os::unix::ffi::OsStrExt;
    let mut command = command(&account(), &seal(&[]));
    command.arg(std::ffi::OsStr::from_bytes(b"UserData=\xE4"));
    let ran = finish(command, b"");
    assert_eq!((ran.code, ran.messages()), (1, vec!["argument 12 is not UTF-8"]));
}

#[test]
fn simulation_is_sealed_for_a_test_account_only() {
    let pairs: Vec<&str> =
        PAIRS.map(|pair| if pair.starts_with("OrderDesc") { "OrderDesc=Test:0000" } else { pair }).to_vec();
    let arguments = [&["seal", "trustly"], &pairs[..]].concat();
    let ran = run(&account(), &arguments);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.messages(),
        ["OrderDesc asks for simulation, which needs a merchant that is marked as test"]
    );
    let ran = run(&account(), &[&arguments[..], &["--test"]].concat());
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(opened(&params_of(ran.text())).contains(&"OrderDesc=Test:0000".to_owned()));
}

#[test]
fn an_optional_parameter_that_is_left_out_is_a_warning() {
    let ran = run(&account(), &seal(&["IPAddr=2001:db8:1234:5678::1", "--json"]));
    assert_eq!(ran.code, 0);
    assert_eq!(ran.json()["left_out"], json!(["IPAddr"]));
    let messages = ran.messages();
    assert!(messages.len() == 1 && messages[0].starts_with("warning: IPAddr was left out: "), "{messages:?}");
}

#[test]
fn the_endpoint_is_that_of_the_settings() {
    let variables = [&account()[..], &[("PAYGATE_ENDPOINT", "http://127.0.0.1:8080/")]].concat();
    let ran = run(&variables, &seal(&[]));
    assert!(ran.text().starts_with("http://127.0.0.1:8080/trustly.aspx?"), "{}{}", ran.text(), ran.stderr);
}

#[test]
fn pairs_that_are_too_long_are_refused_as_rules_are() {
    let ran = run_with(&account(), &["seal", "trustly", "-", "--json"], &vec![b'\n'; 1024 * 1024 + 1]);
    assert_eq!(ran.code, 1);
    let message = "standard input has more than 1048576 bytes";
    assert_eq!(ran.json(), json!({ "errors": [{ "parameter": null, "message": message }] }));
}

#[test]
fn every_method_of_the_library_is_sealed() {
    let ran = run(&account(), &["seal", "swish", "TransID=a", "Currency=EUR"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.messages().iter().any(|message| message.starts_with("Currency EUR ")),
        "{:?}",
        ran.messages()
    );
    for method in paygate::methods::NAMES {
        assert_eq!(run(&account(), &["seal", method, "TransID=a"]).code, 1, "{method}");
    }
}
