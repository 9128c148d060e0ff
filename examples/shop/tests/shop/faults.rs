//! Every fault of the simulator: the right end, and never paid without a payment.

use crate::browser::{Browser, newest, open, settled};
use crate::database::Database;
use gateway_simulator::paygate::{Fault, State as Truth};
use shop::state::State;
use std::time::Duration;

/// Faults after which nothing that can be believed tells of the payment.
const UNTOLD: [Fault; 4] = [Fault::OtherAttempt, Fault::MissingMac, Fault::ForgedMac, Fault::WrongKey];

#[tokio::test]
async fn every_fault_ends_in_the_right_state_and_never_in_paid_without_a_payment() {
    let (shop, _database) = open();
    let simulator = shop.simulator().unwrap();
    // Whose Data is copied under `other-attempt`.
    Browser::at(&shop).buy_and(&shop, "rooibos", "approve").await;
    let endings = [("approve", false), ("approve", true), ("decline", false), ("decline", true)];
    for fault in Fault::ALL {
        for (choice, dawdles) in endings {
            simulator.set_faults([*fault]);
            let mut browser = Browser::at(&shop);
            let leaving = browser.buy("earl-grey").await;
            let at_bank = browser.enter_bank(&leaving).await;
            let back = browser.decide(&at_bank, choice).await;
            if dawdles {
                settled(&shop).await;
            }
            let back = match back {
                Some(url) => Some(browser.get(&url).await),
                None => None,
            };
            simulator.advance(Duration::from_secs(24 * 3600)).await;
            // What broke off is answered when the shop sees the end of it.
            settled(&shop).await;
            let order = newest(&shop).await;
            let truth = simulator.transaction(order.newest.attempt.trans_id()).unwrap().state;
            let state = order.view().state;
            let (fault, at) = (*fault, format!("{fault} {choice}: {truth} and {state:?}"));
            match truth {
                Truth::Paid if !UNTOLD.contains(&fault) => assert_eq!(state, State::Paid, "{at}"),
                Truth::Failed if !UNTOLD.contains(&fault) => assert_eq!(state, State::Failed, "{at}"),
                _ => assert_eq!(state, State::Redirected, "{at}"),
            }
            let flags = order.view().names();
            let expected = match (fault, choice) {
                (Fault::FailedThenOk, "approve") => "paid_after_failed",
                (Fault::Reordered, "approve") => "open_after_paid",
                _ => "",
            };
            // Where the browser brings the open result before the notify comes, or a second notify comes while the first is not
            // handled yet, the open result is no news afterwards.
            let may_overtake = !dawdles || Database::HANDLES_AT_ONCE;
            let overtaken = may_overtake && fault == Fault::Reordered && flags.is_empty();
            assert!(overtaken || flags == expected, "{at}: {flags}");
            // The customer is never shown more than the shop knows.
            let page = browser.get(&format!("/order/{}", order.token)).await;
            assert_eq!(page.state(), state.name(), "{at}");
            if let Some(back) = back {
                assert_eq!(back.status, 303, "{at}");
                let known = back.location() == format!("/order/{}", order.token);
                assert!(known || back.location() == "/checking" || fault == Fault::OtherAttempt, "{at}");
            }
        }
    }
}

#[tokio::test]
async fn a_bank_that_takes_its_time_is_shown_as_open_where_paygate_tells_it() {
    let database = Database::new();
    let config = database.demo().simulator(|builder| builder.clock_by_hand().pending_notify());
    let shop = shop::Shop::start(config).unwrap();
    let mut browser = Browser::at(&shop);
    let back = browser.buy_and(&shop, "earl-grey", "processing").await.unwrap();
    let page = browser.get(back.location()).await;
    assert_eq!(page.state(), "open");
    assert!(page.body.contains("http-equiv=\"refresh\"") && !page.body.contains("pay-again"));
    shop.simulator().unwrap().advance(Duration::from_secs(3600)).await;
    settled(&shop).await;
    assert_eq!(browser.get(back.location()).await.state(), "paid");
}
