//! The program: what it prints, and what it refuses.

use crate::database::Database;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

fn command(database: &Database, variables: &[(&str, &str)]) -> Command {
    let mut command = database.program();
    command.envs(variables.iter().copied()).args(["--port", "0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn ended(variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let Output { status, stderr, stdout } = command(&Database::new(), variables).output().unwrap();
    assert!(stdout.is_empty());
    (status.code(), String::from_utf8(stderr).unwrap())
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

const ACCOUNT: [(&str, &str); 3] = [
    ("PAYGATE_MERCHANT_ID", "my_shop"),
    ("PAYGATE_ENCRYPTION_KEY", "secret-blowfish-"),
    ("PAYGATE_MAC_KEY", "secret-hmac-key"),
];

#[test]
fn it_prints_where_it_listens_and_is_healthy_from_then_on() {
    let database = Database::new();
    let mut running = Running(command(&database, &[]).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("listening on http://").unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(get("/").contains("Earl Grey"));
    running.0.kill().unwrap();
    let mut errors = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!(errors.matches("password").count(), 1, "{errors}");
    assert!(errors.contains("A demo: no money moves"), "{errors}");
}

#[test]
fn an_account_that_is_set_in_part_aborts_and_shows_no_value() {
    for (missing, _) in ACCOUNT {
        let some: Vec<_> = ACCOUNT.into_iter().filter(|(name, _)| *name != missing).collect();
        let (code, errors) = ended(&some);
        assert_eq!(code, Some(2));
        assert!(errors.contains(&format!("{missing} is not set")), "{errors}");
        assert!(!errors.contains("secret-") && !errors.contains("my_shop"), "{errors}");
    }
    // An empty variable shows that an account was meant, and a misspelt one too, whatever stands beside it.
    assert_eq!(ended(&ACCOUNT.map(|(name, _)| (name, ""))).0, Some(2));
    let (code, errors) = ended(&[&ACCOUNT[..], &[("PAYGATE_ENDPOINT", "")]].concat());
    assert!(code == Some(2) && errors.contains("PAYGATE_ENDPOINT is set and empty"), "{errors}");
    for others in [&[][..], &ACCOUNT] {
        let (code, errors) = ended(&[others, &[("PAYGATE_ENDPIONT", "https://example.com/")]].concat());
        assert!(code == Some(2) && errors.contains("PAYGATE_ENDPIONT is no variable"), "{errors}");
    }
}

#[test]
fn an_account_needs_a_public_address_that_paygate_can_call() {
    let (code, errors) = ended(&ACCOUNT);
    assert!(code == Some(2) && errors.contains("SHOP_PUBLIC_URL is not set"), "{errors}");
    for url in [
        "http://shop.example",
        "shop.example",
        "https://shop.example:8443",
        "https://shop.example/?a=b",
        "https://shop.example/tea",
    ] {
        let (code, errors) = ended(&[&ACCOUNT[..], &[("SHOP_PUBLIC_URL", url)]].concat());
        assert!(code == Some(2) && errors.starts_with("SHOP_PUBLIC_URL: "), "{url}: {errors}");
    }
}

#[test]
fn a_demo_has_no_public_address() {
    let (code, errors) = ended(&[("SHOP_PUBLIC_URL", "https://shop.example")]);
    assert!(code == Some(2) && errors.contains("a demo has no public address"), "{errors}");
}

#[test]
fn a_database_url_that_names_no_postgres_database_aborts_and_is_not_shown() {
    for url in [
        "",
        "mysql://tea:secret@db/shop",
        "secret",
        "postgres://tea:se/cret@db/shop",
        "postgres://db/shop?secret=1",
    ] {
        let (code, errors) = ended(&[("DATABASE_URL", url)]);
        assert!(
            code == Some(2) && errors.starts_with("DATABASE_URL ") && !errors.contains("cret"),
            "{errors}"
        );
    }
    // Nor where nobody listens; and that is known at once.
    let (code, errors) = ended(&[("DATABASE_URL", "postgres://tea:secret@127.0.0.1:1/shop")]);
    assert!(
        code == Some(1) && errors.contains("Connection refused") && !errors.contains("secret"),
        "{errors}"
    );
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_not_left_out_in_silence() {
    use std::os::unix::ffi::OsStrExt;
    let database = Database::new();
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9");
    let output = command(&database, &[]).env("SHOP_KEEPER_PASSWORD", latin).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("SHOP_KEEPER_PASSWORD holds bytes"));
}

#[tokio::test]
async fn an_account_refuses_the_database_of_a_demo() {
    // Though nobody has bought anything yet.
    let (shop, database) = crate::browser::open();
    drop(shop);
    let with = [&ACCOUNT[..], &[("SHOP_PUBLIC_URL", "https://shop.example")]].concat();
    let Output { status, stderr, .. } = command(&database, &with).output().unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(String::from_utf8(stderr).unwrap().contains("database is a demo's"));
}

#[tokio::test]
async fn a_demo_refuses_a_database_that_holds_real_orders() {
    let database = Database::new();
    let shop = shop::Shop::start(database.real().keeper_password("x")).unwrap();
    assert!(shop.simulator().is_none());
    let mut browser = crate::browser::Browser::at(&shop);
    // The cookie is for https alone; this browser sends it all the same.
    let leaving = browser.buy("earl-grey").await;
    assert_eq!(leaving.status, 200);
    assert!(!leaving.body.contains("127.0.0.1"));
    assert!(!browser.get("/").await.body.contains("<strong>Demo.</strong>"));
    drop(shop);
    let Output { status, stderr, .. } = command(&database, &[]).output().unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(String::from_utf8(stderr).unwrap().contains("database is one of real orders"));
}
