//! Orders whose customers have left for Paygate, put into the database as the checkout does, and without its pages.

use crate::database::merchant;
use paygate::{Attempt, Currency, Expected, Money, ReqId, TransId, Trustly};
use shop::security::secret;
use shop::store::{Customer, Item, NewAttempt, Store, Turn, Want};

/// How many of the product lie in each cart. One of them is ordered, so [`Effects`](crate::effects::Effects) sees where it is
/// taken out twice.
pub(crate) const IN_THE_CART: i64 = 3;

/// So many orders, each of another customer: what an answer to each must say.
pub(crate) async fn place(store: &Store, count: usize) -> Vec<Expected> {
    let mut expected = Vec::with_capacity(count);
    while expected.len() < count {
        let mut change = store.change().await.unwrap();
        for _ in 0..200.min(count - expected.len()) {
            let mut turn = Turn::of_session(&mut change, secret::random().unwrap()).await.unwrap();
            expected.push(one(store, &mut turn).await);
        }
        change.commit().await.unwrap();
    }
    expected
}

async fn one(store: &Store, turn: &mut Turn<'_>) -> Expected {
    let session = turn.session().to_owned();
    sqlx::query("INSERT INTO cart_items (session, product, quantity) VALUES ($1, 'sencha', $2)")
        .bind(session)
        .bind(IN_THE_CART)
        .execute(&mut **turn)
        .await
        .unwrap();
    let order = store.place(turn, &secret::random().unwrap()).await.unwrap();
    let want = Want {
        customer: Customer {
            first_name: "Anna".to_owned(),
            last_name: "Müller".to_owned(),
            email: "anna@example.com".to_owned(),
            country: "DE".to_owned(),
        },
        items: vec![Item {
            product: "sencha".to_owned(),
            name: "Sencha".to_owned(),
            quantity: 1,
            price: 1290,
        }],
        costs: Money::new(1290, Currency::EUR).unwrap(),
    };
    let trans_id = TransId::random_with_prefix("tea-").unwrap();
    let new = NewAttempt {
        order,
        once: &secret::random().unwrap(),
        attempt: Attempt::new::<Trustly>(*merchant().id(), trans_id),
        req_id: ReqId::random().unwrap(),
        want: &want,
    };
    let attempt = store.register(turn, &new).await.unwrap();
    store.redirected(turn, &attempt).await.unwrap();
    attempt.expected()
}
