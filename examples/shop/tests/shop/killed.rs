//! The program killed as by `kill -9`, between sending a refund and its answer.

use crate::browser::{Browser, PASSWORD};
use crate::database::Database;
use crate::keeper::log_in;
use crate::refunds::{ORDER, become_so, credited, give_back, hours_pass, states};
use gateway_inbox::RefundState;
use gateway_simulator::paygate::Simulator;
use paygate::testing;
use shop::Shop;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Stands between shop and Paygate, and keeps the answers to credits to itself.
struct Between {
    url: String,
    /// One for each credit that Paygate has answered.
    held: Receiver<TcpStream>,
}

impl Between {
    fn before(paygate: &Simulator) -> Self {
        let paygate = paygate.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (holds, held) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (paygate, holds) = (paygate.clone(), holds.clone());
                // Whoever hangs up in the middle is killed.
                thread::spawn(move || carry(stream.unwrap(), &paygate, &holds).ok());
            }
        });
        Self { url, held }
    }
}

/// One request and its answer, and then no more on this connection.
fn carry(mut shop: TcpStream, paygate: &str, holds: &Sender<TcpStream>) -> std::io::Result<()> {
    let mut reader = BufReader::new(shop.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" || line.is_empty() {
            break;
        }
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut there = TcpStream::connect(paygate)?;
    there.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    there.write_all(&body)?;
    let mut answer = Vec::new();
    there.read_to_end(&mut answer)?;
    if head.starts_with("POST /credit.aspx") {
        // It is carried out, and nobody will know.
        let _ = holds.send(shop);
        return Ok(());
    }
    shop.write_all(&answer)?;
    shop.shutdown(Shutdown::Both)
}

/// The program, at a port that was free a moment ago.
fn start(database: &Database, paygate: &str) -> (Child, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let mut program = database.program();
    program
        .args(["--port", &port.to_string()])
        .env("PAYGATE_MERCHANT_ID", testing::MERCHANT_ID.as_str())
        .env("PAYGATE_ENCRYPTION_KEY", testing::ENCRYPTION_KEY)
        .env("PAYGATE_MAC_KEY", testing::MAC_KEY)
        .env("PAYGATE_ENDPOINT", paygate)
        .env("SHOP_PUBLIC_URL", &url)
        .env("SHOP_KEEPER_PASSWORD", PASSWORD)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = program.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, format!("listening on {url}\n"));
    (child, url)
}

#[tokio::test]
async fn a_process_that_is_killed_between_a_refund_and_its_answer_gives_the_money_back_once() {
    let paygate = Simulator::start(testing::merchant()).unwrap();
    let between = Between::before(&paygate);
    let database = Database::new();
    let (mut program, url) = start(&database, &between.url);
    let mut browser = Browser::at_url(&url);
    let leaving = browser.buy("sencha").await;
    let bank = browser.enter_bank(&leaving).await;
    let to_shop = browser.decide(&bank, "approve").await.unwrap();
    browser.get(&to_shop).await;
    paygate.idle().await;
    log_in(&mut browser).await;
    let mut page = browser.get(ORDER).await;
    while page.state() != "paid" {
        tokio::time::sleep(Duration::from_millis(20)).await;
        page = browser.get(ORDER).await;
    }
    assert_eq!(give_back(&mut browser, &page, "5.00").await.location(), ORDER);
    let held = between.held;
    let held = tokio::task::spawn_blocking(move || held.recv_timeout(Duration::from_secs(60)));
    let _unanswered = held.await.unwrap().expect("a credit is sent");
    assert_eq!(credited(&paygate), (1, 500));
    program.kill().unwrap();
    assert!(program.wait().unwrap().code().is_none(), "it was killed");

    let shop = Shop::start(database.real_at(paygate.merchant(), &url).keeper_password(PASSWORD)).unwrap();
    assert_eq!(states(&shop).await, [RefundState::Sent]);
    hours_pass(&shop).await;
    become_so(&shop, &[RefundState::Done]).await;
    assert_eq!(credited(&paygate), (1, 500), "once");
}
