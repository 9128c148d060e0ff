//! `PAYGATE_PROFILE`, as the command reads it.

use crate::command::{account, env_file, file, run};

const PAIRS: [&str; 3] = ["TransID=order-1", "Amount=5", "Currency=SEK"];

fn with_profile(name: &str, content: impl AsRef<[u8]>, more: &[(&str, &str)]) -> crate::command::Ran {
    let path = file(name, content);
    let profile = [("PAYGATE_PROFILE", path.to_str().unwrap())];
    run(&[&account()[..], &profile, more].concat(), &[&["seal", "trustly"], &PAIRS[..], &URLS].concat())
}

const URLS: [&str; 7] = [
    "OrderDesc=Tea",
    "FirstName=Anna",
    "LastName=Berg",
    "Email=anna@example.com",
    "URLSuccess=https://shop.example/success",
    "URLFailure=https://shop.example/failure",
    "URLNotify=https://shop.example/notify",
];

#[test]
fn a_request_is_held_against_the_profile_of_the_file() {
    let refused = run(&account(), &[&["seal", "trustly"], &PAIRS[..], &URLS].concat());
    assert_eq!((refused.code, refused.messages().len()), (1, 2), "{}", refused.stderr);

    let profile = "currencies = ['SEK']\nminimum = 1\nendpoint = 'https://pay.bank.example/'\n";
    let ran = with_profile("seal.toml", profile, &[]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.text().starts_with("https://pay.bank.example/trustly.aspx?"), "{}", ran.text());

    let ran = with_profile("simulated.toml", profile, &[("PAYGATE_ENDPOINT", "http://127.0.0.1:8080/")]);
    assert!(ran.text().starts_with("http://127.0.0.1:8080/trustly.aspx?"), "{}", ran.text());
}

#[test]
fn a_wrong_file_ends_with_2_and_names_variable_line_and_key() {
    let ran = with_profile("wrong.toml", "minimum = 1\nlong_ip_addr = 'canary'\n", &[]);
    let message = "PAYGATE_PROFILE: line 2: long_ip_addr must be true or false";
    assert_eq!((ran.code, ran.messages()), (2, vec![message]));

    let ran = with_profile("large.toml", "\n".repeat(64 * 1024 + 1), &[]);
    assert_eq!((ran.code, ran.messages()), (2, vec!["PAYGATE_PROFILE: the file is larger than 64 KiB"]));

    let missing = [&account()[..], &[("PAYGATE_PROFILE", "/nowhere/canary.toml")]].concat();
    let ran = run(&missing, &["seal", "trustly", "a=b", "--json"]);
    assert_eq!((ran.code, &ran.json()["error"]["step"]), (2, &"configuration".into()));
    assert!(ran.messages()[0].starts_with("PAYGATE_PROFILE: there is no such file"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("canary"));
}

#[test]
fn a_profile_is_named_by_a_file_of_variables_too() {
    let profile = file("named.toml", "minimum = 'x'");
    let variables = [&account()[..], &[("PAYGATE_PROFILE", profile.to_str().unwrap())]].concat();
    let path = file("profile.env", env_file(&variables));
    let ran = run(&[], &["--env-file", path.to_str().unwrap(), "seal", "trustly", "a=b"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.messages()[0].contains("profile.env: PAYGATE_PROFILE: line 1: minimum must be"),
        "{}",
        ran.stderr
    );
}
