//! What passes where: the table of the design, over the wire.

use crate::client::{FORM, get, post};
use crate::shop::{Shop, attempt, form};
use paygate::Route;
use paygate::testing::Callback;

#[test]
fn a_result_passes_at_its_own_urls_alone() {
    let shop = Shop::open();
    for (status, code, outcome, [success, failure]) in [
        ("OK", "00000000", "paid", [true, false]),
        ("AUTHORIZED", "00000000", "authorized", [true, false]),
        ("AUTHORIZE_REQUEST", "00000000", "open", [true, false]),
        ("PENDING", "21500985", "open", [true, false]),
        ("FAILED", "21550053", "failed", [false, true]),
        ("FAILED", "41550305", "failed", [false, true]),
    ] {
        let form = form(&Callback::new(&attempt(), status, code));
        for (path, passes, answer) in
            [("/success", success, 303), ("/failure", failure, 303), ("/notify", true, 200)]
        {
            for request in [get(&format!("{path}?{form}")), post(path, FORM, &form)] {
                if passes {
                    assert_eq!(shop.seen(&request, answer).outcome, outcome, "{status} at {path}");
                } else {
                    assert_eq!(shop.send(&request).status, 303);
                    assert_eq!(shop.kind(), "wrong-route", "{status} at {path}");
                }
            }
        }
    }
}

#[test]
fn a_failed_result_copied_to_url_success_is_refused_and_reaches_the_hook() {
    let shop = Shop::open();
    let copied = form(&Callback::failed(&attempt(), "21550053"));
    let response = shop.send(&get(&format!("/success?{copied}")));
    assert_eq!((response.status, response.header("location")), (303, Some("/checking")));
    assert_eq!(shop.kind(), "wrong-route");
    let kept = shop.notes.inapplicable.lock().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].route(), kept[0].method(), kept[0].error().kind()),
        (Route::Success, "trustly", "wrong-route")
    );
    assert_eq!(kept[0].signed().trans_id().as_str(), "order-1");
}

#[test]
fn data_of_another_attempt_does_not_bind() {
    let shop = Shop::open();
    let merchant = paygate::testing::merchant();
    let other = paygate::testing::expected(&merchant, "order-2", 1999);
    let seen = shop.seen(&post("/notify", FORM, form(&Callback::paid(&other))), 200);
    assert_eq!((seen.trans_id.as_str(), seen.outcome), ("order-2", "trans-id"));
}

#[test]
fn the_answers_to_what_passes_are_empty() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    let acknowledged = shop.notify(&paid);
    assert_eq!((acknowledged.status, acknowledged.body.len()), (200, 0));
    assert_eq!(acknowledged.header("content-type"), None);
    let not_stored = shop.send(&post("/disk-full", FORM, &paid));
    assert_eq!((not_stored.status, not_stored.body.len()), (500, 0));
    assert_eq!(not_stored.header("content-type"), None);
}
