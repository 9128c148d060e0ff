//! A refused body that does not end keeps no connection open.

use crate::client::{FORM, kept_alive, post_head, until_hung_up};
use crate::shop::Shop;
use std::thread;

#[test]
fn the_connection_of_a_refused_body_is_closed_however_the_body_goes_on() {
    let shop = Shop::open();
    let unconfigured = Shop::without_callbacks();
    let chunk = [b"10000\r\n".as_slice(), &vec![b'x'; 0x10000], b"\r\n"].concat();
    let (slow, idle) = (b"1\r\nx\r\n".as_slice(), b"".as_slice());
    let (chunked, announced) = ("Transfer-Encoding: chunked", "Content-Length: 60000");
    let (open, closed) = (shop.address, unconfigured.address);
    let requests = [
        ("slow", open, "/impatient/notify", chunked, slow, 500),
        ("idle", open, "/impatient/notify", chunked, idle, 500),
        ("oversized", open, "/notify", chunked, &chunk, 500),
        ("slow, by a browser", open, "/impatient/success", chunked, slow, 303),
        ("slow, announced", open, "/impatient/notify", announced, b"x", 500),
        ("slow, given back", open, "/impatient/notify-or-rejection", chunked, slow, 500),
        ("slow, refused by another", open, "/notify-before-json", chunked, slow, 400),
        ("idle, refused by another", open, "/notify-before-bytes", chunked, idle, 400),
        ("slow, without callbacks", closed, "/notify", chunked, slow, 500),
    ];
    thread::scope(|scope| {
        for (name, address, target, length, more, status) in requests {
            let head = post_head(target, FORM, length);
            for head in [kept_alive(&head), head] {
                scope.spawn(move || {
                    let came = until_hung_up(address, &head, more).unwrap_or_else(|| panic!("{name}: open"));
                    assert!(came.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {came}");
                    assert!(
                        came.to_ascii_lowercase().contains("\r\nconnection: close\r\n"),
                        "{name}: {came}"
                    );
                });
            }
        }
    });
}
