//! The program: what it prints, how it is configured, and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};

fn command(variables: &[(&str, &str)], args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway-simulator"));
    command.env_clear().envs(variables.iter().copied()).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn ended(variables: &[(&str, &str)], args: &[&str]) -> Output {
    command(variables, args).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A program that listens; it is ended with the test.
struct Running {
    child: Child,
    line: String,
}

impl Running {
    fn start(variables: &[(&str, &str)], args: &[&str]) -> Self {
        let mut child = command(variables, &[&["--port", "0"], args].concat()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { child, line: line.trim_end().to_owned() }
    }

    fn get(&self, path: &str) -> String {
        let address = self.line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it, as a shell or a container does, and returns its exit code and what it wrote to standard error.
    #[cfg(unix)]
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        (self.child.wait().unwrap().code(), errors)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_prints_where_it_listens_and_is_healthy_from_then_on() {
    let running = Running::start(&[], &["--quiet"]);
    assert!(running.line.starts_with("listening on http://127.0.0.1:"), "{}", running.line);
    assert!(running.line.ends_with('/'), "{}", running.line);
    assert!(running.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(running.get("/").contains("<h1>Payments</h1>"));
    let json = Running::start(&[], &["--quiet", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&json.line).unwrap();
    assert!(line["listening"].as_str().unwrap().starts_with("http://127.0.0.1:"));
}

#[cfg(unix)]
#[test]
fn without_an_account_it_makes_one_up_and_prints_what_a_shop_needs() {
    let running = Running::start(&[("PAYGATE_MAC_KEY", "")], &["--fault", "doubled"]);
    let url = running.line.strip_prefix("listening on ").unwrap().to_owned();
    running.get("/trustly.aspx?MerchantID=nobody&Len=3&Data=AB12");
    let (code, errors) = running.end("INT");
    assert_eq!(code, Some(0));
    for text in [
        "export PAYGATE_MERCHANT_ID='test_merchant'",
        "export PAYGATE_ENCRYPTION_KEY='throw-away-key-1'",
        "export PAYGATE_MAC_KEY='throw-away-mac-key-for-tests-012'",
        &format!("export PAYGATE_ENDPOINT='{url}'"),
        "on this machine alone. No money moves.",
        "protect nothing",
        "Faults: doubled",
    ] {
        assert!(errors.contains(text), "{text}: {errors}");
    }
    assert!(!errors.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn keys_from_the_environment_are_taken_and_never_printed() {
    let account = [
        ("PAYGATE_MERCHANT_ID", "my_shop"),
        ("PAYGATE_ENCRYPTION_KEY", "secret-blowfish-"),
        ("PAYGATE_MAC_KEY", "secret-hmac-key"),
    ];
    let running = Running::start(&account, &[]);
    assert!(running.get("/console/inspect").contains("my_shop"));
    let (code, errors) = running.end("TERM");
    assert_eq!(code, Some(0));
    assert!(errors.contains("the account my_shop") && !errors.contains("secret-"), "{errors}");

    let quiet = Running::start(&account, &["--quiet"]);
    quiet.get("/trustly.aspx?MerchantID=nobody&Len=3&Data=AB12");
    assert_eq!(quiet.end("TERM"), (Some(0), String::new()));
}

#[test]
fn an_account_that_is_set_in_part_aborts_and_names_what_is_missing() {
    let output = ended(&[("PAYGATE_MERCHANT_ID", "my_shop")], &["--port", "0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("PAYGATE_ENCRYPTION_KEY is not set"), "{errors}");
    assert!(errors.contains("PAYGATE_MAC_KEY is not set") && !errors.contains("my_shop"), "{errors}");
    // Also a variable that does not exist shows that an account was meant.
    let output = ended(&[("PAYGATE_MERCHANTID", "my_shop")], &["--port", "0"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_wrong_command_line_is_refused() {
    for args in [
        &["--fault", "nonsense"][..],
        &["--port", "65536"],
        &["--port"],
        &["--nonsense"],
        &["--settle-by-hand", "--settle-after", "5"],
        &["--time-scale", "-1"],
        &["argument"],
    ] {
        assert_eq!(ended(&[], args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn the_help_explains_every_fault() {
    let help = String::from_utf8(ended(&[], &["--help"]).stdout).unwrap();
    for fault in gateway_simulator::paygate::Fault::ALL {
        assert!(help.contains(fault.name()), "{fault}");
    }
    assert!(help.contains("Each notify is sent twice"));
}

#[test]
fn a_port_that_is_taken_is_told_plainly() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = ended(&[], &["--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.starts_with(&format!("cannot listen on port {port}")), "{errors}");
    assert_eq!(errors.lines().count(), 1);
}
