//! Files: what is in one, what its answer says, and that no refund is in two.

use super::{LEASE, begin, begun, in_a_change, ledger, of, paid, pass, refund, shop};
use crate::database::Fresh;
use gateway_inbox::{
    Answer, Channel, DecideError, Decision, FileAnswer, InFile, InboxError, Key, NewRefund, RefundError,
    RefundId, RefundState, SettleError,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

const DONE: FileAnswer<'_> = FileAnswer::Done;
const REFUSED: FileAnswer<'_> = FileAnswer::Refused { why: "20110005" };
const UNCLEAR: FileAnswer<'_> = FileAnswer::Unclear { why: "missing from the answer" };

/// Ten euros that go in a file.
fn batch(payment: Key, name: &str) -> NewRefund<'_> {
    NewRefund { channel: Channel::Batch, ..refund(payment, name) }
}

async fn claim(shop: &Fresh, file: &str) -> Vec<InFile> {
    ledger(shop).claim_for_file("paygate", "", file, 100).await.unwrap().refunds
}

fn references(refunds: &[InFile]) -> Vec<&str> {
    refunds.iter().map(InFile::reference).collect()
}

async fn settle(
    shop: &Fresh,
    file: &str,
    name: &str,
    answer: FileAnswer<'_>,
) -> Result<RefundState, SettleError> {
    in_a_change!(shop, |change| ledger(shop).settle_in_file(change, file, name, answer))
}

async fn withdraw(shop: &Fresh, file: &str) -> u64 {
    in_a_change!(shop, |change| ledger(shop).withdraw_file(change, file)).unwrap()
}

/// A payment with one refund in the file `f`, whose reference is `b`.
async fn in_one_file(shop: &Fresh) -> (Key, RefundId) {
    let payment = paid(shop, "p").await;
    let id = begun(shop, &batch(payment, "b")).await;
    assert_eq!(claim(shop, "f").await.len(), 1);
    (payment, id)
}

#[tokio::test]
async fn it_is_stored_as_sent_in_its_file_before_its_bytes_are_to_be_had() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = begun(&shop, &batch(payment, "b")).await;
    assert_eq!(of(&shop, &payment).await.rows[0].file, None);
    let refunds = claim(&shop, "f").await;
    let [one] = refunds.as_slice() else { panic!("{refunds:?}") };
    assert_eq!((one.id(), one.payment(), one.amount(), one.reference()), (id, payment, 1_000, "b"));
    assert_eq!((one.request(), one.state()), (Some(refund(payment, "").request), RefundState::Sent));
    let row = of(&shop, &payment).await.rows.remove(0);
    assert_eq!((row.state, row.file.as_deref(), row.tries), (RefundState::Sent, Some("f"), 1));
    assert!(row.sent_at.is_some());
    let shown = format!("{one:?} {row:?}");
    assert!(!shown.contains("1000") && !shown.contains("48, 97"), "{shown}");
}

