//! Callbacks of Paygate: one delivery for what the MAC covers, opened again when it is handled.

use crate::database::fresh;
use crate::deliveries::LONG;
use gateway_inbox::paygate::{OpenError, Received, attempt_key, delivery, inapplicable, open};
use gateway_inbox::{Claim, Inbox, Key, Stored};
use paygate::methods::swish::Swish;
use paygate::testing::{self, Callback};
use paygate::{Expected, Merchant, MerchantId, Merchants, Method, RawCallback, Route, Trustly};
use sqlx::Any;

fn attempt() -> Expected {
    testing::expected(&testing::merchant(), "tea-1", 1999)
}

/// As the extractors do it.
async fn store(inbox: &Inbox<Any>, route: Route, form: &str) -> Option<Stored> {
    let raw = RawCallback::post(route, form.as_bytes());
    let delivery = match testing::merchant().open::<Trustly>(&raw) {
        Ok(callback) => delivery(&raw, &callback),
        Err(error) => inapplicable::<Trustly>(&raw, &error)?,
    };
    Some(inbox.store(delivery).await.unwrap())
}

async fn claims(inbox: &Inbox<Any>) -> Vec<Claim> {
    inbox.claim(10, LONG).await.unwrap()
}

#[tokio::test]
async fn a_hundred_xids_are_one_delivery() {
    let inbox = fresh().await;
    let merchant = testing::merchant();
    for xid in 0..100 {
        let form = Callback::paid(&attempt()).with("XID", format!("{xid:032}")).form(&merchant).unwrap();
        let expected = if xid == 0 { Stored::New } else { Stored::Unfinished };
        assert_eq!(store(&inbox, Route::Notify, &form).await, Some(expected));
    }
    let claims = claims(&inbox).await;
    assert_eq!((claims.len(), claims[0].count()), (1, 100));
    let (route, Received::Genuine(callback)) =
        open::<Trustly>(&claims[0], &Merchants::from(merchant)).unwrap()
    else {
        panic!("it is genuine")
    };
    assert_eq!(route, Route::Notify);
    assert!(callback.bind(&attempt()).is_ok());
}

/// The key under which the callback of this merchant is stored.
fn key<M: Method>(merchant: &Merchant, callback: &Callback) -> Key {
    let form = callback.form(merchant).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    delivery(&raw, &merchant.open::<M>(&raw).unwrap()).key
}

#[test]
fn each_signed_field_makes_another_delivery_and_no_other_field_does() {
    let merchant = testing::merchant();
    let keys = testing::keys(&merchant).clone();
    let other = Merchant::new(MerchantId::new("other_merchant").unwrap(), keys);
    let failed = Callback::failed(&attempt(), "21550053");
    let mut known = vec![
        key::<Trustly>(&merchant, &failed),
        key::<Swish>(&merchant, &failed),
        key::<Trustly>(&other, &failed.clone().with("mid", "other_merchant")),
    ];
    for (name, value) in [("PayID", &*"f".repeat(32)), ("TransID", "other"), ("Code", "21550054")] {
        known.push(key::<Trustly>(&merchant, &failed.clone().with(name, value)));
    }
    // Two words for open, with one code.
    for status in ["AUTHORIZE_REQUEST", "PENDING"] {
        known.push(key::<Trustly>(&merchant, &Callback::new(&attempt(), status, "00000000")));
    }
    let mut distinct = known.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), known.len(), "{known:?}");
    for (name, value) in
        [("XID", "f"), ("Description", "d"), ("Amount", "1"), ("UserData", "u"), ("Plain", "p")]
    {
        assert_eq!(key::<Trustly>(&merchant, &failed.clone().with(name, value)), known[0], "{name}");
    }
}

#[tokio::test]
async fn what_was_copied_to_a_wrong_url_stands_for_nothing_else() {
    let inbox = fresh().await;
    let merchant = testing::merchant();
    let failed = Callback::failed(&attempt(), "21550053").form(&merchant).unwrap();
    assert_eq!(store(&inbox, Route::Success, &failed).await, Some(Stored::New));
    assert_eq!(store(&inbox, Route::Notify, &failed).await, Some(Stored::New));
    assert_eq!(store(&inbox, Route::Failure, &failed).await, Some(Stored::Unfinished));
    // What contradicts itself counts for more where Paygate's server tells it.
    let odd = Callback::new(&attempt(), "OK", "60000985").form(&merchant).unwrap();
    for (route, stored) in
        [(Route::Success, Stored::New), (Route::Notify, Stored::New), (Route::Success, Stored::Unfinished)]
    {
        assert_eq!(store(&inbox, route, &odd).await, Some(stored));
    }
    let opened: Vec<_> = claims(&inbox)
        .await
        .iter()
        .map(|claim| {
            (open::<Trustly>(claim, &Merchants::from(merchant.clone())).unwrap(), claim.is_acknowledged())
        })
        .collect();
    assert!(
        matches!(&opened[0], ((Route::Success, Received::Inapplicable(error)), false) if error.kind() == "wrong-route")
    );
    let genuine =
        opened.iter().filter(|opened| matches!(opened, ((Route::Notify, Received::Genuine(_)), true)));
    assert_eq!((genuine.count(), opened.len()), (1, 4));
}

#[tokio::test]
async fn what_a_browser_brought_is_acknowledged_once_the_server_tells_it() {
    let inbox = fresh().await;
    let paid = Callback::paid(&attempt()).form(&testing::merchant()).unwrap();
    assert_eq!(store(&inbox, Route::Success, &paid).await, Some(Stored::New));
    assert_eq!(store(&inbox, Route::Notify, &paid).await, Some(Stored::Unfinished));
    assert!(claims(&inbox).await[0].is_acknowledged());
}

#[tokio::test]
async fn a_row_that_somebody_wrote_is_no_result() {
    let inbox = fresh().await;
    let merchant = testing::merchant();
    let forged = Callback::paid(&attempt()).with_forged_mac().form(&merchant).unwrap();
    assert_eq!(store(&inbox, Route::Notify, &forged).await, None, "nobody knows who sent it");
    // Written past all checks.
    let raw = RawCallback::post(Route::Notify, forged.as_bytes());
    let paid = Callback::paid(&attempt()).form(&merchant).unwrap();
    let genuine = RawCallback::post(Route::Notify, paid.as_bytes());
    let mut row = delivery(&genuine, &merchant.open::<Trustly>(&genuine).unwrap());
    let head = row.payload.len() - paid.len();
    row.payload.truncate(head);
    row.payload.extend(raw.body());
    let _ = inbox.store(row.clone()).await.unwrap();
    row.gateway = "another";
    row.key = attempt_key(attempt().attempt());
    let _ = inbox.store(row).await.unwrap();
    let errors: Vec<_> = claims(&inbox)
        .await
        .iter()
        .map(|claim| open::<Trustly>(claim, &Merchants::from(merchant.clone())).map(|_| ()).unwrap_err())
        .collect();
    assert!(matches!(errors[..], [OpenError::Verify(_), OpenError::Payload]), "{errors:?}");
}
