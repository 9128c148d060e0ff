//! What is kept of refunds that are over.

use super::{LEASE, begun, in_a_change, ledger, of, paid, pass, refund, shop};
use gateway_inbox::{Answer, Erased, NewRefund};
use std::time::Duration;

#[tokio::test]
async fn the_bytes_of_settled_refunds_are_forgotten_and_their_rows_stay() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done)).unwrap();
    begun(&shop, &NewRefund { seen: 1_000, ..refund(payment, "r2") }).await;
    let day = Duration::from_secs(86_400);
    assert_eq!(ledger(&shop).purge(day).await.unwrap(), 0);
    pass(&shop, day).await;
    let before = of(&shop, &payment).await;
    assert_eq!(ledger(&shop).purge(day).await.unwrap(), 1);
    assert_eq!(ledger(&shop).purge(day).await.unwrap(), 0);
    assert!(of(&shop, &payment).await == before);
    let next = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    assert!(next.request().is_some(), "what is not settled keeps its bytes");
}

#[tokio::test]
async fn a_customer_is_forgotten_where_no_money_is_under_way() {
    let shop = shop().await;
    let (payment, other) = (paid(&shop, "p").await, paid(&shop, "other").await);
    begun(&shop, &refund(payment, "r1")).await;
    begun(&shop, &refund(other, "r2")).await;
    assert_eq!(ledger(&shop).erase(&payment).await.unwrap(), Erased { erased: 0, unfinished: 1 });
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done)).unwrap();
    assert_eq!(ledger(&shop).erase(&payment).await.unwrap(), Erased { erased: 1, unfinished: 0 });
    assert_eq!(ledger(&shop).erase(&other).await.unwrap(), Erased { erased: 0, unfinished: 1 });
}
