//! A shop in a thread of its own, which remembers what its handlers and hooks saw.

use crate::client::{self, Response};
use actix_web::dev::ServerHandle;
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use gateway_actix::{
    Ack, Callbacks, CheckingPage, Inapplicable, NotStored, Redirect, Rejection, UrlFailure, UrlNotify,
    UrlSuccess,
};
use paygate::testing::{self, Callback};
use paygate::{Authentic, Expected, Merchant, Merchants, Outcome, Route, Trustly};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a body may take under `/impatient`; nothing genuine is sent there.
const IMPATIENT: Duration = Duration::from_millis(50);

/// What a handler saw of a callback.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) mid: String,
    pub(crate) trans_id: String,
    /// What it came to for [`attempt`], or why it does not bind.
    pub(crate) outcome: &'static str,
    pub(crate) issues: Vec<String>,
    pub(crate) city: Option<String>,
    pub(crate) pairs: usize,
}

/// What the hooks and handlers wrote down.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
    pub(crate) rejected: Arc<Mutex<Vec<(Route, &'static str)>>>,
    pub(crate) inapplicable: Arc<Mutex<Vec<Inapplicable>>>,
}

impl Notes {
    fn see(&self, callback: &Authentic<Trustly>) {
        let outcome = match callback.bind(&attempt()) {
            Err(error) => error.kind(),
            Ok(bound) => match bound.outcome() {
                Outcome::Paid(_) => "paid",
                Outcome::Open(_) => "open",
                Outcome::Failed(_) => "failed",
                Outcome::Authorized(_) => "authorized",
            },
        };
        self.seen.lock().unwrap().push(Seen {
            mid: callback.signed().mid().to_string(),
            trans_id: callback.trans_id().to_string(),
            outcome,
            issues: callback.issues().iter().map(ToString::to_string).collect(),
            city: callback.unsigned().text("AddrCity").map(std::borrow::Cow::into_owned),
            pairs: callback.pairs().count(),
        });
    }
}

/// The attempt that most tests are about.
pub(crate) fn attempt() -> Expected {
    testing::expected(&testing::merchant(), "order-1", 1999)
}

/// A form for it, sealed by the merchant of the tests.
pub(crate) fn form(callback: &Callback) -> String {
    callback.form(&testing::merchant()).unwrap()
}

pub(crate) fn page() -> CheckingPage {
    CheckingPage::new("/checking").unwrap()
}

async fn success(callback: UrlSuccess<Trustly>, notes: Data<Notes>) -> CheckingPage {
    notes.see(&callback);
    page()
}

async fn failure(callback: UrlFailure<Trustly>, notes: Data<Notes>) -> CheckingPage {
    notes.see(&callback);
    page()
}

async fn notify(callback: UrlNotify<Trustly>, notes: Data<Notes>) -> Ack {
    notes.see(&callback);
    Ack
}

/// The developer's mistake: the form is read first.
async fn notify_after_form(_: web::Bytes, callback: UrlNotify<Trustly>, notes: Data<Notes>) -> Ack {
    notes.see(&callback);
    Ack
}

/// The same mistake the other way round.
async fn notify_before_bytes(callback: UrlNotify<Trustly>, _: web::Bytes, notes: Data<Notes>) -> Ack {
    notes.see(&callback);
    Ack
}

async fn notify_before_form(
    callback: UrlNotify<Trustly>,
    _: web::Form<HashMap<String, String>>,
    notes: Data<Notes>,
) -> Ack {
    notes.see(&callback);
    Ack
}

async fn notify_before_json(callback: UrlNotify<Trustly>, _: web::Json<u8>, notes: Data<Notes>) -> Ack {
    notes.see(&callback);
    Ack
}

/// Looks at a rejection, and gives it back as the answer.
async fn notify_or_rejection(
    callback: Result<UrlNotify<Trustly>, Rejection>,
    notes: Data<Notes>,
) -> Result<Ack, Rejection> {
    let callback = callback?;
    notes.see(&callback);
    Ok(Ack)
}

async fn disk_full(_: UrlNotify<Trustly>) -> Result<Ack, NotStored> {
    Err(std::io::Error::from(std::io::ErrorKind::StorageFull))?;
    Ok(Ack)
}

async fn checkout(merchant: Data<Merchant>) -> Redirect {
    merchant.seal(&testing::request("order-1", 1999)).unwrap().redirect.into()
}

