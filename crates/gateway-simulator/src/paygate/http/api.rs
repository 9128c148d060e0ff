//! The API: what the library can do, as JSON, for shops and tests in other languages.

mod answer;
mod batch;
mod control;
mod describe;
mod inspect;
mod read;

pub(crate) use answer::ApiError;

use super::guard;
use actix_web::ResponseError;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

/// All below `/api`, for this machine alone.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let resource = |path: &str| {
        let wrong = || async { ApiError::Method.error_response() };
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
            .service(
                resource("/batch")
                    .app_data(web::PayloadConfig::new(batch::MAX_BODY))
                    .route(web::post().to(batch::batch)),
            )
            .service(resource("/inspect").route(web::post().to(inspect::inspect)))
            .default_service(web::to(|| async { ApiError::Path.error_response() })),
    );
}
