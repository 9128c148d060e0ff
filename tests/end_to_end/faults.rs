//! Every fault of the simulator, and what a minimal shop makes of it: `tests/data/faults.tsv`, which people read too.

use crate::shop::{Shop, State};
use gateway_simulator::paygate::{Answer, Choice, Fault, Simulator, State as Truth, Way};
use paygate::{Route, TransId, testing};
use std::fmt::Write as _;
use std::time::Duration;

const HEAD: &str =
    "fault\tchoice\tat the bank\tbrowser\tnotifies\torder at once\torder after a day\tfor a person\trefused";
const A_DAY: Duration = Duration::from_secs(24 * 3600);

/// Faults after which nothing that can be believed tells of the payment. Only an inquiry does.
const UNTOLD: [Fault; 5] =
    [Fault::RedirectOnly, Fault::OtherAttempt, Fault::MissingMac, Fault::ForgedMac, Fault::WrongKey];

struct Row {
    truth: Truth,
    order: State,
    line: String,
}

/// Plays one payment through. The attempt whose Data is copied under [`Fault::OtherAttempt`] was paid before.
async fn play(fault: Option<Fault>, choice: Choice) -> Row {
    let simulator = Simulator::builder(testing::merchant())
        .slowness(Duration::from_millis(80))
        .clock_by_hand()
        .start()
        .unwrap();
    let shop = Shop::open(simulator.merchant());
    let before = shop.checkout("the-other-order", 100);
    simulator.visit_bank(&before.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    assert_eq!(shop.state("the-other-order"), State::Paid);

    simulator.set_faults(fault);
    let sealed = shop.checkout("order", 1999);
    let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
    // Some choices and faults lead no browser back.
    let browser = match bank.choose(choice).await {
        Ok(returned) => {
            let path = returned.url().split(['?', '#']).next().and_then(|url| url.rsplit('/').next());
            format!("{} {}", path.unwrap(), returned.status())
        }
        Err(_) => "none".to_owned(),
    };
    simulator.idle().await;
    let at_once = shop.state("order");
    simulator.advance(A_DAY).await;
    // The shop counts what broke off when it sees the end of it, which may be after the simulator does.
    let broken_off = || shop.callbacks.counts().rejected(Route::Notify, "body") > 0;
    for _ in 0..10_000 {
        if fault != Some(Fault::Broken) || broken_off() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }

    let transaction = simulator.transaction(&TransId::new("order").unwrap()).unwrap();
    let mut notifies = Vec::new();
    for delivery in simulator.deliveries(&transaction.pay_id) {
        if delivery.way == Way::Notify {
            notifies.extend(delivery.attempts.iter().map(|attempt| match &attempt.answer {
                Some(Answer::BrokenOff) => "cut".to_owned(),
                Some(answer) => answer.to_string(),
                None => "?".to_owned(),
            }));
        }
    }
    let order = shop.state("order");
    let mut line = String::new();
    let name = fault.map_or("none", Fault::name);
    let notifies = if notifies.is_empty() { "none".to_owned() } else { notifies.join(" ") };
    write!(line, "{name}\t{}\t{}\t{browser}\t{notifies}", choice.name(), transaction.state).unwrap();
    let mut refused = shop.refused();
    if fault == Some(Fault::Tampered) {
        // What the changed block decrypts to differs each time, and with it what is wrong.
        for kind in ["field-missing", "field-format", "mac-missing", "mac-format", "mac"] {
            refused = refused.replace(kind, "garbled");
        }
    }
    write!(line, "\t{at_once:?}\t{order:?}\t{}\t{refused}", shop.for_a_person()).unwrap();
    Row { truth: transaction.state, order, line }
}

#[tokio::test]
async fn every_fault_ends_as_the_table_says_and_no_order_is_paid_that_was_not() {
    let none = Choice::ALL.into_iter().map(|choice| (None, choice));
    let faults = Fault::ALL.iter().flat_map(|fault| {
        [Choice::Approve, Choice::Decline, Choice::Processing].map(|choice| (Some(*fault), choice))
    });
    let mut table = HEAD.to_owned();
    for (fault, choice) in none.chain(faults) {
        let row = play(fault, choice).await;
        if row.order == State::Paid {
            assert_eq!(row.truth, Truth::Paid, "an order is paid that was not: {}", row.line);
        }
        if row.truth == Truth::Paid && fault.is_none_or(|fault| !UNTOLD.contains(&fault)) {
            assert_eq!(row.order, State::Paid, "a paid order was lost: {}", row.line);
        }
        table.extend(["\n", &row.line]);
    }
    table.push('\n');
    // After a change that is meant, the table is written anew and its diff is read.
    if let Ok(path) = std::env::var("WRITE_FAULTS_TABLE") {
        std::fs::write(path, &table).unwrap();
    }
    let known = include_str!("../data/faults.tsv");
    for (line, known) in table.lines().zip(known.lines()) {
        assert_eq!(line, known);
    }
    assert_eq!(table.lines().count(), known.lines().count());
}
