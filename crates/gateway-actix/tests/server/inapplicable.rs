//! Authentic results that cannot be applied, and the hook that stores them.

use crate::client::{FORM, get, post};
use crate::shop::{Shop, attempt, form, page};
use gateway_actix::{Callbacks, NotStored};
use paygate::Route;
use paygate::testing::{self, Callback};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// `OK` with a code that says pending.
fn contradictory() -> String {
    form(&Callback::new(&attempt(), "OK", "60000985"))
}

#[test]
fn a_contradiction_is_acknowledged_once_the_hook_has_stored_it() {
    let shop = Shop::open();
    let response = shop.notify(contradictory());
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(shop.kind(), "contradictory");
    let kept = shop.notes.inapplicable.lock().unwrap();
    assert_eq!(kept.len(), 1, "once");
    assert_eq!((kept[0].route(), kept[0].signed().code().as_str()), (Route::Notify, "60000985"));
}

#[test]
fn a_contradiction_is_repeated_where_nobody_stores_it() {
    let shop = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, _| callbacks);
    assert_eq!(shop.notify(contradictory()).status, 500);
    assert_eq!(shop.kind(), "contradictory");

    let shop = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, notes| {
        callbacks.on_inapplicable(move |result| {
            notes.inapplicable.lock().unwrap().push(result);
            async { Err(std::io::Error::from(std::io::ErrorKind::StorageFull)) }
        })
    });
    assert_eq!(shop.notify(contradictory()).status, 500);
    assert_eq!(shop.kind(), "not-stored");
    assert_eq!(shop.notes.inapplicable.lock().unwrap().len(), 1);
}

#[test]
fn browsers_are_led_to_the_page_whether_it_was_stored_or_not() {
    let storing = Shop::open();
    let without_hook = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, _| callbacks);
    let failing = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, _| {
        callbacks.on_inapplicable(|_| async { Err(std::io::Error::from(std::io::ErrorKind::StorageFull)) })
    });
    let answers = [&storing, &without_hook, &failing].map(|shop| {
        let request = get(&format!("/failure?{}", contradictory()));
        shop.send(&request)
    });
    assert_eq!(storing.notes.inapplicable.lock().unwrap().len(), 1);
    assert!(answers.iter().all(|answer| answer.without_date() == answers[0].without_date()), "{answers:?}");
}

#[test]
fn a_client_that_hangs_up_does_not_stop_the_hook() {
    let shop = Shop::with(Callbacks::new(testing::merchant(), page()), |callbacks, notes| {
        callbacks.on_inapplicable(move |result| {
            let notes = notes.clone();
            async move {
                actix_web::rt::time::sleep(Duration::from_millis(100)).await;
                notes.inapplicable.lock().unwrap().push(result);
                Ok::<(), NotStored>(())
            }
        })
    });
    let mut stream = TcpStream::connect(shop.address).unwrap();
    stream.write_all(&post("/notify", FORM, contradictory())).unwrap();
    drop(stream);
    let until = Instant::now() + Duration::from_secs(10);
    while shop.notes.rejected.lock().unwrap().is_empty() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(shop.kind(), "contradictory");
    assert_eq!(shop.notes.inapplicable.lock().unwrap().len(), 1);
}

#[test]
fn what_is_not_authentic_does_not_reach_the_hook() {
    let shop = Shop::open();
    let forged = form(&Callback::new(&attempt(), "OK", "60000985").with_forged_mac());
    for request in [post("/notify", FORM, &forged), get(&format!("/success?{forged}")), get("/failure?hello")]
    {
        shop.send(&request);
        shop.kind();
    }
    assert!(shop.notes.inapplicable.lock().unwrap().is_empty());
}
