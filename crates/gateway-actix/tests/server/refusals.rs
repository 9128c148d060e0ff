//! A refusal looks the same from outside whatever its reason is, and inside it is told once.

use crate::client::{FORM, Response, get, kept_alive, post, post_head};
use crate::shop::{Shop, attempt, form, page};
use gateway_actix::Callbacks;
use paygate::Route;
use paygate::testing::{self, Callback};

/// A request for each kind of rejection that anybody can cause.
fn refused(target: &str) -> Vec<(&'static str, Vec<u8>)> {
    let paid = form(&Callback::paid(&attempt()));
    let post = |form: &str| post(target, FORM, form);
    let garbled = |from: &str, to: &str| post(&paid.replacen(from, to, 1));
    let slow = format!("/impatient{target}");
    let begun = [post_head(&slow, FORM, "Content-Length: 100"), b"Len=8".to_vec()].concat();
    vec![
        ("no-answer", post("hello")),
        ("no-answer", post("")),
        ("no-answer", get(target)),
        ("missing", post("Len=8")),
        ("len", post("Len=x&Data=00")),
        ("data", garbled("&Data=", "&Data=x")),
        ("cut", garbled("Len=", "Len=9")),
        ("doubled", post(&format!("{paid}&Len=8"))),
        ("too-many-parameters", post(&"a&".repeat(257))),
        ("mac", post(&form(&Callback::paid(&attempt()).with_forged_mac()))),
        ("mac-missing", post("Len=8&Data=0011223344556677")),
        ("plain", post("mid=test_merchant&Status=OK&Code=00000000")),
        ("contradictory", post(&form(&Callback::new(&attempt(), "OK", "60000985")))),
        ("too-large", post_head(target, FORM, "Content-Length: 65537")),
        ("timeout", begun),
    ]
}

#[test]
fn a_rejection_is_the_same_bytes_for_every_reason_and_is_told_once() {
    let shop = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, _| callbacks);
    for (target, route) in
        [("/notify", Route::Notify), ("/success", Route::Success), ("/failure", Route::Failure)]
    {
        let mut first: Option<Response> = None;
        for (kind, request) in refused(target) {
            let response = shop.send(&request);
            assert_eq!(*shop.notes.rejected.lock().unwrap(), [(route, kind)]);
            assert_eq!(shop.kind(), kind);
            let first = first.get_or_insert_with(|| response.clone());
            assert_eq!(response.without_date(), first.without_date(), "{kind}");
        }
        let first = first.unwrap();
        assert_eq!((first.body.len(), first.header("content-type")), (0, None));
        match route {
            Route::Notify => assert_eq!((first.status, first.header("location")), (500, None)),
            Route::Success | Route::Failure => {
                assert_eq!((first.status, first.header("location")), (303, Some("/checking")));
                assert_eq!(first.header("cache-control"), Some("no-store"));
                assert_eq!(first.header("referrer-policy"), Some("no-referrer"));
            }
        }
    }
}

#[test]
fn a_kept_connection_shows_whether_the_body_was_read_and_nothing_else() {
    let shop = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, _| callbacks);
    let mut first: Option<Response> = None;
    for (kind, request) in refused("/notify") {
        let response = shop.send(&kept_alive(&request));
        assert_eq!(shop.kind(), kind);
        let unread = ["too-large", "timeout"].contains(&kind);
        assert_eq!(response.header("connection"), unread.then_some("close"), "{kind}");
        let first = first.get_or_insert_with(|| response.clone());
        let (mut head, body) = response.without_date();
        head.retain(|line| !line.to_ascii_lowercase().starts_with("connection:"));
        assert_eq!((head, body), first.without_date(), "{kind}");
    }
}

#[test]
fn a_rejection_that_a_handler_gives_back_is_the_same_bytes() {
    let shop = Shop::open();
    for (kind, request) in refused("/notify-or-rejection") {
        if request.starts_with(b"GET") {
            continue;
        }
        let given_back = shop.send(&request);
        assert_eq!(shop.kind(), kind);
        let expected = if kind == "contradictory" { 200 } else { 500 };
        assert_eq!((given_back.status, given_back.body.len()), (expected, 0), "{kind}");
    }
    let paid = form(&Callback::paid(&attempt()));
    assert_eq!(shop.seen(&post("/notify-or-rejection", FORM, &paid), 200).outcome, "paid");
}

#[test]
fn a_browser_that_is_taken_and_one_that_is_refused_get_the_same_bytes() {
    let shop = Shop::open();
    let taken = shop.send(&get(&format!("/success?{}", form(&Callback::paid(&attempt())))));
    let refused = shop.send(&get("/success?Len=8&Data=0011223344556677"));
    assert_eq!(taken.without_date(), refused.without_date());
}

#[test]
fn each_kind_is_counted_by_route() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    for _ in 0..3 {
        shop.notify(&paid);
    }
    shop.notify("hello");
    shop.send(&get("/success?hello"));
    shop.send(&get("/success?hello"));
    let counts = shop.callbacks.as_ref().unwrap().counts();
    assert_eq!(counts.accepted(Route::Notify), 3);
    assert_eq!(counts.rejected(Route::Notify, "accepted"), 0);
    assert_eq!(counts.rejected(Route::Notify, "no-answer"), 1);
    assert_eq!(counts.rejected(Route::Success, "no-answer"), 2);
    assert_eq!(counts.rejected(Route::Failure, "no-answer"), 0);
    let all: Vec<_> = counts.iter().collect();
    assert_eq!(all, [("notify", "accepted", 3), ("notify", "no-answer", 1), ("success", "no-answer", 2)]);
}

#[test]
fn without_callbacks_every_url_answers_500() {
    let shop = Shop::without_callbacks();
    let paid = form(&Callback::paid(&attempt()));
    for target in ["/notify", "/success", "/failure"] {
        let response = shop.send(&post(target, FORM, &paid));
        assert_eq!((response.status, response.body.len()), (500, 0), "{target}");
    }
    assert!(shop.notes.seen.lock().unwrap().is_empty());
}
