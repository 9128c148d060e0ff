//! The server: one worker, and two routes that take the same body.

use crate::cpu::Thread;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer};
use gateway_actix::{Ack, Callbacks, NotStored, UrlNotify};
use paygate::{Expected, Trustly};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// What the straightforward handler takes.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct LenAndData {
    len: usize,
    data: String,
}

/// Decrypts, checks the MAC, and binds to the attempt.
async fn notify(callback: UrlNotify<Trustly>, expected: Data<Expected>) -> Result<Ack, NotStored> {
    let Ok(bound) = callback.bind(&expected) else {
        return Err(NotStored::new("no person here to store it for")); // a shop has one, and gives `Ack`
    };
    bound.paid().ok_or_else(|| NotStored::new("not paid"))?;
    Ok(Ack)
}

/// Reads the form, and checks nothing.
async fn form(form: web::Form<LenAndData>) -> HttpResponse {
    if form.len > form.data.len() { HttpResponse::BadRequest().finish() } else { HttpResponse::Ok().finish() }
}

/// Both routes, as the server has them and as they are called without one.
pub(crate) fn routes(callbacks: Callbacks, expected: Expected) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .app_data(callbacks)
            .app_data(Data::new(expected))
            .route("/notify", web::post().to(notify))
            .route("/form", web::post().to(form));
    }
}

/// A server that ends with the program.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    worker: Arc<Mutex<Option<Thread>>>,
}

impl Server {
    /// In a thread of its own; its worker has another one.
    pub(crate) fn start(callbacks: Callbacks, expected: Expected) -> Self {
        let (started, start) = mpsc::channel();
        let worker = Arc::new(Mutex::new(None));
        let told = worker.clone();
        thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    // The worker makes its app itself.
                    *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(Thread::current());
                    App::new().configure(routes(callbacks.clone(), expected))
                })
                .workers(1)
                .keep_alive(Duration::from_secs(60))
                .disable_signals()
                .bind(("127.0.0.1", 0))
                .expect("a port");
                started.send(server.addrs()[0]).expect("somebody waits");
                server.run().await.expect("a server");
            });
        });
        Self { address: start.recv().expect("a server"), worker }
    }

    /// How long its worker was on a CPU, once it has answered something.
    pub(crate) fn on_cpu(&self) -> Option<Duration> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.on_cpu()
    }
}
