//! What can go wrong in a page, and what the browser sees of it: no reasons and no values.

use crate::pages::Page;
use crate::security::csrf::Forged;
use crate::security::secret::NoRandom;
use crate::store::StoreError;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use maud::html;
use paygate::SealError;

/// A page cannot be shown, or a form not be taken.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such page, or not for whoever asks.
    #[error("there is no such page")]
    NotFound,
    /// A form of somewhere else, or of an old session.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// A form that a browser would not send so.
    #[error("the form cannot be read")]
    Form,
    /// The shopkeeper's pages, without the shopkeeper.
    #[error("not logged in")]
    NotTheKeeper,
    /// Something was not read or not written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A payment cannot be asked for.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] NoRandom),
    /// The developer's mistake.
    #[error("the app lacks its shared data")]
    Setup,
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forged(_) => StatusCode::FORBIDDEN,
            Self::Form => StatusCode::BAD_REQUEST,
            Self::NotTheKeeper => StatusCode::SEE_OTHER,
            Self::Store(_) | Self::Seal(_) | Self::Random(_) | Self::Setup => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (title, text) = match self {
            Self::NotTheKeeper => return crate::security::headers::see_other("/keeper"),
            Self::NotFound => ("Not found", "There is no such page."),
            Self::Forged(_) => {
                ("This form is too old", "Nothing was changed. Load the page again, and send it from there.")
            }
            Self::Form => (
                "This form cannot be read",
                "Nothing was changed. Load the page again, and send it from there.",
            ),
            error => {
                tracing::error!(target: "shop", %error, "a page failed");
                (
                    "That did not work",
                    "The mistake is ours. Nothing was charged by this; please try again later.",
                )
            }
        };
        let body = html! { p { (text) } p { a href="/" { "To the shop" } } };
        Page::new(title, body, false).with(self.status_code()).respond()
    }
}
