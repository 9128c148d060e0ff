//! The server: which path leads where.

use super::super::desk::Desk;
use super::{api, bank, console, files, page};
use actix_web::body::MessageBody;
use actix_web::dev::Server;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, Error, HttpResponse, HttpServer};
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
            .wrap(from_fn(told))
            .route("/healthz", web::get().to(|| async { HttpResponse::Ok().body("ok\n") }))
            .configure(console::routes)
            .configure(api::routes)
            .route("/style.css", web::get().to(page::style))
            .service(
                web::resource("/bank/{token}")
                    .route(web::get().to(bank::show))
                    .route(web::post().to(bank::decide)),
            )
            .route("/bank/{token}/log-in", web::post().to(bank::log_in))
            .service(
                web::resource("/{file}").route(web::get().to(files::file)).route(web::post().to(files::file)),
            )
    };
    Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
}

/// Whatever was asked may have changed something: whoever waits for changes looks again.
async fn told(
    desk: Data<Desk>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(request).await;
    desk.done.send_replace(());
    response
}
