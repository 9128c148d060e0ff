//! The world: a shop of two processes on one database, every deed of which is done once for each content.

use crate::content::{Content, Pen};
use crate::deeds::{Deed, Outcome};
use crate::event::{COSTS, Event, FIRST, PAYMENTS, merchants};
use crate::mutant::Mutant;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlFailure, UrlNotify, UrlSuccess};
use gateway_http::{Courier, ReqwestTransport, TokioClock};
use gateway_inbox::{Asking, Claim, Key, Sending};
use paygate::trustly::Urls;
use paygate::{Attempt, CallbackUrl, Currency, Money, ReqId, TransId, Trustly, testing};
use shop::app::Shared;
use shop::keeper::Door;
use shop::store::{Customer, Item, NewAttempt, Order, Place, Store, Turn, Want};
use std::collections::HashMap;
use std::path::Path;
use std::pin::Pin;
use std::rc::Rc;
use tempfile::TempDir;

/// A page of the shopkeeper's with the form for a refund.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) once: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) cents: u64,
}

impl Form {
    /// What makes two refunds one, as SQL has it.
    fn key(&self) -> String {
        format!("X'{}'", hex::encode_upper(Key::of("shop refund", [self.once, "1"]).as_bytes()))
    }
}

/// Hands a request to a process, and tells what it was answered with.
pub(crate) type Answering = Box<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = u16>>>>;

/// One of two processes on the same database.
pub(crate) struct Process {
    pub(crate) store: Store,
    pub(crate) shop: Shared,
    pub(crate) answering: Answering,
}

/// What came of a deed.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) content: usize,
    pub(crate) outcome: Outcome,
    /// The refunds that were written, so that what was asked or read before counts no more.
    pub(crate) moved: Vec<i64>,
}

pub(crate) struct World {
    pub(crate) pen: Pen,
    pub(crate) processes: [Process; 2],
    pub(crate) events: Vec<Event>,
    pub(crate) forms: Vec<Form>,
    pub(crate) mutant: Option<Mutant>,
    pub(crate) contents: Vec<Rc<Content>>,
    numbers: HashMap<Rc<Content>, usize>,
    came: HashMap<(usize, Deed), Came>,
    orders: HashMap<usize, Rc<Order>>,
    /// Claims as workers have them in their memory, by delivery and whether the row said that it was acknowledged.
    pub(crate) claims: HashMap<(i64, bool), Vec<Claim>>,
    pub(crate) sendings: HashMap<i64, Sending>,
    pub(crate) askings: HashMap<(i64, u64), Asking>,
    /// How many deeds were done.
    pub(crate) deeds: usize,
    // Behind all that has files open in it.
    _folder: TempDir,
}

impl World {
    /// A customer has left for Paygate with one order.
    pub(crate) async fn open(events: Vec<Event>, forms: Vec<Form>, mutant: Option<Mutant>) -> (Self, usize) {
        // Where a folder is in the memory of the machine, a commit costs less.
        let folder = if Path::new("/dev/shm").is_dir() {
            tempfile::tempdir_in("/dev/shm")
        } else {
            tempfile::tempdir()
        };
        let folder = folder.unwrap();
        let processes = [process(folder.path()).await, process(folder.path()).await];
        place(&processes[0].store).await;
        let mut pen = Pen::open(&folder.path().join("shop.sqlite")).await;
        for pay_id in PAYMENTS {
            pen.number("payments", &format!("'{}' '{pay_id}'", testing::MERCHANT_ID.as_str()));
        }
        for form in &forms {
            pen.number("gateway_refunds", &form.key());
        }
        let (first, _) = pen.read().await;
        let mut world = Self {
            pen,
            processes,
            events,
            forms,
            mutant,
            contents: Vec::new(),
            numbers: HashMap::new(),
            came: HashMap::new(),
            orders: HashMap::new(),
            claims: HashMap::new(),
            sendings: HashMap::new(),
            askings: HashMap::new(),
            deeds: 0,
            _folder: folder,
        };
        let first = world.number(first);
        (world, first)
    }

    pub(crate) fn number(&mut self, content: Content) -> usize {
        let next = self.contents.len();
        let content = Rc::new(content);
        let number = *self.numbers.entry(Rc::clone(&content)).or_insert(next);
        if number == next {
            self.contents.push(content);
        }
        number
    }