#[tokio::test]
async fn who_died_before_the_file_was_written_makes_the_very_same_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    for (number, name) in ["b1", "b2", "b3"].into_iter().enumerate() {
        begun(&shop, &NewRefund { seen: 1_000 * number as u64, ..batch(payment, name) }).await;
    }
    let first = claim(&shop, "f").await;
    assert_eq!(references(&first), ["b1", "b2", "b3"], "several of one payment, in their order");
    begun(&shop, &NewRefund { seen: 3_000, ..batch(payment, "b4") }).await;
    assert!(
        claim(&shop, "f").await == first && ledger(&shop).in_file("paygate", "", "f").await.unwrap() == first
    );
    assert_eq!(of(&shop, &payment).await.rows[0].tries, 1, "it was not sent once more");
    settle(&shop, "f", "b2", DONE).await.unwrap();
    let again = claim(&shop, "f").await;
    assert_eq!(references(&again), ["b1", "b2", "b3"]);
    assert_eq!(again[1].state(), RefundState::Done);
    assert_eq!(references(&claim(&shop, "g").await), ["b4"]);
    assert!(
        claim(&shop, "h").await.is_empty()
            && ledger(&shop).in_file("paygate", "", "h").await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn a_file_holds_the_oldest_ones_and_no_more_than_it_may() {
    let shop = shop().await;
    let names = ["b1", "b2", "b3", "b4", "b5"];
    for name in names {
        begun(&shop, &batch(paid(&shop, name).await, name)).await;
    }
    for (file, at_most, expected) in
        [("none", 0, &names[..0]), ("two", 2, &names[..2]), ("two", 9, &names[..2]), ("rest", 9, &names[2..])]
    {
        let refunds = ledger(&shop).claim_for_file("paygate", "", file, at_most).await.unwrap().refunds;
        assert_eq!(references(&refunds), expected, "{file}");
    }
}

#[tokio::test]
async fn a_file_is_of_one_currency() {
    let shop = shop().await;
    for (name, currency) in [("b1", "EUR"), ("b2", "SEK"), ("b3", "EUR")] {
        let mut one = batch(paid(&shop, name).await, name);
        one.payment.currency = currency;
        begun(&shop, &one).await;
    }
    let first = claim(&shop, "f").await;
    assert_eq!((references(&first), first[0].currency()), (vec!["b1", "b3"], "EUR"));
    assert_eq!(references(&claim(&shop, "g").await), ["b2"]);
}

#[tokio::test]
async fn who_comes_second_is_told_so() {
    let shop = shop().await;
    in_one_file(&shop).await;
    let again = ledger(&shop).claim_for_file("paygate", "", "f", 9).await.unwrap();
    assert_eq!((again.refunds.len(), again.is_new), (1, false));
    let none = ledger(&shop).claim_for_file("paygate", "", "g", 9).await.unwrap();
    assert_eq!((none.refunds.len(), none.is_new), (0, true));
}

#[tokio::test]
async fn one_that_another_files_answer_tells_of_needs_a_person() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    let doubt = async |reference| {
        in_a_change!(shop, |change| ledger(&shop).doubt(
            change,
            ("paygate", ""),
            reference,
            "told of elsewhere"
        ))
    };
    assert_eq!(doubt("nobody").await.unwrap(), None);
    assert_eq!(doubt("b").await.unwrap(), Some(RefundState::NeedsAPerson));
    settle(&shop, "f", "b", DONE).await.unwrap();
    assert_eq!(doubt("b").await.unwrap(), Some(RefundState::Done));

    begun(&shop, &NewRefund { seen: 1_000, ..batch(payment, "withdrawn") }).await;
    assert_eq!(claim(&shop, "g").await.len(), 1);
    assert_eq!(withdraw(&shop, "g").await, 1);
    assert_eq!(doubt("withdrawn").await.unwrap(), Some(RefundState::NeedsAPerson));
    assert!(claim(&shop, "h").await.is_empty(), "it is not sent before somebody has looked");
    begun(&shop, &NewRefund { seen: 2_000, ..refund(payment, "online") }).await;
    assert_eq!(doubt("online").await.unwrap(), None);
}

#[tokio::test]
async fn a_file_is_for_one_gateway_and_one_account() {
    let shop = shop().await;
    in_one_file(&shop).await;
    begun(&shop, &batch(paid(&shop, "q").await, "c")).await;
    let of_another_account = ledger(&shop).claim_for_file("paygate", "other", "f", 9).await;
    assert!(matches!(of_another_account, Err(InboxError::OtherFile)));
    assert!(ledger(&shop).claim_for_file("paygate", "other", "g", 9).await.unwrap().refunds.is_empty());
    let other = ledger(&shop).claim_for_file("other", "", "f", 9).await;
    assert!(matches!(other, Err(InboxError::OtherFile)), "{other:?}");
    assert!(ledger(&shop).claim_for_file("other", "", "g", 9).await.unwrap().refunds.is_empty());
}

