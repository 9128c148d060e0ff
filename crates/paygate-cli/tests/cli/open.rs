//! `paygate open`: outcomes, binding, what is shown.

use crate::command::{account, run, run_with};
use paygate::testing::{self, Callback};
use paygate::{Expected, Merchant};
use serde_json::json;

/// An attempt of the test merchant's, and the merchant.
pub(crate) fn attempt() -> (Merchant, Expected) {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    (merchant, expected)
}

/// The form of a callback that is made for the attempt.
pub(crate) fn form(make: impl FnOnce(&Expected) -> Callback) -> String {
    let (merchant, expected) = attempt();
    make(&expected).form(&merchant).unwrap()
}

#[test]
fn paid_and_bound_ends_with_0() {
    let ran = run(&account(), &["open", "--trans-id", "order-1", &form(Callback::paid)]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.text().starts_with("outcome: paid (code 00000000), bound to order-1\n"), "{}", ran.text());
}

#[test]
fn paid_without_an_attempt_ends_with_0_and_a_warning() {
    let ran = run(&account(), &["open", &form(Callback::paid)]);
    assert_eq!(ran.code, 0);
    assert!(ran.text().starts_with("outcome: paid (code 00000000), not bound\n"), "{}", ran.text());
    assert_eq!(
        ran.messages(),
        ["warning: nothing was bound: without --trans-id the callback may be any attempt's"]
    );
}

#[test]
fn another_attempt_s_callback_ends_with_1_and_is_shown_all_the_same() {
    let ran = run(&account(), &["open", "--trans-id", "order-2", &form(Callback::paid)]);
    assert_eq!((ran.code, ran.messages()), (1, vec!["not bound: TransID is not the attempt's"]));
    assert!(ran.text().starts_with("outcome: paid (code 00000000), not bound\n"), "{}", ran.text());

    let ran = run(&account(), &["open", "--json", "--trans-id", "order-2", &form(Callback::paid)]);
    assert_eq!((ran.code, &ran.json()["outcome"], &ran.json()["bound"]), (1, &json!("paid"), &json!(false)));
}

#[test]
fn every_outcome_but_paid_ends_with_1() {
    for (outcome, callback) in [
        ("open", form(Callback::open)),
        ("failed", form(|expected| Callback::failed(expected, "22060203"))),
        ("authorized", form(|expected| Callback::new(expected, "AUTHORIZED", "00000000"))),
    ] {
        let ran = run(&account(), &["open", "--json", "--trans-id", "order-1", &callback]);
        assert_eq!((ran.code, &*ran.stderr), (1, ""));
        assert_eq!((&ran.json()["outcome"], &ran.json()["bound"]), (&json!(outcome), &json!(true)));
        let ran = run(&account(), &["open", "--trans-id", "order-1", &callback]);
        assert_eq!(ran.code, 1);
        assert!(ran.text().starts_with(&format!("outcome: {outcome} (code ")), "{}", ran.text());
    }
}

#[test]
fn json_has_exactly_this_shape() {
    let callback = form(|expected| {
        Callback::paid(expected)
            .with("description", "K\u{f6}ln")
            .with("AccOwner", b"Anna M\xFCller")
            .with("unknownName", "1")
            .with("MATCH", "7")
    });
    let ran = run(&account(), &["open", "--trans-id", "order-1", "--json", &callback]);
    assert_eq!(ran.code, 0);
    let pay_id = ran.json()["signed"]["PayID"].as_str().unwrap().to_owned();
    assert_eq!(pay_id.len(), 32);
    let expected = format!(
        concat!(
            r#"{{"outcome":"paid","bound":true,"code":"00000000","explanation":"success","#,
            r#""signed":{{"mid":"test_merchant","PayID":"{}","TransID":"order-1","Status":"OK","Code":"00000000"}},"#,
            r#""unsigned":{{"XID":"0f1e2d3c4b5a69788796a5b4c3d2e1f0","Description":"Köln","#,
            r#""AccOwner":"Anna Müller","unknownName":"1","Match":"7"}},"#,
            r#""issues":["{}"]}}"#,
            "\n"
        ),
        pay_id,
        ran.json()["issues"][0].as_str().unwrap(),
    );
    assert_eq!(ran.text(), expected);
    assert!(ran.json()["issues"][0].as_str().unwrap().starts_with("Match "));
}

#[test]
fn echoes_beside_data_are_shown_apart() {
    let callback =
        form(|expected| Callback::paid(expected).with_echo("session", "a b").with_echo("Status", "FAILED"));
    let ran = run(&account(), &["open", "--json", &callback]);
    assert_eq!(ran.json()["outcome"], "paid");
    assert_eq!(ran.json()["outside"], json!({"session": "a b", "Status": "FAILED"}));
    let ran = run(&account(), &["open", &callback]);
    assert!(ran.text().contains("\n- session      a b\n"), "{}", ran.text());
    assert!(ran.text().contains("whoever called wrote it"), "{}", ran.text());
}

