//! 64 KiB and not one byte more, however it comes; and not for ever.

use crate::client::{FORM, chunked, post, post_head, send_and_hang_up};
use crate::shop::{Shop, attempt, form};
use paygate::RawCallback;
use paygate::testing::Callback;

/// A genuine callback of so many bytes.
fn form_of(bytes: usize) -> String {
    let form = format!("{}&filler=", form(&Callback::paid(&attempt())));
    let filler = bytes - form.len();
    form + &"x".repeat(filler)
}

#[test]
fn a_body_of_64_kib_is_taken_and_one_byte_more_is_not() {
    let shop = Shop::open();
    let (most, more) = (form_of(RawCallback::MAX_BYTES), form_of(RawCallback::MAX_BYTES + 1));
    for taken in [post("/notify", FORM, &most), chunked("/notify", most.as_bytes(), 1000)] {
        assert_eq!(shop.seen(&taken, 200).outcome, "paid");
    }
    for refused in [post("/notify", FORM, &more), chunked("/notify", more.as_bytes(), 1000)] {
        assert_eq!(shop.send(&refused).status, 500);
        assert_eq!(shop.kind(), "too-large");
    }
}

#[test]
fn the_query_counts_with_the_body() {
    let shop = Shop::open();
    let query = format!("/notify?{}", "q".repeat(40_000));
    let rest = RawCallback::MAX_BYTES - 40_000;
    assert_eq!(shop.seen(&post(&query, FORM, form_of(rest)), 200).outcome, "paid");
    assert_eq!(shop.send(&post(&query, FORM, form_of(rest + 1))).status, 500);
    assert_eq!(shop.kind(), "too-large");
}

#[test]
fn what_is_announced_too_large_is_refused_before_it_comes() {
    let shop = Shop::open();
    // Nothing follows the head, so an answer means that nobody waited for it.
    for length in ["65537", "1000000000", "18446744073709551615"] {
        let head = post_head("/notify", FORM, &format!("Content-Length: {length}"));
        assert_eq!(shop.send(&head).status, 500);
        assert_eq!(shop.kind(), "too-large");
    }
}

#[test]
fn chunks_that_are_too_much_are_refused_before_the_last_one() {
    let shop = Shop::open();
    let mut endless = post_head("/notify", FORM, "Transfer-Encoding: chunked");
    for _ in 0..65 {
        endless.extend_from_slice(b"400\r\n");
        endless.extend_from_slice(&[b'x'; 1024]);
        endless.extend_from_slice(b"\r\n");
    }
    assert_eq!(shop.send(&endless).status, 500);
    assert_eq!(shop.kind(), "too-large");
}

#[test]
fn a_body_that_does_not_come_is_given_up() {
    let shop = Shop::open();
    for (target, status) in [("/notify", 500), ("/success", 303), ("/failure", 303)] {
        let target = &format!("/impatient{target}");
        let begun = [post_head(target, FORM, "Content-Length: 100"), b"Len=8&Da".to_vec()].concat();
        assert_eq!(shop.send(&begun).status, status);
        assert_eq!(shop.kind(), "timeout");
        let begun =
            [post_head(target, FORM, "Transfer-Encoding: chunked"), b"4\r\nLen=\r\n".to_vec()].concat();
        assert_eq!(shop.send(&begun).status, status);
        assert_eq!(shop.kind(), "timeout");
    }
    assert_eq!(shop.seen(&post("/notify", FORM, form(&Callback::paid(&attempt()))), 200).outcome, "paid");
}

#[test]
fn a_body_that_breaks_off_or_has_malformed_chunks_reaches_no_handler() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    let head = post_head("/notify", FORM, &format!("Content-Length: {}", paid.len() + 1));
    assert_eq!(send_and_hang_up(shop.address, &[head.as_slice(), paid.as_bytes()].concat()).status, 500);
    assert_eq!(shop.kind(), "body");

    // All of a genuine form comes, and then what is no size of a chunk.
    let whole = chunked("/notify", paid.as_bytes(), 1000);
    let malformed = [whole.strip_suffix(b"0\r\n\r\n").unwrap(), b"zz\r\n\r\n"].concat();
    assert_eq!(shop.send(&malformed).status, 500);
    assert_eq!(shop.kind(), "body");
    assert_eq!(shop.seen(&whole, 200).outcome, "paid");
}
