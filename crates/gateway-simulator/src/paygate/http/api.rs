//! The API: what the library can do, as JSON, for shops and tests in other languages.

pub(crate) mod answer;
mod control;
mod describe;
mod inspect;
mod read;

use super::guard;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

/// All below `/api`, for this machine alone.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let resource = |path: &str| {
        let wrong = || async { answer::error(StatusCode::METHOD_NOT_ALLOWED, "not by this method") };
        web::resource(path.to_owned()).default_service(web::to(wrong))
    };
    config.service(
        web::scope("/api")
            .wrap(from_fn(guard::api))
            .service(resource("/payments").route(web::get().to(read::payments)))
            .service(resource("/payments/{pay_id}").route(web::get().to(read::payment)))
            .service(resource("/payments/{pay_id}/settle").route(web::post().to(control::settle)))
            .service(resource("/payments/{pay_id}/resend").route(web::post().to(control::resend)))
            .service(resource("/refused").route(web::get().to(read::refused)))
            .service(
                resource("/faults")
                    .route(web::get().to(control::faults))
                    .route(web::put().to(control::set_faults)),
            )
            .service(
                resource("/clock")
                    .route(web::get().to(control::clock))
                    .route(web::post().to(control::advance)),
            )
            .service(resource("/inspect").route(web::post().to(inspect::inspect)))
            .default_service(web::to(|| async {
                answer::error(StatusCode::NOT_FOUND, "there is no such path in the API")
            })),
    );
}