/// Each of eight processes makes files until nothing is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_make_files_at_once_none_has_a_refund_of_another() {
    let shop = Arc::new(shop().await);
    let mut names = BTreeSet::new();
    for number in 0..30 {
        let payment = paid(&shop, &format!("p{number}")).await;
        for part in 0..3 {
            let name = format!("b{number}-{part}");
            begun(&shop, &NewRefund { seen: 1_000 * part, ..batch(payment, &name) }).await;
            names.insert(name);
        }
    }
    let mut set = JoinSet::new();
    for task in 0..8 {
        let ledger = shop.again().await.ledger();
        set.spawn(async move {
            let (mut found, mut empty) = (Vec::new(), 0);
            for file in 0.. {
                let name = format!("file {task} {file}");
                let refunds = ledger.claim_for_file("paygate", "", &name, 4).await.unwrap().refunds;
                assert!(refunds.len() <= 4 && refunds.is_sorted_by_key(InFile::id));
                assert!(ledger.in_file("paygate", "", &name).await.unwrap() == refunds);
                empty = if refunds.is_empty() { empty + 1 } else { 0 };
                found.extend(refunds.iter().map(|refund| refund.reference().to_owned()));
                // What another one has locked just now, it leaves.
                if empty > 3 {
                    return found;
                }
            }
            found
        });
    }
    let mut found: Vec<_> = set.join_all().await.into_iter().flatten().collect();
    let left = ledger(&shop).claim_for_file("paygate", "", "left", 1_000).await.unwrap().refunds;
    found.extend(left.iter().map(|refund| refund.reference().to_owned()));
    assert_eq!(found.len(), names.len());
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), names);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_who_make_one_file_at_once_make_the_same() {
    let shop = Arc::new(shop().await);
    for name in ["b1", "b2", "b3", "b4", "b5", "b6"] {
        begun(&shop, &batch(paid(&shop, name).await, name)).await;
    }
    let mut set = JoinSet::new();
    for _ in 0..8 {
        let ledger = shop.again().await.ledger();
        set.spawn(async move { ledger.claim_for_file("paygate", "", "f", 2).await.unwrap().refunds });
    }
    for refunds in set.join_all().await {
        assert_eq!(references(&refunds), ["b1", "b2"]);
    }
}

/// Whoever sends online and whoever makes files look at one payment at once: never are both out.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_payment_either_one_is_out_online_or_some_are_in_files() {
    let shop = Arc::new(shop().await);
    let mut payments = Vec::new();
    for number in 0..20 {
        let payment = paid(&shop, &format!("p{number}")).await;
        begun(&shop, &refund(payment, &format!("r{number}"))).await;
        begun(&shop, &NewRefund { seen: 1_000, ..batch(payment, &format!("b{number}")) }).await;
        payments.push(payment);
    }
    let mut set = JoinSet::new();
    for task in 0..6 {
        let ledger = shop.again().await.ledger();
        set.spawn(async move {
            for turn in 0..20 {
                if task % 2 == 0 {
                    drop(ledger.claim_to_send(LEASE).await.unwrap());
                } else {
                    let _claimed =
                        ledger.claim_for_file("paygate", "", &format!("{task} {turn}"), 2).await.unwrap();
                }
            }
        });
    }
    set.join_all().await;
    // What was left because somebody else had it locked.
    claim(&shop, "left").await;
    for payment in payments {
        let rows = of(&shop, &payment).await.rows;
        assert_eq!(rows.iter().filter(|row| row.state == RefundState::Sent).count(), 1, "{rows:?}");
    }
}

#[tokio::test]
async fn each_answer_counts_once_however_often_it_comes() {
    for (answer, state, taken, note) in [
        (DONE, RefundState::Done, 1_000, None),
        (REFUSED, RefundState::Refused, 0, Some("20110005")),
        (UNCLEAR, RefundState::NeedsAPerson, 1_000, Some("missing from the answer")),
    ] {
        let shop = shop().await;
        let (payment, _) = in_one_file(&shop).await;
        assert_eq!(settle(&shop, "f", "b", answer).await.unwrap(), state);
        let once = of(&shop, &payment).await;
        assert_eq!((once.taken, once.rows[0].note.as_deref()), (taken, note));
        assert_eq!(once.rows[0].settled_at.is_some(), state.is_settled());
        assert_eq!(settle(&shop, "f", "b", answer).await.unwrap(), state);
        assert!(of(&shop, &payment).await == once);
    }
}

#[tokio::test]
async fn an_answer_is_undone_with_the_transaction_it_is_in() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    let mut change = shop.begin().await.unwrap();
    ledger(&shop).settle_in_file(&mut change, "f", "b", DONE).await.unwrap();
    change.rollback().await.unwrap();
    assert_eq!(of(&shop, &payment).await.rows[0].state, RefundState::Sent);
}

