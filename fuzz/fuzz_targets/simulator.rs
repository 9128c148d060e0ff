//! Whatever a shop, its customer and its developer send to the simulator, one after the other: it answers each, and never says
//! that it is broken.
#![no_main]

use gateway_simulator::paygate::Simulator;
use libfuzzer_sys::fuzz_target;
use paygate::crypto::RequestParts;
use paygate::{Merchant, testing};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

#[derive(Clone, Copy)]
enum Sent {
    /// Signed and sealed as a shop does it.
    Sealed,
    Body,
    Query,
}

/// `BANK` is the customer's way of the payment last accepted, `PAYMENT` its `PayID`; here and in what is sent.
const ASKED: [(&str, &str, Sent); 20] = [
    ("POST", "/trustly.aspx", Sent::Sealed),
    ("POST", "/credit.aspx", Sent::Sealed),
    ("POST", "/inquire.aspx", Sent::Sealed),
    ("POST", "/inquire24.aspx", Sent::Sealed),
    ("POST", "/swish.aspx", Sent::Sealed),
    ("GET", "/trustly.aspx", Sent::Query),
    ("POST", "/credit.aspx", Sent::Body),
    ("GET", "BANK", Sent::Query),
    ("POST", "BANK", Sent::Body),
    ("POST", "BANK/log-in", Sent::Body),
    ("POST", "/api/payments/PAYMENT/settle", Sent::Body),
    ("POST", "/console/payment/PAYMENT/resend", Sent::Body),
    ("PUT", "/api/faults", Sent::Body),
    ("POST", "/console/faults", Sent::Body),
    ("POST", "/api/clock", Sent::Body),
    ("POST", "/console/clock", Sent::Body),
    ("POST", "/api/batch", Sent::Body),
    ("POST", "/api/inspect", Sent::Body),
    ("POST", "/console/inspect", Sent::Body),
    ("GET", "/console/payment/PAYMENT", Sent::Query),
];

/// Where all notifies go: a shop that takes each. It hangs up, since a simulator waits a second for whom it still talks to.
static SHOP: LazyLock<String> = LazyLock::new(|| {
    let shop = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}/notify", shop.local_addr().expect("a port"));
    thread::spawn(move || {
        for mut stream in shop.incoming().flatten() {
            let _ = stream.read(&mut [0; 8192]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        }
    });
    url
});

fuzz_target!(|input: &[u8]| {
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().slowness(Duration::ZERO);
    let simulator = simulator.start().expect("loopback");
    let (address, merchant) = (simulator.url().trim_start_matches("http://"), simulator.merchant());
    let mut bank = "/".to_owned();
    for step in input.split(|byte| *byte == 0).take(8) {
        let Some((first, text)) = step.split_first() else { continue };
        let (method, path, sent) = ASKED[usize::from(*first) % ASKED.len()];
        let payment =
            simulator.transactions().last().map(|known| known.pay_id.to_string()).unwrap_or_default();
        let text = replaced(text, b"PAYMENT", payment.as_bytes());
        // Nobody but the shop is sent a notify.
        if text.to_ascii_lowercase().windows(9).any(|name| name == b"urlnotify") {
            return;
        }
        let path = path.replace("BANK", &bank).replace("PAYMENT", &payment);
        let (path, body) = match sent {
            Sent::Sealed => (path, sealed(&merchant, &text)),
            Sent::Body => (path, text),
            Sent::Query => {
                let query: String = form_urlencoded::byte_serialize(&text).collect();
                (format!("{path}?{}", query.replace("%3D", "=").replace("%26", "&")), Vec::new())
            }
        };
        let answer = answer(address, method, &path, &body);
        if let Some((_, way)) = answer.split_once("\r\nlocation: /bank/") {
            bank = format!("/bank/{}", way.chars().take_while(char::is_ascii_hexdigit).collect::<String>());
        }
    }
    assert_eq!(answer(address, "GET", "/console", b"").get(9..12), Some("200"));
});

fn replaced(text: &[u8], name: &[u8], by: &[u8]) -> Vec<u8> {
    match text.windows(name.len()).position(|part| part == name) {
        Some(at) => [&text[..at], by, &text[at + name.len()..]].concat(),
        None => text.to_vec(),
    }
}

fn sealed(merchant: &Merchant, text: &[u8]) -> Vec<u8> {
    let value = |name: &str| {
        let pairs = text.split(|byte| *byte == b'&');
        let mut named = pairs.filter_map(|pair| pair.split_at_checked(name.len() + 1));
        named
            .find(|(key, _)| key.eq_ignore_ascii_case(format!("{name}=").as_bytes()))
            .map_or(&[][..], |(_, value)| value)
    };
    let parts = RequestParts {
        pay_id: value("PayID"),
        trans_id: value("TransID"),
        merchant_id: value("MerchantID"),
        amount: value("Amount"),
        currency: value("Currency"),
    };
    let mut text = [text, b"&URLNotify=", SHOP.as_bytes()].concat();
    if let Ok(mac) = testing::keys(merchant).current().mac().request(&parts) {
        text.extend([b"&MAC=", mac.to_hex().as_str().as_bytes()].concat());
    }
    let sealed = testing::seal_text(merchant, &text).expect("Blowfish");
    format!("MerchantID={}&{sealed}", merchant.id()).into_bytes()
}

fn answer(address: &str, method: &str, path: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    // It may answer, and close, before it has read all of a body that is too large.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    // As long as it says, and not to the end: it may wait a second for whom it has not heard out.
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    let read = loop {
        match stream.read(&mut piece) {
            Ok(0) => break Ok(()),
            Ok(some) => answer.extend_from_slice(&piece[..some]),
            // libFuzzer's alarm.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok());
        if length.is_some_and(|length: usize| body.len() >= length) {
            break Ok(());
        }
    };
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(
        answer.starts_with("HTTP/1.1 ") && !answer.starts_with("HTTP/1.1 5"),
        "{method} {path}: {read:?} {answer:?}"
    );
    answer
}