#[test]
fn a_doubled_name_becomes_an_array() {
    let (merchant, expected) = attempt();
    let text = [
        &b"AccBank=a&accbank=b&x=1&ACCBANK=c&X=2&x=3&"[..],
        &Callback::paid(&expected).plaintext(&merchant).unwrap(),
    ];
    let callback = testing::seal_text(&merchant, &text.concat()).unwrap();
    let ran = run(&account(), &["open", "--json", &callback]);
    let unsigned = &ran.json()["unsigned"];
    assert_eq!(unsigned["AccBank"], json!(["a", "b", "c"]));
    assert_eq!((&unsigned["x"], &unsigned["X"]), (&json!(["1", "3"]), &json!("2")));
    assert_eq!(ran.json()["issues"], json!(["AccBank stands more than once", "X stands more than once"]));
}

#[test]
fn people_see_every_parameter_and_which_ones_are_signed() {
    let callback = form(|expected| Callback::paid(expected).with("Match", "7"));
    let ran = run(&account(), &["open", "--trans-id", "order-1", &callback]);
    let lines: Vec<&str> = ran.text().lines().collect();
    let names: Vec<_> =
        lines.iter().skip(2).map(|line| (&line[..1], line[2..].split(' ').next().unwrap())).collect();
    assert_eq!(
        names[..8],
        [
            ("*", "mid"),
            ("*", "PayID"),
            ("*", "TransID"),
            ("*", "Status"),
            ("*", "Code"),
            (" ", "XID"),
            (" ", "Description"),
            (" ", "Match")
        ]
    );
    assert_eq!(lines[1], "code: success");
    assert_eq!(lines[4], "* TransID      order-1");
    assert_eq!(lines[10], "* covered by the MAC, with the current key; nothing may depend on the others");
    assert!(lines[11].starts_with("issue: Match "), "{}", lines[11]);
    assert_eq!(lines.len(), 12);
}

#[test]
fn a_code_is_explained_and_the_parameter_of_a_rejected_request_is_named() {
    let callback = form(|expected| Callback::failed(expected, "20110005"));
    let ran = run(&account(), &["open", "--trans-id", "order-1", &callback]);
    let lines: Vec<&str> = ran.text().lines().take(3).collect();
    let outcome = "outcome: failed (code 20110005), bound to order-1";
    assert_eq!(lines, [outcome, "code: error: parameter format error: Amount", "refused parameter: Amount"]);
    let json = run(&account(), &["open", "--json", "--trans-id", "order-1", &callback]).json();
    assert_eq!(json["explanation"], "error: parameter format error: Amount");
    assert_eq!(json["parameter"], "Amount");

    let cancelled = form(|expected| Callback::failed(expected, "21550053"));
    let json = run(&account(), &["open", "--json", "--trans-id", "order-1", &cancelled]).json();
    assert_eq!(
        (&json["explanation"], json.get("parameter")),
        (&json!("error: Trustly: Cancel by User"), None)
    );
}

#[test]
fn a_callback_is_bound_to_an_attempt_of_the_method_that_is_named() {
    let callback = form(Callback::paid);
    for method in ["trustly", "swish"] {
        let ran =
            run(&account(), &["open", "--method", method, "--trans-id", "order-1", "--json", &callback]);
        assert_eq!((ran.code, &ran.json()["outcome"]), (0, &json!("paid")), "{method}: {}", ran.stderr);
    }
    let ran = run(&account(), &["open", "--method", "cash", &callback]);
    assert_eq!((ran.code, ran.text()), (2, ""));
    assert!(ran.stderr.contains("[possible values: trustly, swish]"), "{}", ran.stderr);
}

#[test]
fn what_is_in_a_method_s_table_depends_on_the_method() {
    let callback = form(|expected| Callback::paid(expected).with("MATCH", "7"));
    let names = |method| {
        let ran = run(&account(), &["open", "--method", method, "--json", &callback]);
        (ran.json()["unsigned"].get("Match").is_some(), ran.json()["issues"].as_array().unwrap().len())
    };
    assert_eq!(names("trustly"), (true, 1));
    assert_eq!(names("swish"), (false, 0), "a parameter that the table lacks is kept as it came");
}

#[test]
fn control_and_direction_characters_are_shown_and_not_acted_upon() {
    let evil = "\x1b[2J\u{9b}31m\u{202e}diap\x7f\rok";
    let callback =
        form(|expected| Callback::paid(expected).with("Description", evil).with("\x1b]0;x\x07", "1"));
    let ran = run(&account(), &["open", &callback]);
    let line = ran.text().lines().find(|line| line.starts_with("  Description")).unwrap();
    assert!(line.ends_with(r"\u{1b}[2J\u{9b}31m\u{202e}diap\u{7f}\u{d}ok"), "{line}");
    assert!(ran.text().contains(r"  \u{1b}]0;x\u{7} "));
    let ran = run(&account(), &["open", "--json", &callback]);
    assert_eq!(ran.json()["unsigned"]["Description"], evil);
    for character in ['\x1b', '\u{9b}', '\u{202e}', '\x7f'] {
        assert!(!ran.text().contains(character), "{character:?}");
    }
}

