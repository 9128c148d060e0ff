//! Starting a shop: its database, its simulator where it is a demo, and its server in a thread of its own.

use super::{Shared, routes};
use crate::app::AppError;
use crate::callbacks;
use crate::clerks;
use crate::keeper::Door;
use crate::security::secret;
use crate::settings::{Account, BadPublicUrl, Config, callback_url};
use crate::store::{OpenError, Store};
use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::{Data, FormConfig, PathConfig, QueryConfig};
use actix_web::{App, HttpServer};
use gateway_http::{Courier, ReqwestTransport, TokioClock};
use gateway_simulator::paygate::Simulator;
use paygate::trustly::Urls;
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, MerchantId};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

/// A shop that runs until it is dropped.
#[must_use = "a shop stops when it is dropped"]
pub struct Shop {
    url: String,
    made_up_password: Option<String>,
    store: Store,
    server: ServerHandle,
    thread: Option<JoinHandle<io::Result<()>>>,
    // Behind the server: what it still answers, the simulator may still ask for.
    simulator: Option<Simulator>,
}

/// A shop cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken.
    #[error("cannot listen on port {port} of 127.0.0.1: {error}")]
    Port {
        /// Which.
        port: u16,
        /// Why.
        error: io::Error,
    },
    /// The database is not to be used.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The public address is none.
    #[error("SHOP_PUBLIC_URL: {0}")]
    Url(#[from] BadPublicUrl),
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] secret::NoRandom),
    /// No name for a throw-away account.
    #[error(transparent)]
    Account(#[from] paygate::FormatError),
    /// No throw-away keys.
    #[error(transparent)]
    Key(#[from] paygate::KeyError),
    /// No calls to Paygate.
    #[error(transparent)]
    Transport(#[from] gateway_http::SetupError),
    /// No thread, no simulator, no server.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Shop {
    /// Starts it, and returns when it answers.
    ///
    /// # Errors
    ///
    /// If the port is taken, or the database is not to be used.
    pub fn start(config: Config) -> Result<Self, StartError> {
        let port = config.port;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| StartError::Port { port, error })?;
        let url = format!("http://{}", listener.local_addr()?);
        let (simulator, merchant) = match config.account {
            Account::Demo(setup) => {
                let simulator = setup(Simulator::builder(throw_away()?)).start()?;
                let merchant = simulator.merchant();
                (Some(simulator), merchant)
            }
            Account::Own(merchant) => (None, *merchant),
        };
        // A Paygate on this machine is a simulator, whoever started it.
        let demo = merchant.endpoint().is_loopback_http();
        let public = config.public_url.as_deref().unwrap_or(&url);
        let urls = Urls {
            success: callback_url(public, "success")?,
            failure: callback_url(public, "failure")?,
            notify: callback_url(public, "notify")?,
        };
        let made_up_password = match &config.keeper_password {
            Some(_) => None,
            None => Some(secret::random()?),
        };
        let password = config.keeper_password.or_else(|| made_up_password.clone()).unwrap_or_default();
        let (started, start) = mpsc::channel();
        let run = move || {
            System::new().block_on(async move {
                let prepared = async {
                    let store = Store::open(&config.place, demo).await?;
                    let keeper = Door::new(&password);
                    let courier = match config.courier {
                        Some(courier) => courier,
                        None => Courier::new(ReqwestTransport::new()?, TokioClock),
                    };
                    let shared = Data::new(Shared::new(store.clone(), merchant, urls, keeper, courier));
                    Ok((store, server(listener, &shared)?, shared))
                };
                // In either case, the receiver waits.
                match prepared.await {
                    Ok((store, server, shared)) => {
                        let _ = started.send(Ok((store, server.handle())));
                        // What was stored is stored: nobody waits for the connections that others still use.
                        tokio::select! {
                            ended = server => ended,
                            () = clerks::work(&shared) => Ok(()),
                        }
                    }
                    Err(error) => {
                        let _ = started.send(Err(error));
                        Ok(())
                    }
                }
            })
        };
        let thread = thread::Builder::new().name("shop".to_owned()).spawn(run)?;
        match start.recv() {
            Ok(Ok((store, server))) => {
                Ok(Self { url, made_up_password, store, server, thread: Some(thread), simulator })
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(io::Error::other("the shop's thread stopped before it had started").into()),
        }
    }

    /// Where it listens, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The simulator of a demo.
    #[must_use]
    pub fn simulator(&self) -> Option<&Simulator> {
        self.simulator.as_ref()
    }

    /// The shopkeeper's password, where it was made up.
    #[must_use]
    pub fn made_up_password(&self) -> Option<&str> {
        self.made_up_password.as_deref()
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// There is no access log: the addresses that browsers come back to hold `Data`.
fn server(listener: TcpListener, shared: &Data<Shared>) -> io::Result<actix_web::dev::Server> {
    let extractors = callbacks::extractors(&shared.merchant, &shared.store).map_err(io::Error::other)?;
    let shared = shared.clone();
    let app = move || {
        App::new()
            .app_data(extractors.clone())
            .app_data(shared.clone())
            .app_data(FormConfig::default().error_handler(|_, _| AppError::Form.into()))
            .app_data(PathConfig::default().error_handler(|_, _| AppError::NotFound.into()))
            .app_data(QueryConfig::default().error_handler(|_, _| AppError::NotFound.into()))
            .configure(routes)
    };
    Ok(HttpServer::new(app).workers(2).disable_signals().listen(listener)?.run())
}

/// An account whose keys nobody else has, and that ends with the process.
fn throw_away() -> Result<Merchant, StartError> {
    let encryption = EncryptionKey::blowfish_from_text(&secret::random()?)?;
    let mac = MacKey::from_text(&secret::random()?)?;
    let id = MerchantId::new("demo_shop")?;
    Ok(Merchant::new(id, KeyRing::new(KeyPair::new(encryption, mac))).marked_as_test())
}