    /// Does a deed on a content, unless that was done before.
    pub(crate) async fn after(&mut self, content: usize, deed: Deed) -> Came {
        if let Some(came) = self.came.get(&(content, deed)) {
            return came.clone();
        }
        self.deeds += 1;
        let came = self.perform(content, deed).await;
        self.came.insert((content, deed), came.clone());
        came
    }

    /// The order, as the shop itself sees it.
    pub(crate) async fn order(&mut self, content: usize) -> Rc<Order> {
        if let Some(order) = self.orders.get(&content) {
            return Rc::clone(order);
        }
        self.pen.write(&Rc::clone(&self.contents[content]), 1000).await;
        let order = Rc::new(self.processes[0].store.order(1).await.unwrap().unwrap());
        self.orders.insert(content, Rc::clone(&order));
        order
    }

    pub(crate) fn once(&self, form: usize) -> String {
        self.forms[form].key()
    }

    /// Some columns of a table's rows.
    pub(crate) fn rows<const N: usize>(
        &self,
        content: usize,
        table: &str,
        columns: [&str; N],
    ) -> Vec<[&str; N]> {
        self.contents[content].rows(&self.pen, table, columns)
    }
}

async fn process(folder: &Path) -> Process {
    let store = Store::open(&Place::Folder(folder.to_owned()), true).await.unwrap();
    let url = |path| CallbackUrl::new(format!("https://tea.example/{path}")).unwrap();
    let urls = Urls { success: url("success"), failure: url("failure"), notify: url("notify") };
    // Nothing is sent: what Paygate answers, the walk says.
    let courier = Courier::new(ReqwestTransport::new().unwrap(), TokioClock);
    let shop = Shared::new(store.clone(), testing::merchant(), urls, Door::new("x"), courier);
    let answering = answering(&store).await;
    Process { store, shop, answering }
}

/// As the shop takes callbacks, but for the browser's page, which would wait for the worker.
async fn answering(store: &Store) -> Answering {
    let page = CheckingPage::new("/checking").unwrap();
    let callbacks = Callbacks::new(merchants(), page).with_inbox(store.inbox().clone());
    let app = App::new()
        .app_data(callbacks)
        .route("/notify", web::post().to(async |_: UrlNotify<Trustly>| Ack))
        .route("/success", web::get().to(async |_: UrlSuccess<Trustly>| HttpResponse::Ok()))
        .route("/failure", web::get().to(async |_: UrlFailure<Trustly>| HttpResponse::Ok()));
    let app = Rc::new(init_service(app).await);
    Box::new(move |request| {
        let app = Rc::clone(&app);
        Box::pin(async move { call_service(&*app, request.to_request()).await.status().as_u16() })
    })
}

/// One packet for the first attempt, and two for the second one.
pub(crate) fn want(attempt: usize) -> Want {
    let name = || "Sencha".to_owned();
    Want {
        customer: Customer {
            first_name: "Anna".to_owned(),
            last_name: "Müller".to_owned(),
            email: "anna@example.com".to_owned(),
            country: "DE".to_owned(),
        },
        items: vec![Item {
            product: "sencha".to_owned(),
            name: name(),
            quantity: u32::try_from(attempt + 1).unwrap(),
            price: COSTS[0],
        }],
        costs: Money::new(COSTS[attempt], Currency::EUR).unwrap(),
    }
}

/// Registers an attempt, and lets the customer leave with it.
pub(crate) async fn leave(store: &Store, turn: &mut Turn<'_>, order: i64, attempt: usize, trans_id: &str) {
    let new = NewAttempt {
        order,
        once: trans_id,
        attempt: Attempt::new::<Trustly>(testing::MERCHANT_ID, TransId::new(trans_id).unwrap()),
        req_id: ReqId::new("a0").unwrap(),
        want: &want(attempt),
    };
    let row = store.register(turn, &new).await.unwrap();
    store.redirected(turn, &row).await.unwrap();
}

async fn place(store: &Store) {
    let mut change = store.change().await.unwrap();
    let mut turn = Turn::of_session(&mut change, "a session").await.unwrap();
    let cart = "INSERT INTO cart_items (session, product, quantity) VALUES ('a session', 'sencha', 3)";
    sqlx::query(cart).execute(&mut *turn).await.unwrap();
    let order = store.place(&mut turn, "a token").await.unwrap();
    leave(store, &mut turn, order, 0, FIRST).await;
    change.commit().await.unwrap();
}
