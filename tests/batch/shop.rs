//! The shop: a server for callbacks, and processes that each have an inbox, a ledger and an outbox of their own in one folder.

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlFailure, UrlNotify, UrlSuccess};
use gateway_inbox::paygate::batch::{BatchFiles, SettleFileError, Written};
use gateway_inbox::paygate::{GATEWAY, payment_key};
use gateway_inbox::{
    Answer, Begun, Channel, Inbox, Key, NewRefund, PaidPayment, RefundError, RefundRow, RefundState, Refunds,
};
use gateway_simulator::paygate::{BatchRules, Simulator};
use paygate::follow_ups::credit::CreditRequest;
use paygate::trustly::Urls;
use paygate::{
    Call, CallbackUrl, CreditState, Currency, Merchant, MerchantId, Money, PayId, ReqId, StoredCredit,
    TransId, Trustly, testing,
};
use paygate_batch::{BatchDate, FileName, Layout, Outbox, Reconciled, Record, Transport};
use sqlx::{Sqlite, SqlitePool};
use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

/// What each order costs: 19.99 EUR.
pub(crate) const PRICE: u64 = 1999;

pub(crate) struct Shop {
    pub(crate) simulator: Simulator,
    /// The process in which most things happen.
    pub(crate) process: Process,
    folder: TempDir,
    origin: String,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// What a process of the shop has: connections and files of its own.
pub(crate) struct Process {
    pub(crate) inbox: Inbox<Sqlite>,
    pub(crate) files: BatchFiles<Sqlite>,
    pub(crate) merchant: Merchant,
}

async fn notify(_: UrlNotify<Trustly>) -> Ack {
    Ack
}

async fn success(_: UrlSuccess<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
    page.get_ref().clone()
}

async fn failure(_: UrlFailure<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
    page.get_ref().clone()
}

async fn inbox(folder: &Path) -> Inbox<Sqlite> {
    let options = gateway_inbox::durable(&folder.join("shop.sqlite"));
    Inbox::open(SqlitePool::connect_with(options).await.unwrap()).await.unwrap()
}

impl Process {
    async fn open(folder: &Path, merchant: Merchant) -> Self {
        let inbox = inbox(folder).await;
        let layout = Layout::new("2.1".parse().unwrap());
        let outbox = Outbox::new(folder.join("outbox"));
        let files = BatchFiles::new(inbox.ledger(), outbox, *merchant.id(), layout, Transport::Sftp);
        Self { inbox, files, merchant }
    }

    pub(crate) fn key(&self, pay_id: &PayId) -> Key {
        payment_key(self.merchant.id(), pay_id)
    }

    /// What the ledger holds of a payment.
    pub(crate) async fn of(&self, pay_id: &PayId) -> Refunds {
        self.inbox.ledger().of(&self.key(pay_id)).await.unwrap()
    }

    pub(crate) async fn row(&self, pay_id: &PayId, trans_id: &str) -> RefundRow {
        let rows = self.of(pay_id).await.rows;
        rows.into_iter().find(|row| row.reference.as_deref() == Some(trans_id)).unwrap()
    }

    pub(crate) async fn state(&self, pay_id: &PayId, trans_id: &str) -> RefundState {
        self.row(pay_id, trans_id).await.state
    }

    /// Begins a refund that goes in a file.
    pub(crate) async fn begin(
        &self,
        pay_id: PayId,
        trans_id: &str,
        units: u64,
    ) -> Result<Begun, RefundError> {
        let record = Record::new(eur(units), TransId::new(trans_id).unwrap(), pay_id).forget();
        let line = self.files.request(&record).unwrap();
        self.begin_by(Channel::Batch, &pay_id, units, trans_id, &line).await
    }

    /// Begins one that goes online.
    pub(crate) async fn begin_online(&self, pay_id: PayId, units: u64) -> Result<Begun, RefundError> {
        let (trans_id, req_id) = (TransId::random().unwrap(), ReqId::random().unwrap());
        let request = CreditRequest::builder(pay_id, trans_id, eur(units)).req_id(req_id).build();
        let call = self.merchant.credit(&request).unwrap();
        self.begin_by(Channel::Online, &pay_id, units, req_id.as_str(), call.request().body()).await
    }

