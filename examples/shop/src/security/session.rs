//! Which browser it is: a cookie with 128 random bits, which says nothing else.

use super::secret;
use crate::app::{AppError, Shared};
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use std::future::{Ready, ready};

/// The session of a request. Pages of the cart make one where there is none; the page of an order, and all that a browser
/// sees when it comes back from the bank, do without: then the cookie may be missing (SameSite), and a new one would replace
/// it.
#[derive(Clone, Debug)]
pub struct Session {
    id: String,
    is_new: bool,
    secure: bool,
}

impl Session {
    fn of(request: &HttpRequest) -> Result<Self, AppError> {
        let shared = request.app_data::<Data<Shared>>().ok_or(AppError::Setup)?;
        let secure = shared.is_https();
        match known(request, secure) {
            Some(id) => Ok(Self { id, is_new: false, secure }),
            None => Ok(Self { id: secret::random()?, is_new: true, secure }),
        }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The answer, with the cookie where the browser has none yet.
    #[must_use]
    pub fn with(&self, mut response: HttpResponse) -> HttpResponse {
        if self.is_new {
            let cookie = Cookie::build(name(self.secure), self.id.as_str())
                .path("/")
                .http_only(true)
                .secure(self.secure)
                .same_site(SameSite::Lax)
                .max_age(Duration::days(30))
                .finish();
            // It holds hex digits alone, so it is a header.
            let _ = response.add_cookie(&cookie);
        }
        response
    }
}

/// With the prefix, browsers take the cookie from this very host alone.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-shop" } else { "shop" }
}

/// The session that the browser has already, if any.
#[must_use]
pub fn known(request: &HttpRequest, secure: bool) -> Option<String> {
    let cookie = request.cookie(name(secure))?;
    secret::is_well_formed(cookie.value()).then(|| cookie.value().to_owned())
}

impl FromRequest for Session {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
