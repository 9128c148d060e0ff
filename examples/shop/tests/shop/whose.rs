//! Play and money never share a database.

use crate::database::Database;
use shop::store::OpenError;
use shop::{Shop, StartError};

#[test]
fn who_opens_a_database_first_decides_whether_it_is_of_play_or_of_money() {
    let (play, money) = (Database::new(), Database::new());
    for _ in 0..2 {
        drop(Shop::start(play.demo()).unwrap());
        drop(Shop::start(money.real()).unwrap());
    }
    let refused = Shop::start(play.real()).err();
    assert!(matches!(refused, Some(StartError::Database(OpenError::DemoOrders))), "{refused:?}");
    let refused = Shop::start(money.demo()).err();
    assert!(matches!(refused, Some(StartError::Database(OpenError::RealOrders))), "{refused:?}");
}

#[test]
fn shops_that_start_at_once_make_the_tables_of_an_empty_database_once() {
    let database = Database::new();
    let shops = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| Shop::start(database.demo()))).collect();
        starts.into_iter().map(|start| start.join().unwrap().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(shops.len(), 4);
}
