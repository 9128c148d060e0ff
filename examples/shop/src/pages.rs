//! The one layout of all pages.

pub mod cart;
pub mod catalogue;
pub mod checking;
pub mod checkout;
pub mod foreign;
pub mod keeper;
pub mod money;
pub mod order;

use crate::security::headers;
use crate::state::OrderView;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::{DOCTYPE, Markup, html};

/// A page, without what all pages have.
#[must_use = "respond() makes an answer of it"]
pub struct Page {
    title: String,
    body: Markup,
    demo: bool,
    status: StatusCode,
    /// Seconds after which it is loaded again.
    refresh: Option<u32>,
    /// The order that it is about, for programs.
    view: Option<OrderView>,
    /// What the form for leaving repeats, on the shopkeeper's pages.
    keeper: Option<String>,
}

impl Page {
    /// A page with this title, which is its one heading of the first order too.
    pub fn new(title: impl Into<String>, body: Markup, demo: bool) -> Self {
        let (title, status) = (title.into(), StatusCode::OK);
        Self { title, body, demo, status, refresh: None, view: None, keeper: None }
    }

    pub(crate) fn with(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn with_state(self, view: OrderView) -> Self {
        Self { view: Some(view), ..self }
    }

    pub(crate) fn refreshed(self, seconds: u32) -> Self {
        Self { refresh: Some(seconds), ..self }
    }

    pub(crate) fn for_the_keeper(self, csrf: String) -> Self {
        Self { keeper: Some(csrf), ..self }
    }

    /// The page as an answer.
    #[must_use]
    pub fn respond(self) -> HttpResponse {
        let state = self.view.map(|view| view.state.name());
        let flags = self.view.map(OrderView::names);
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    @if let Some(seconds) = self.refresh { meta http-equiv="refresh" content=(seconds); }
                    title { (self.title) " – Leaf & Kettle" }
                    link rel="icon" href="/icon.svg";
                    link rel="stylesheet" href="/style.css";
                }
                body class=[self.keeper.as_ref().map(|_| "keeper")] {
                    a.skip href="#main" { "To the content" }
                    @if self.demo {
                        p.banner role="note" { strong { "Demo." } " No money moves, and nothing is sent." }
                    }
                    header { (navigation(self.keeper.as_deref())) }
                    main id="main" tabindex="-1" data-order-state=[state] data-flags=[flags] {
                        h1 { (self.title) }
                        (self.body)
                    }
                }
            }
        };
        headers::page(self.status).body(markup.into_string())
    }
}

fn navigation(keeper: Option<&str>) -> Markup {
    html! {
        @match keeper {
            None => nav aria-label="Shop" {
                a href="/" { strong { "Leaf & Kettle" } }
                a href="/cart" { "Cart" }
            },
            Some(csrf) => nav aria-label="Shopkeeper" {
                a href="/keeper/orders" { "Orders" }
                a href="/keeper/people" { "Needs a person" }
                a href="/keeper/customers" { "Customers" }
                a href="/keeper/audit" { "Log" }
                form method="post" action="/keeper/leave" {
                    input type="hidden" name="csrf" value=(csrf);
                    button #keeper-leave { "Log out" }
                }
            },
        }
    }
}

/// `GET /style.css`
pub(crate) async fn style() -> HttpResponse {
    file("text/css; charset=utf-8", include_str!("pages/style.css"))
}

/// `GET /icon.svg`, and `/favicon.ico`, for which browsers ask of themselves.
pub(crate) async fn icon() -> HttpResponse {
    file("image/svg+xml", include_str!("pages/icon.svg"))
}

fn file(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(text)
}
