//! The minimal shop: three routes, a table of attempts, and a list for a person.

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use gateway_actix::{Ack, Callbacks, CheckingPage, NotStored, UrlFailure, UrlNotify, UrlSuccess};
use paygate::testing;
use paygate::trustly::Urls;
use paygate::{CallbackUrl, Expected, Merchant, Outcome, Sealed, Signed, TransId, Trustly};
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Mutex, mpsc};
use std::thread::{self, JoinHandle};

/// How an attempt stands. A state never falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Redirected,
    Open,
    Failed,
    Paid,
}

#[derive(Default)]
pub(crate) struct Store {
    attempts: Mutex<HashMap<TransId, (Expected, State)>>,
    for_a_person: Mutex<Vec<Signed>>,
}

pub(crate) struct Shop {
    pub(crate) store: Data<Store>,
    pub(crate) callbacks: Callbacks,
    merchant: Merchant,
    origin: String,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

async fn notify(callback: UrlNotify<Trustly>, store: Data<Store>) -> Result<Ack, NotStored> {
    let mut attempts = store.attempts.lock().unwrap();
    let attempt = attempts.get_mut(callback.trans_id());
    let bound = attempt.and_then(|attempt| Some((callback.bind(&attempt.0).ok()?, attempt)));
    let state = bound.as_ref().and_then(|(bound, _)| match bound.outcome() {
        Outcome::Paid(_) => Some(State::Paid),
        Outcome::Open(_) => Some(State::Open),
        Outcome::Failed(_) => Some(State::Failed),
        Outcome::Authorized(_) => None,
    });
    match (bound, state) {
        (Some((bound, attempt)), Some(state)) => *attempt = (bound.expected(), attempt.1.max(state)),
        _ => store.for_a_person.lock().unwrap().push(*callback.signed()),
    }
    Ok(Ack)
}

/// A browser changes nothing; whether its callback is genuine shows in the counters.
async fn success(_: UrlSuccess<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
    page.get_ref().clone()
}

async fn failure(_: UrlFailure<Trustly>, page: Data<CheckingPage>) -> CheckingPage {
    page.get_ref().clone()
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/success", web::get().to(success))
        .route("/failure", web::get().to(failure))
        .route("/notify", web::post().to(notify));
}

impl Shop {
    pub(crate) fn open(merchant: Merchant) -> Self {
        let store = Data::new(Store::default());
        let page = CheckingPage::new("/checking").unwrap();
        let kept = store.clone();
        let callbacks = Callbacks::new(merchant.clone(), page.clone()).on_inapplicable(move |result| {
            let kept = kept.clone();
            async move {
                kept.for_a_person.lock().unwrap().push(*result.signed());
                Ok::<_, NotStored>(())
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (started, start) = mpsc::channel();
        let shared = (callbacks.clone(), Data::new(page), store.clone());
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let app = move || {
                    let (callbacks, page, store) = shared.clone();
                    App::new().app_data(callbacks).app_data(page).app_data(store).configure(routes)
                };
                let server =
                    HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = start.recv().unwrap();
        Self { store, callbacks, merchant, origin, server, thread: Some(thread) }
    }

    /// Registers an attempt, then seals its request.
    pub(crate) fn checkout(&self, trans_id: &str, cents: u64) -> Sealed {
        let url = |path: &str| CallbackUrl::new(format!("{}/{path}", self.origin)).unwrap();
        let urls = Urls { success: url("success"), failure: url("failure"), notify: url("notify") };
        let request = testing::request_builder(trans_id, cents, &urls).build();
        let sealed = self.merchant.seal(&request).unwrap();
        let attempt = (sealed.expected, State::Redirected);
        self.store.attempts.lock().unwrap().insert(request.trans_id, attempt);
        sealed
    }

    pub(crate) fn state(&self, trans_id: &str) -> State {
        self.store.attempts.lock().unwrap()[&TransId::new(trans_id).unwrap()].1
    }

    pub(crate) fn for_a_person(&self) -> usize {
        self.store.for_a_person.lock().unwrap().len()
    }

    /// What was refused: route, kind and how often.
    pub(crate) fn refused(&self) -> String {
        let counts = self.callbacks.counts();
        let mut refused: Vec<_> = counts
            .iter()
            .filter(|(_, kind, _)| *kind != "accepted")
            .map(|(route, kind, count)| format!("{count} {route} {kind}"))
            .collect();
        refused.sort();
        if refused.is_empty() { "none".to_owned() } else { refused.join(", ") }
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
