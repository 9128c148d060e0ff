//! Bytes that are no UTF-8, escaped and raw, as Paygate declares them with `charset=iso-8859-1`.

use crate::client::{get, post};
use crate::shop::{Shop, attempt, form};
use paygate::testing::{self, Callback};

const LATIN1: &str = "application/x-www-form-urlencoded; charset=iso-8859-1";

#[test]
fn an_umlaut_inside_of_data_loses_no_order() {
    let shop = Shop::open();
    for city in [&b"D\xFCren"[..], "Düren".as_bytes()] {
        let form = form(&Callback::paid(&attempt()).with("AddrCity", city));
        let seen = shop.seen(&post("/notify", LATIN1, form), 200);
        assert_eq!((seen.outcome, seen.city.as_deref()), ("paid", Some("Düren")));
    }
}

#[test]
fn an_umlaut_beside_data_loses_no_order_whether_raw_or_escaped() {
    let shop = Shop::open();
    let form = form(&Callback::paid(&attempt()));
    for echo in [&b"&session=M%FCller"[..], b"&session=M\xFCller", b"&%FC", b"&\xFC=\xFC\xFF\x00", b"&x=%zz%"]
    {
        let body = [form.as_bytes(), echo].concat();
        for content_type in [LATIN1, "application/x-www-form-urlencoded; charset=utf-8", "text/plain"] {
            assert_eq!(shop.seen(&post("/notify", content_type, &body), 200).outcome, "paid", "{echo:?}");
        }
    }
    let by_get = shop.seen(&get(&format!("/success?session=M%FCller&{form}")), 303);
    assert_eq!(by_get.outcome, "paid");
}

#[test]
fn an_answer_in_the_clear_keeps_its_bytes() {
    let merchant = testing::merchant().with_plain_answers();
    let shop = Shop::of(merchant.clone());
    let text = Callback::paid(&attempt()).with("AddrCity", b"D\xFCren").plaintext(&merchant).unwrap();
    let escaped = String::from_utf8(
        text.iter()
            .flat_map(|byte| if *byte == 0xFC { b"%FC".to_vec() } else { vec![*byte] })
            .collect::<Vec<u8>>(),
    )
    .unwrap();
    for (request, status) in [
        (post("/notify", LATIN1, &text), 200),
        (post("/notify", LATIN1, &escaped), 200),
        (get(&format!("/success?{escaped}")), 303),
    ] {
        let seen = shop.seen(&request, status);
        assert_eq!((seen.outcome, seen.city.as_deref()), ("paid", Some("Düren")));
    }
}

#[test]
fn an_answer_in_the_clear_needs_opting_in_and_a_mac() {
    let text = Callback::paid(&attempt()).plaintext(&testing::merchant()).unwrap();
    let shop = Shop::open();
    assert_eq!(shop.notify(&text).status, 500);
    assert_eq!(shop.kind(), "plain");

    let shop = Shop::of(testing::merchant().with_plain_answers());
    let forged = Callback::paid(&attempt()).with_forged_mac().plaintext(&testing::merchant()).unwrap();
    assert_eq!(shop.notify(&forged).status, 500);
    assert_eq!(shop.kind(), "mac");
}

#[test]
fn a_raw_byte_over_0x7f_in_the_request_line_reaches_no_handler() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    let after = format!("&{paid} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let without = [b"GET /success?session=x", after.as_bytes()].concat();
    assert_eq!(shop.seen(&without, 303).outcome, "paid", "it is the byte alone that is too much");
    for raw in [&b"\xFC"[..], "ü".as_bytes()] {
        let response = shop.send(&[b"GET /success?session=", raw, after.as_bytes()].concat());
        assert_eq!(response.status, 400);
    }
    assert!(shop.notes.seen.lock().unwrap().is_empty());
}
