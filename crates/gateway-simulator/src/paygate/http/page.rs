//! The one layout of all pages, and the headers that keep them safe.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::{DOCTYPE, Markup, html};

/// Who looks at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The customer, in the middle of a payment.
    Customer,
    /// Whoever builds the shop.
    Developer,
}

/// A page, without what all pages have.
pub(crate) struct Page {
    pub(crate) audience: Audience,
    pub(crate) title: String,
    /// Seconds after which it is loaded again.
    pub(crate) refresh: Option<u32>,
    pub(crate) body: Markup,
}

impl Page {
    pub(crate) fn customer(title: impl Into<String>, body: Markup) -> Self {
        Self { audience: Audience::Customer, title: title.into(), refresh: None, body }
    }

    pub(crate) fn developer(title: impl Into<String>, body: Markup) -> Self {
        Self { audience: Audience::Developer, title: title.into(), refresh: None, body }
    }

    /// The page as an answer. It has one heading of the first order, its title.
    pub(crate) fn respond(self, status: StatusCode) -> HttpResponse {
        let (policy, referrer) = self.audience.policies();
        let class = match self.audience {
            Audience::Customer => "customer",
            Audience::Developer => "developer",
        };
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    @if let Some(seconds) = self.refresh { meta http-equiv="refresh" content=(seconds); }
                    title { (self.title) " – Simulated Paygate" }
                    link rel="stylesheet" href="/style.css";
                }
                body class=(class) {
                    (self.audience.header())
                    main { h1 { (self.title) } (self.body) }
                }
            }
        };
        HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_SECURITY_POLICY, policy))
            .insert_header((header::REFERRER_POLICY, referrer))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(markup.into_string())
    }
}

impl Audience {
    /// What a page may load and where its forms may lead, and what other sites learn of its address.
    ///
    /// The bank's last form is answered with a redirect to the shop, whose address is anybody's, and browsers hold
    /// `form-action` against that too. Under `no-referrer` they send `Origin: null` with a form, by which the console
    /// could not tell its own forms from others; `same-origin` tells other sites as little.
    const fn policies(self) -> (&'static str, &'static str) {
        match self {
            Self::Customer => (
                "default-src 'none'; style-src 'self'; form-action 'self' http: https:; base-uri 'none'; \
                 frame-ancestors 'none'",
                "no-referrer",
            ),
            Self::Developer => (
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                "same-origin",
            ),
        }
    }

    fn header(self) -> Markup {
        match self {
            Self::Customer => html! {
                header { p { strong { "Simulated bank" } " " small { "No money moves here." } } }
            },
            Self::Developer => html! {
                header {
                    nav aria-label="Console" {
                        a href="/console" { "Payments" }
                        a href="/console#faults" { "Faults" }
                        a href="/console#clock" { "Clock" }
                        a href="/console/inspect" { "Inside Data" }
                    }
                }
            },
        }
    }
}

/// The style of all pages.
pub(crate) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(include_str!("style.css"))
}
