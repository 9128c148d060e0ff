//! All the outer forms in which a genuine callback may come.

use crate::client::{FORM, chunked, get, post};
use crate::shop::{Shop, attempt, form};
use paygate::params::format::{Class, Length};
use paygate::testing::{self, Callback};
use paygate::{Expected, Merchant, MerchantId, Message, TransId, trustly::PaymentResult};

#[test]
fn get_and_post_are_taken_at_all_three_urls() {
    let shop = Shop::open();
    for (target, callback, status, outcome) in [
        ("/success", Callback::paid(&attempt()), 303, "paid"),
        ("/failure", Callback::failed(&attempt(), "21550053"), 303, "failed"),
        ("/notify", Callback::open(&attempt()), 200, "open"),
    ] {
        let form = form(&callback);
        let by_get = shop.seen(&get(&format!("{target}?{form}")), status);
        let by_post = shop.seen(&post(target, FORM, &form), status);
        assert_eq!((by_get.outcome, &by_get), (outcome, &by_post));
    }
}

#[test]
fn any_content_type_and_none_are_taken() {
    let shop = Shop::open();
    let form = form(&Callback::paid(&attempt()));
    for content_type in [
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencoded;charset=ISO-8859-1",
        "application/x-www-form-urlencoded; charset=nonsense",
        "text/plain",
        "application/json",
        "multipart/form-data",
        "nonsense",
        "",
    ] {
        assert_eq!(shop.seen(&post("/notify", content_type, &form), 200).outcome, "paid", "{content_type}");
    }
    let untyped = format!(
        "POST /notify HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    assert_eq!(shop.seen(untyped.as_bytes(), 200).outcome, "paid");
}

#[test]
fn keys_are_taken_in_any_case_and_order() {
    let shop = Shop::open();
    let form = form(&Callback::paid(&attempt()));
    let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
    for form in [
        format!("LEN={len}&data={data}"),
        format!("data={data}&len={len}"),
        format!("DATA={}&%4cen=+{len}\r\n", data.to_lowercase()),
    ] {
        assert_eq!(shop.seen(&post("/notify", FORM, &form), 200).outcome, "paid");
    }
    let in_the_query = post(&format!("/notify?Len={len}"), FORM, format!("Data={data}"));
    assert_eq!(shop.seen(&in_the_query, 200).outcome, "paid", "the query of a POST counts with its body");
}

#[test]
fn doubled_keys_that_decide_are_refused_also_across_query_and_body() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    let other = form(&Callback::open(&attempt()));
    for request in [
        post("/notify", FORM, format!("{paid}&{other}")),
        post("/notify", FORM, format!("{paid}&DATA=00")),
        post(&format!("/notify?{other}"), FORM, &paid),
        post("/notify", FORM, form(&Callback::paid(&attempt()).doubled("Code", "00000000"))),
        post("/notify", FORM, form(&Callback::failed(&attempt(), "21550053").doubled("status", "OK"))),
    ] {
        assert_eq!(shop.send(&request).status, 500);
        assert_eq!(shop.kind(), "doubled");
    }
}

#[test]
fn a_body_in_chunks_of_any_size_is_taken() {
    let shop = Shop::open();
    let form = form(&Callback::paid(&attempt()));
    for size in [1, 7, 100, form.len()] {
        assert_eq!(shop.seen(&chunked("/notify", form.as_bytes(), size), 200).outcome, "paid", "{size}");
    }
}

#[test]
fn echoes_that_shadow_status_and_code_change_nothing() {
    let shop = Shop::open();
    let failed = Callback::failed(&attempt(), "21550053")
        .with_echo("Status", "OK")
        .with_echo("Code", "00000000")
        .with_echo("TransID", "order-2")
        .with_echo("mid", "stranger");
    let seen = shop.seen(&post("/notify", FORM, form(&failed)), 200);
    assert_eq!((seen.outcome, seen.trans_id.as_str()), ("failed", "order-1"));
    let before = format!("Status=OK&Code=00000000&{}", form(&failed));
    assert_eq!(shop.seen(&post("/notify", FORM, before), 200).outcome, "failed");
}

#[test]
fn an_answer_with_all_22_fields_at_full_length_has_no_issues() {
    let merchant_id = MerchantId::new(&"m".repeat(30)).unwrap();
    let trans_id = TransId::new(&"t".repeat(64)).unwrap();
    let merchant = merchant_like_the_tests(merchant_id);
    let shop = Shop::of(merchant.clone());
    let expected = Expected::new::<paygate::Trustly>(
        merchant_id,
        trans_id,
        testing::expected(&merchant, "x", 1).money(),
    );
    let mut callback = Callback::new(&expected, "AUTHORIZE_REQUEST", "00000000");
    let rows = <PaymentResult as Message>::ROWS;
    assert_eq!(rows.len(), 22);
    let filled_already = ["mid", "PayID", "TransID", "Status", "Code", "MAC"];
    for row in rows.iter().filter(|row| !filled_already.contains(&row.name)) {
        let (Length::Fixed(length) | Length::UpTo(length)) = row.format.length else {
            panic!("{}", row.name)
        };
        let character: &[u8] = match row.format.class {
            Class::N => b"1",
            Class::An => b"a",
            _ if ["AccountId", "UserId"].contains(&row.name) => b"a", // identifiers are ASCII
            _ => b"\xFC",                                             // one byte a character, but no UTF-8
        };
        callback = callback.with(row.name, character.repeat(usize::from(length)));
    }
    for request in [
        post("/notify", FORM, callback.form(&merchant).unwrap()),
        get(&format!("/success?{}", callback.form(&merchant).unwrap())),
    ] {
        let status = if request.starts_with(b"GET") { 303 } else { 200 };
        let seen = shop.seen(&request, status);
        assert_eq!(seen.issues, Vec::<String>::new());
        assert_eq!((seen.pairs, seen.trans_id), (22, trans_id.to_string()));
        assert_eq!(seen.city, Some("ü".repeat(30)));
    }
}

/// Another id with the keys of the tests.
pub(crate) fn merchant_like_the_tests(id: MerchantId) -> Merchant {
    let encryption = paygate::EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap();
    let mac = paygate::MacKey::from_text(testing::MAC_KEY).unwrap();
    Merchant::new(id, paygate::KeyRing::new(paygate::KeyPair::new(encryption, mac)))
}