async fn checkout_with_nonce(merchant: Data<Merchant>) -> Redirect {
    let redirect: Redirect = merchant.seal(&testing::request("order-1", 1999)).unwrap().redirect.into();
    redirect.with_nonce("of-the-shop")
}

pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/success", web::route().to(success))
        .route("/failure", web::route().to(failure))
        .route("/notify", web::route().to(notify))
        .route("/notify-after-form", web::post().to(notify_after_form))
        .route("/notify-before-bytes", web::post().to(notify_before_bytes))
        .route("/notify-before-form", web::post().to(notify_before_form))
        .route("/notify-before-json", web::post().to(notify_before_json))
        .route("/notify-or-rejection", web::post().to(notify_or_rejection))
        .route("/disk-full", web::post().to(disk_full))
        .route("/checkout", web::get().to(checkout))
        .route("/checkout-with-nonce", web::get().to(checkout_with_nonce));
}

/// A running shop.
pub(crate) struct Shop {
    pub(crate) address: SocketAddr,
    pub(crate) notes: Notes,
    pub(crate) callbacks: Option<Callbacks>,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Shop {
    /// With one merchant, and a hook that stores whatever is for a person.
    pub(crate) fn open() -> Self {
        Self::of(testing::merchant())
    }

    pub(crate) fn of(merchants: impl Into<Merchants>) -> Self {
        Self::with(Callbacks::new(merchants, page()), |callbacks, notes| {
            callbacks.on_inapplicable(move |result| {
                notes.inapplicable.lock().unwrap().push(result);
                async { Ok::<(), NotStored>(()) }
            })
        })
    }

    /// With callbacks that `hooks` finishes.
    pub(crate) fn with(callbacks: Callbacks, hooks: impl FnOnce(Callbacks, Notes) -> Callbacks) -> Self {
        let notes = Notes::default();
        let rejected = notes.rejected.clone();
        let callbacks = hooks(callbacks, notes.clone()).on_reject(move |rejection| {
            rejected.lock().unwrap().push((rejection.route(), rejection.reason().kind()));
        });
        Self::start(Some(callbacks), notes)
    }

    /// Whose developer forgot the callbacks.
    pub(crate) fn without_callbacks() -> Self {
        Self::start(None, Notes::default())
    }

    fn start(callbacks: Option<Callbacks>, notes: Notes) -> Self {
        let (started, start) = mpsc::channel();
        let (of_app, in_app) = (callbacks.clone(), notes.clone());
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    let app = App::new()
                        .app_data(Data::new(in_app.clone()))
                        .app_data(Data::new(testing::merchant()))
                        .configure(routes);
                    match of_app.clone() {
                        Some(callbacks) => {
                            let impatient = callbacks.clone().with_timeout(IMPATIENT);
                            app.service(web::scope("/impatient").app_data(impatient).configure(routes))
                                .app_data(callbacks)
                        }
                        None => app,
                    }
                })
                .workers(1)
                .client_request_timeout(Duration::from_secs(20))
                .disable_signals()
                .bind(("127.0.0.1", 0))
                .unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                started.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = start.recv().unwrap();
        Self { address, notes, callbacks, handle, thread: Some(thread) }
    }

    pub(crate) fn send(&self, request: &[u8]) -> Response {
        client::send(self.address, request)
    }

    /// Posts a form to URLNotify.
    pub(crate) fn notify(&self, form: impl AsRef<[u8]>) -> Response {
        self.send(&client::post("/notify", client::FORM, form))
    }

    /// Of a request that a handler got: what it saw, this one time.
    pub(crate) fn seen(&self, request: &[u8], status: u16) -> Seen {
        let response = self.send(request);
        assert_eq!(response.status, status, "{response:?} {:?}", self.notes.rejected.lock().unwrap());
        let mut seen = self.notes.seen.lock().unwrap();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }

    /// The kind of the one rejection since the last time; no handler was called.
    pub(crate) fn kind(&self) -> &'static str {
        assert_eq!(*self.notes.seen.lock().unwrap(), [], "no handler is called");
        let mut rejected = self.notes.rejected.lock().unwrap();
        assert_eq!(rejected.len(), 1, "{rejected:?}");
        rejected.remove(0).1
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server panicked");
        }
    }
}
