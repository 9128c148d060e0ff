//! The types of `gateway-inbox` for refunds, all of which are about amounts.

use crate::canary::{CENTS, NAME, PAY_ID, merchant};
use crate::shown::Shown;
use crate::{exhibit, inbox};
use gateway_inbox::paygate::GATEWAY;
use gateway_inbox::paygate::batch::{BatchFiles, FileFault, SettleFileError, WriteFileError};
use gateway_inbox::{
    Answer, Begun, Channel, DecideError, Decision, Elsewhere, FileAnswer, Inbox, Key, NewRefund, PaidPayment,
    RefundError, RefundId, RefundRules, SettleError,
};
use paygate::{Currency, Money, PayId, TransId};
use paygate_batch::{BatchDate, FileName, Layout, Outbox, OutboxError, Record, Transport};
use sqlx::Sqlite;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

async fn begin(inbox: &Inbox<Sqlite>, refund: &NewRefund<'_>) -> Result<Begun, RefundError> {
    let mut change = inbox.begin().await.unwrap();
    let begun = inbox.ledger().begin(&mut change, refund).await;
    change.commit().await.unwrap();
    begun
}

pub(crate) async fn show(shown: &mut Shown) {
    let folder = tempfile::tempdir().unwrap();
    let inbox = inbox::open(&folder).await;
    let key = inbox::store(shown, &inbox).await;
    let ledger = inbox.ledger();
    let payment = PaidPayment { gateway: GATEWAY, key, paid: 3 * CENTS, currency: "EUR" };
    let request = format!("FirstName={NAME}&Amount={CENTS}");
    let refund = NewRefund {
        payment,
        amount: CENTS,
        seen: 0,
        once: Key::of("form", ["1"]),
        channel: Channel::Online,
        account: "shop",
        reference: "r1",
        request: request.as_bytes(),
    };
    let elsewhere = Elsewhere { payment, amount: CENTS, seen: 0, once: Key::of("form", ["2"]), note: NAME };
    exhibit!(shown, ledger, payment, refund, elsewhere, RefundRules::default());
    exhibit!(shown, begin(&inbox, &refund).await.unwrap());
    for refused in [
        NewRefund { seen: 1, once: Key::of("form", ["3"]), ..refund },
        NewRefund { amount: 3 * CENTS, seen: CENTS, once: Key::of("form", ["4"]), reference: "r4", ..refund },
        NewRefund { payment: PaidPayment { paid: CENTS, ..payment }, once: Key::of("form", ["5"]), ..refund },
    ] {
        let refused = begin(&inbox, &refused).await.unwrap_err();
        exhibit!(shown, refused);
    }
    exhibit!(shown, RefundError::Changed { taken: CENTS }, RefundError::TooMuch { left: CENTS });

    let sending = ledger.claim_to_send(LEASE).await.unwrap().unwrap();
    exhibit!(shown, sending, sending.id());
    let mut change = inbox.begin().await.unwrap();
    sending.settle(&ledger, &mut change, Answer::Unknown { why: "no answer" }).await.unwrap();
    change.commit().await.unwrap();
    sqlx::query("UPDATE gateway_refunds SET due_at = 0").execute(inbox.pool()).await.unwrap();
    exhibit!(shown, ledger.claim_to_ask(LEASE).await.unwrap().unwrap());
    let mut change = inbox.begin().await.unwrap();
    let refused: DecideError =
        ledger.decide(&mut change, RefundId::new(99), Decision::AskAgain, NAME).await.unwrap_err();
    drop(change);
    exhibit!(shown, refused, SettleError::Lost);
    files(shown, &refund).await;
    let refunds = ledger.of(&key).await.unwrap();
    assert!(!refunds.rows.is_empty());
    exhibit!(shown, refunds, refunds.rows[0]);
}

async fn files(shown: &mut Shown, refund: &NewRefund<'_>) {
    let folder = tempfile::tempdir().unwrap();
    let inbox = &inbox::open(&folder).await;
    let _ = inbox::store(shown, inbox).await;
    let merchant_id = *merchant().id();
    let layout = Layout::new("2.1".parse().unwrap());
    let files =
        BatchFiles::new(inbox.ledger(), Outbox::new(folder.path()), merchant_id, layout, Transport::Sftp);
    let pay_id = PayId::from_static(PAY_ID);
    let record =
        Record::new(Money::new(CENTS, Currency::EUR).unwrap(), TransId::from_static("r2"), pay_id).forget();
    let line = files.request(&record).unwrap();
    let refund = NewRefund {
        once: Key::of("form", ["6"]),
        channel: Channel::Batch,
        account: files.account(),
        reference: "r2",
        request: &line,
        ..*refund
    };
    let _ = begin(inbox, &refund).await.unwrap();
    let date = BatchDate::new(2026, 11, 22).unwrap();
    let written = files.write(date, 10).await.unwrap().unwrap();
    exhibit!(shown, files, written);
    let claimed =
        inbox.ledger().claim_for_file(GATEWAY, files.account(), &written.name.to_string(), 10).await.unwrap();
    for refund in &claimed.refunds {
        exhibit!(shown, *refund);
    }
    exhibit!(shown, claimed);
    let mut change = inbox.begin().await.unwrap();
    let answer = format!("HEAD,{NAME},{CENTS}\n");
    let refused: SettleFileError =
        files.settle(&mut change, written.name, answer.as_bytes()).await.unwrap_err();
    drop(change);
    exhibit!(shown, refused);
    let missing = FileName::parse("T20261123001test_merchant.dat", Transport::Sftp).unwrap();
    let refused: WriteFileError = files.write_again(missing).await.unwrap_err();
    exhibit!(shown, refused, FileFault::Outbox(OutboxError::Full));
    exhibit!(shown, Answer::Done, FileAnswer::Done);
    // The shop's own words, of which it is told to leave persons out.
    let why = "code 21550053";
    exhibit!(shown, Answer::Refused { why }, Answer::Unknown { why }, Answer::NotSent { why });
    exhibit!(shown, FileAnswer::Refused { why }, FileAnswer::Unclear { why });
}