#[test]
fn a_url_a_query_and_standard_input_are_taken() {
    let callback = form(Callback::paid);
    for argument in
        [format!("?{callback}"), format!("https://shop.example/notify?{callback}"), format!("/n?{callback}")]
    {
        assert_eq!(run(&account(), &["open", &argument]).code, 0, "{argument}");
    }
    for stdin in
        [callback.clone(), format!("{callback}\n"), format!("https://shop.example/notify?{callback}\r\n")]
    {
        assert_eq!(run_with(&account(), &["open", "-"], stdin.as_bytes()).code, 0, "{stdin}");
    }
    let echoed = format!("{callback}&Plain=where?");
    assert_eq!(run(&account(), &["open", &echoed]).code, 0);
}

#[test]
fn a_callback_that_is_too_large_is_refused_by_the_library() {
    let message = "the message is larger than 64 KiB";
    for (length, refused) in
        [(64 * 1024, false), (64 * 1024 + 1, true), (64 * 1024 + 9, true), (1 << 20, true)]
    {
        let mut callback = form(Callback::paid).into_bytes();
        callback.extend_from_slice(b"&Plain=");
        callback.resize(length, b'x');
        callback.extend_from_slice(b"\r\n");
        let ran = run_with(&account(), &["open", "--json", "-"], &callback);
        assert_eq!(ran.code, i32::from(refused), "{length}");
        if refused {
            assert_eq!(ran.json(), json!({ "error": { "step": "open", "message": message } }));
        }
    }
}

#[test]
fn what_cannot_be_opened_or_verified_is_refused_by_its_step() {
    let (merchant, expected) = attempt();
    let text = Callback::paid(&expected).plaintext(&merchant).unwrap();
    let text = String::from_utf8(text).unwrap();
    let other_mac = testing::seal_text(&merchant, text.replace("MAC=", "MAC=0").as_bytes()).unwrap();
    let forged = testing::seal_text(&merchant, text.replace("Status=OK", "Status=NO").as_bytes()).unwrap();
    let other = text.replace("mid=test_merchant", "mid=another");
    let without = testing::seal_text(&merchant, text.split("&MAC").next().unwrap().as_bytes()).unwrap();
    for (callback, step, message) in [
        ("", "open", "there is neither Data nor any parameter of an answer"),
        ("Status=OK", "open", "the answer is not encrypted"),
        ("Data=00", "open", "Len is missing"),
        ("Len=1", "open", "Data is missing"),
        ("Len=x&Data=00", "open", "Len is no number"),
        ("Len=1&Len=1&Data=00", "open", "Len stands twice"),
        ("Len=1&Data=000", "open", "Data has an odd number of hex digits"),
        ("Len=2&Data=00", "open", "Len is longer than Data"),
        (&*other_mac, "verify", "MAC is not 64 hex digits"),
        (&*forged, "verify", "MAC does not hold"),
        (&*without, "verify", "MAC is missing"),
        (&*testing::seal_text(&merchant, other.as_bytes()).unwrap(), "verify", "MAC does not hold"),
    ] {
        let ran = run(&account(), &["open", "--json", "--trans-id", "order-1", callback]);
        assert_eq!(ran.json(), json!({ "error": { "step": step, "message": message } }));
        let in_words = run(&account(), &["open", callback]);
        for ran in [ran, in_words] {
            assert_eq!((ran.code, ran.messages()[0]), (1, message));
            // Who has the wrong key should look there and not at the message.
            assert_eq!(
                ran.messages().len(),
                1 + usize::from(message.ends_with("is missing") && step == "verify")
            );
        }
    }
}

#[test]
fn a_contradictory_result_is_refused_and_json_has_what_is_signed() {
    let callback = form(|expected| Callback::new(expected, "OK", "22060203"));
    let ran = run(&account(), &["open", "--json", "--trans-id", "order-1", &callback]);
    assert_eq!(ran.code, 1);
    let error = &ran.json()["error"];
    assert_eq!(error["step"], "verify");
    assert!(error["message"].as_str().unwrap().starts_with("the result contradicts itself: "));
    assert_eq!(
        (&error["signed"]["TransID"], &error["signed"]["Code"]),
        (&json!("order-1"), &json!("22060203"))
    );
    assert_eq!(ran.messages()[0], error["message"].as_str().unwrap());
    let kept = ran.messages()[1];
    assert!(kept.starts_with("its MAC held, so it is a matter for a person: mid="), "{kept}");
    assert!(kept.ends_with(" TransID=order-1 Status=OK Code=22060203"), "{kept}");
}