    pub(crate) async fn begin_by(
        &self,
        channel: Channel,
        pay_id: &PayId,
        amount: u64,
        reference: &str,
        request: &[u8],
    ) -> Result<Begun, RefundError> {
        let key = self.key(pay_id);
        let payment = PaidPayment { gateway: GATEWAY, key, paid: PRICE, currency: "EUR" };
        let seen = self.of(pay_id).await.taken;
        let (once, account) = (Key::of("form", [reference]), self.files.account());
        let refund = NewRefund { payment, amount, seen, once, channel, account, reference, request };
        let mut change = self.inbox.begin().await.unwrap();
        let begun = self.inbox.ledger().begin(&mut change, &refund).await;
        change.commit().await.unwrap();
        begun
    }

    /// Sends one of the refunds that go online; tells whether there was one.
    pub(crate) async fn send(&self, simulator: &Simulator) -> bool {
        let ledger = self.inbox.ledger();
        let Some(sending) = ledger.claim_to_send(Duration::from_secs(60)).await.unwrap() else {
            return false;
        };
        let pay_ids = simulator.transactions().into_iter().map(|payment| payment.pay_id);
        let pay_id = pay_ids.into_iter().find(|pay_id| self.key(pay_id) == sending.payment()).unwrap();
        let (trans_id, req_id) = (TransId::random().unwrap(), ReqId::new(sending.reference()).unwrap());
        let stored = StoredCredit { pay_id, trans_id, req_id, body: sending.request().unwrap() };
        let call = self.merchant.credit_again(&stored).unwrap();
        // Its TransID is not kept here, and so the answer is not read but looked for in the simulator's books.
        let before = simulator.payment(&pay_id).unwrap().credited();
        drop(simulator.carry(call.request()).await.unwrap());
        let after = simulator.payment(&pay_id).unwrap().credited();
        let answer = if after > before { Answer::Done } else { Answer::Refused { why: "refused" } };
        let mut change = self.inbox.begin().await.unwrap();
        sending.settle(&ledger, &mut change, answer).await.unwrap();
        change.commit().await.unwrap();
        true
    }

    pub(crate) async fn write(&self) -> Option<Written> {
        self.files.write(today(), 10_000).await.unwrap()
    }