#[tokio::test]
async fn what_is_done_stays_done_and_what_was_refused_and_done_needs_a_person() {
    let shop = shop().await;
    in_one_file(&shop).await;
    for (answer, state) in [
        (UNCLEAR, RefundState::NeedsAPerson),
        (REFUSED, RefundState::NeedsAPerson),
        (DONE, RefundState::Done),
        (REFUSED, RefundState::Done),
        (UNCLEAR, RefundState::Done),
    ] {
        assert_eq!(settle(&shop, "f", "b", answer).await.unwrap(), state, "{answer:?}");
    }
    let payment = paid(&shop, "q").await;
    begun(&shop, &batch(payment, "c")).await;
    claim(&shop, "g").await;
    for (answer, state) in
        [(REFUSED, RefundState::Refused), (UNCLEAR, RefundState::Refused), (DONE, RefundState::NeedsAPerson)]
    {
        assert_eq!(settle(&shop, "g", "c", answer).await.unwrap(), state, "{answer:?}");
    }
    let row = of(&shop, &payment).await.rows.remove(0);
    assert!(
        row.note.is_some_and(|note| note.starts_with("it counted as refused")) && row.settled_at.is_none()
    );
}

#[tokio::test]
async fn an_answer_of_another_file_says_nothing() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    begun(&shop, &NewRefund { seen: 1_000, ..batch(payment, "planned") }).await;
    for (file, name) in [("f", "c"), ("g", "b"), ("f", "planned"), ("", "")] {
        let settled = settle(&shop, file, name, DONE).await;
        assert!(matches!(settled, Err(SettleError::NotInFile)), "{file} {name}: {settled:?}");
    }
    // And the transaction goes on.
    let mut change = shop.begin().await.unwrap();
    assert!(ledger(&shop).settle_in_file(&mut change, "g", "b", DONE).await.is_err());
    ledger(&shop).settle_in_file(&mut change, "f", "b", DONE).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(of(&shop, &payment).await.done, 1_000);
}

#[tokio::test]
async fn a_file_that_never_left_gives_back_what_is_not_settled() {
    let shop = shop().await;
    let (p, q) = (paid(&shop, "p").await, paid(&shop, "q").await);
    for (payment, name, seen) in [(p, "b1", 0), (q, "b2", 0), (p, "b3", 1_000), (q, "b4", 1_000)] {
        begun(&shop, &NewRefund { seen, ..batch(payment, name) }).await;
    }
    claim(&shop, "f").await;
    settle(&shop, "f", "b4", UNCLEAR).await.unwrap();
    let mut change = shop.begin().await.unwrap();
    assert_eq!(ledger(&shop).withdraw_file(&mut change, "f").await.unwrap(), 3);
    change.rollback().await.unwrap();
    assert_eq!(claim(&shop, "f").await.len(), 4);

    assert_eq!(withdraw(&shop, "f").await, 3);
    assert_eq!(withdraw(&shop, "f").await, 0);
    let row = of(&shop, &p).await.rows.remove(0);
    assert_eq!((row.state, row.file, row.tries, row.sent_at), (RefundState::Planned, None, 0, None));
    assert!(matches!(settle(&shop, "f", "b1", DONE).await, Err(SettleError::NotInFile)));
    assert_eq!(references(&ledger(&shop).in_file("paygate", "", "f").await.unwrap()), ["b4"]);
    let again = claim(&shop, "g").await;
    assert_eq!(references(&again), ["b1", "b2", "b3"]);
    assert_eq!(of(&shop, &p).await.rows[0].tries, 1);
    settle(&shop, "g", "b1", DONE).await.unwrap();
}

#[tokio::test]
async fn what_is_in_a_file_counts() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    let more = NewRefund { amount: 9_001, seen: 1_000, ..batch(payment, "c") };
    assert!(matches!(begin(&shop, &more).await, Err(RefundError::TooMuch { left: 9_000 })));
    settle(&shop, "f", "b", UNCLEAR).await.unwrap();
    assert!(matches!(begin(&shop, &more).await, Err(RefundError::TooMuch { left: 9_000 })));
    let used = NewRefund { once: payment, seen: 1_000, ..refund(payment, "b") };
    assert!(matches!(begin(&shop, &used).await, Err(RefundError::ReferenceUsed)));
}

