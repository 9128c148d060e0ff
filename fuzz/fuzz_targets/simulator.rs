//! Whatever is sent to the simulator, it answers and goes on; it never breaks off and never says that it is broken.
#![no_main]

use gateway_simulator::paygate::Simulator;
use libfuzzer_sys::fuzz_target;
use paygate::testing;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::OnceLock;
use std::time::Duration;

static SIMULATOR: OnceLock<Simulator> = OnceLock::new();

const PATHS: [&str; 8] = [
    "/trustly.aspx",
    "/credit.aspx",
    "/inquire.aspx",
    "/inquire24.aspx",
    "/swish.aspx",
    "/api/faults",
    "/api/batch",
    "/",
];

fuzz_target!(|input: &[u8]| {
    let Some((first, input)) = input.split_first() else { return };
    let path = PATHS[usize::from(first % 8)];
    let merchant = testing::merchant();
    // As it comes, or sealed with the merchant's keys so that it is read.
    let body = if first / 8 % 2 == 0 {
        input.to_vec()
    } else {
        let sealed = testing::seal_text(&merchant, input).expect("Blowfish");
        format!("MerchantID={}&{sealed}", merchant.id()).into_bytes()
    };
    let simulator = SIMULATOR.get_or_init(|| Simulator::start(testing::merchant()).expect("loopback"));
    let address = simulator.url().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    // It may answer, and close, before it has read all of a body that is too large.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    assert!(answer.starts_with(b"HTTP/1.1 "), "{read:?} {answer:?}");
    assert!(!answer.starts_with(b"HTTP/1.1 5"), "{}", String::from_utf8_lossy(&answer));
});