    /// Settles by an answer; where it is refused, nothing stays of it.
    pub(crate) async fn settle(
        &self,
        name: FileName,
        answered: &[u8],
    ) -> Result<Reconciled, SettleFileError> {
        let mut change = self.inbox.begin().await.unwrap();
        let settled = self.files.settle(&mut change, name, answered).await;
        match settled {
            Ok(_) => change.commit().await.unwrap(),
            Err(_) => change.rollback().await.unwrap(),
        }
        settled
    }
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
        let merchant = simulator.merchant();
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("outbox")).unwrap();
        let process = Process::open(folder.path(), merchant.clone()).await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (started, start) = mpsc::channel();
        let path = folder.path().to_owned();
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let page = CheckingPage::new("/checking").unwrap();
                let callbacks = Callbacks::new(merchant, page.clone()).with_inbox(inbox(&path).await);
                let page = Data::new(page);
                let app = move || {
                    App::new()
                        .app_data(callbacks.clone())
                        .app_data(page.clone())
                        .route("/success", web::get().to(success))
                        .route("/failure", web::get().to(failure))
                        .route("/notify", web::post().to(notify))
                };
                let server =
                    HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = start.recv().unwrap();
        Self { simulator, process, folder, origin, server, thread: Some(thread) }
    }

    /// Another process of the same shop.
    pub(crate) async fn another(&self) -> Process {
        Process::open(self.folder.path(), self.simulator.merchant()).await
    }

    /// An order is paid, and Paygate's server was told that this is stored.
    pub(crate) async fn paid(&self, trans_id: &str) -> PayId {
        let url = |path: &str| CallbackUrl::new(format!("{}/{path}", self.origin)).unwrap();
        let urls = Urls { success: url("success"), failure: url("failure"), notify: url("notify") };
        let request = testing::request_builder(trans_id, PRICE, &urls).build();
        let sealed = self.simulator.merchant().seal(&request).unwrap();
        self.simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
        self.simulator.idle().await;
        let payment = self.simulator.transaction(&request.trans_id).unwrap();
        assert!(payment.acknowledged);
        payment.pay_id
    }

    /// As many orders, one after the other.
    pub(crate) async fn several_paid(&self, count: usize) -> Vec<PayId> {
        let mut pay_ids = Vec::new();
        for number in 1..=count {
            pay_ids.push(self.paid(&format!("order-{number}")).await);
        }
        pay_ids
    }

    /// One payment and three refunds of it, and the file in which they are: `r-1` of 5.00 EUR, `r-2` of 6.00, `r-3` of 7.00.
    pub(crate) async fn with_a_file() -> (Self, PayId, Written) {
        let shop = Self::open().await;
        let pay_id = shop.paid("order-1").await;
        for (trans_id, units) in [("r-1", 500), ("r-2", 600), ("r-3", 700)] {
            assert!(matches!(shop.process.begin(pay_id, trans_id, units).await.unwrap(), Begun::New(_)));
        }
        let file = shop.process.write().await.unwrap();
        (shop, pay_id, file)
    }

    /// Paygate carries a file out, with these rules; its answer.
    pub(crate) fn answered(&self, file: &Path, rules: &[&str]) -> Vec<u8> {
        let rules: BatchRules = rules.iter().map(|rule| rule.parse().unwrap()).collect();
        fs::read(self.simulator.batch_file(file, &rules).unwrap()).unwrap()
    }

    /// The answer of a file that was carried out before.
    pub(crate) fn answer_of(&self, file: &Path) -> Vec<u8> {
        let name = file.file_name().unwrap().to_str().unwrap();
        fs::read(self.outbox().join(name.replacen('T', "P", 1))).unwrap()
    }

    /// Gives money back on Paygate's own pages, of which the ledger knows nothing.
    pub(crate) async fn credit_elsewhere(&self, pay_id: PayId, units: u64) {
        let trans_id = TransId::random().unwrap();
        let request = CreditRequest::builder(pay_id, trans_id, eur(units)).build();
        let call = self.simulator.merchant().credit(&request).unwrap();
        let answer = call.read(&self.simulator.carry(call.request()).await.unwrap()).unwrap();
        assert_eq!(answer.state(), CreditState::Done);
    }

    pub(crate) fn credited(&self, pay_id: &PayId) -> u64 {
        self.simulator.payment(pay_id).unwrap().credited()
    }

    /// What nobody may ever find otherwise, once all is settled: the ledger and Paygate have given back the same, and no more than
    /// was paid.
    pub(crate) async fn the_books_agree(&self, pay_ids: &[PayId]) {
        for pay_id in pay_ids {
            let refunds = self.process.of(pay_id).await;
            assert_eq!(refunds.done, self.credited(pay_id), "{refunds:?}");
            assert!(refunds.taken <= PRICE && refunds.rows.iter().all(|row| row.state.is_settled()));
        }
    }

    /// The files that were handed over, by name, and what stands in them.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let names: BTreeSet<_> = self.names().into_iter().filter(|name| name.starts_with('T')).collect();
        let read = |name: &String| fs::read_to_string(self.outbox().join(name)).unwrap();
        names.into_iter().map(|name| (name.clone(), read(&name))).collect()
    }

    pub(crate) fn outbox(&self) -> PathBuf {
        self.folder.path().join("outbox")
    }

    /// All that lies in the outbox, also what nobody hands over.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.outbox()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    pub(crate) fn merchant_id(&self) -> MerchantId {
        *self.simulator.merchant().id()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

pub(crate) fn eur(units: u64) -> Money {
    Money::new(units, Currency::EUR).unwrap()
}

pub(crate) fn today() -> BatchDate {
    BatchDate::new(2026, 11, 22).unwrap()
}

/// The name that the ledger has written beside a refund.
pub(crate) fn name_of(row: &RefundRow) -> FileName {
    FileName::parse(row.file.as_deref().unwrap(), Transport::Sftp).unwrap()
}