#[tokio::test]
async fn nothing_goes_online_while_a_refund_of_its_payment_is_in_a_file() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    begun(&shop, &NewRefund { seen: 1_000, ..refund(payment, "r") }).await;
    let is_sent = async || ledger(&shop).claim_to_send(LEASE).await.unwrap().is_some();
    assert!(!is_sent().await);
    settle(&shop, "f", "b", UNCLEAR).await.unwrap();
    assert!(!is_sent().await);
    settle(&shop, "f", "b", DONE).await.unwrap();
    assert!(is_sent().await);
}

#[tokio::test]
async fn nothing_goes_in_a_file_while_a_refund_of_its_payment_is_out_online() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r")).await;
    begun(&shop, &NewRefund { seen: 1_000, ..batch(payment, "b") }).await;
    begun(&shop, &batch(paid(&shop, "q").await, "c")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    assert_eq!(references(&claim(&shop, "sent").await), ["c"], "that of another payment goes");
    let hours = Duration::from_secs(2 * 3600);
    for (credited, state) in
        [(None, RefundState::Unknown), (Some(0), RefundState::Planned), (Some(7), RefundState::NeedsAPerson)]
    {
        pass(&shop, hours).await;
        let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
        let stands = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, credited));
        assert_eq!(stands.unwrap(), state);
        assert!(claim(&shop, "doubtful").await.is_empty(), "{state:?}");
    }
    in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done)).unwrap();
    assert_eq!(references(&claim(&shop, "done").await), ["b"]);
}

#[tokio::test]
async fn nobody_asks_for_what_is_in_a_file_nor_sends_it() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    for _ in 0..3 {
        pass(&shop, Duration::from_secs(30 * 86_400)).await;
        assert!(ledger(&shop).claim_to_ask(LEASE).await.unwrap().is_none());
        assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
        assert!(claim(&shop, "g").await.is_empty());
    }
    assert_eq!(of(&shop, &payment).await.rows[0].state, RefundState::Sent);
}

#[tokio::test]
async fn where_no_answer_comes_a_person_decides() {
    for (decision, state, taken, late) in [
        (Decision::WasGivenBack, RefundState::Done, 1_000, RefundState::Done),
        (Decision::WasNotGivenBack, RefundState::Refused, 0, RefundState::NeedsAPerson),
    ] {
        let shop = shop().await;
        let (payment, id) = in_one_file(&shop).await;
        let decide =
            async |decision| in_a_change!(shop, |change| ledger(&shop).decide(change, id, decision, ""));
        let asked = decide(Decision::AskAgain).await;
        assert!(matches!(asked, Err(DecideError::NotOpen { state: RefundState::Sent })), "{asked:?}");
        assert_eq!(decide(decision).await.unwrap(), state);
        assert_eq!(of(&shop, &payment).await.taken, taken);
        assert_eq!(withdraw(&shop, "f").await, 0, "what is decided is not planned again");
        assert_eq!(claim(&shop, "f").await[0].state(), state, "whoever would hand it over sees that");
        assert_eq!(settle(&shop, "f", "b", DONE).await.unwrap(), late, "an answer after all");
    }
}

#[tokio::test]
async fn the_records_of_settled_refunds_are_forgotten_and_their_file_is_known() {
    let shop = shop().await;
    let (payment, _) = in_one_file(&shop).await;
    let day = Duration::from_secs(86_400);
    pass(&shop, day).await;
    assert_eq!(ledger(&shop).purge(day).await.unwrap(), 0, "it is not settled");
    settle(&shop, "f", "b", REFUSED).await.unwrap();
    pass(&shop, day).await;
    assert_eq!(ledger(&shop).purge(day).await.unwrap(), 1);
    let refunds = claim(&shop, "f").await;
    assert_eq!((references(&refunds), refunds[0].request()), (vec!["b"], None));
    assert_eq!(settle(&shop, "f", "b", DONE).await.unwrap(), RefundState::NeedsAPerson);
    assert_eq!(of(&shop, &payment).await.rows[0].file.as_deref(), Some("f"));
}
