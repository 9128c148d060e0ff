//! The server: which path leads where.

use super::super::desk::Desk;
use super::{bank, files};
use actix_web::dev::Server;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

/// How large a request may be; as much as the shop's side takes.
const MAX_BODY: usize = 64 * 1024;

pub(crate) fn server(listener: TcpListener, desk: Arc<Desk>) -> io::Result<Server> {
    let app = move || {
        App::new()
            .app_data(Data::from(Arc::clone(&desk)))
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .route("/healthz", web::get().to(|| async { HttpResponse::Ok().body("ok\n") }))
            .service(web::resource("/bank/{token}").route(web::post().to(bank::decide)))
            .service(
                web::resource("/{file}").route(web::get().to(files::file)).route(web::post().to(files::file)),
            )
    };
    Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
}
