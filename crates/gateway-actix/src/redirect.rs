//! The page that sends the customer to Paygate.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Responder};

/// The way to Paygate as an answer: a page with a form that submits itself, and a button where scripts are off.
///
/// It comes with a Content-Security-Policy of its own, which lets its one script and its one style in by a nonce that is made
/// for each answer, and nothing else. `form-action` allows Paygate and any `https:`, since browsers hold it against redirects
/// too, and Paygate leads on to banks; where the target is a simulator at a loopback address, also any `http:`. Without random bytes there is no nonce: the script stays off, and the button works.
///
/// ```
/// use gateway_actix::Redirect;
/// use paygate::Merchant;
///
/// async fn checkout(merchant: actix_web::web::Data<Merchant>) -> actix_web::Result<Redirect> {
/// #   let request = paygate::testing::request("order-1", 1999);
///     let sealed = merchant.seal(&request).map_err(actix_web::error::ErrorInternalServerError)?;
///     // Store `sealed.expected` with the attempt, before the customer leaves.
///     Ok(sealed.redirect.into())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    redirect: paygate::Redirect,
    nonce: Option<String>,
}

impl Redirect {
    /// Uses the nonce of the shop's own policy. No Content-Security-Policy is set then, since two would both hold; the
    /// shop's must allow [`form_action_origin`](paygate::Redirect::form_action_origin) and the banks that Paygate leads to.
    #[must_use]
    pub fn with_nonce(self, nonce: impl Into<String>) -> Self {
        Self { nonce: Some(nonce.into()), ..self }
    }
}

impl From<paygate::Redirect> for Redirect {
    fn from(redirect: paygate::Redirect) -> Self {
        Self { redirect, nonce: None }
    }
}

impl Responder for Redirect {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::REFERRER_POLICY, "no-referrer"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
        if self.nonce.is_some() {
            return response.body(self.redirect.form_html(self.nonce.as_deref()));
        }
        let nonce = random_nonce();
        response
            .insert_header((
                header::CONTENT_SECURITY_POLICY,
                policy(self.redirect.form_action_origin(), nonce.as_deref()),
            ))
            .body(self.redirect.form_html(nonce.as_deref()))
    }
}

/// 128 bits as hex digits, which need no escape anywhere; `None` where the system has no random bytes.
fn random_nonce() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

fn policy(origin: &str, nonce: Option<&str>) -> String {
    let inline = match nonce {
        Some(nonce) => format!("script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "),
        None => String::new(),
    };
    let simulator = if origin.starts_with("http:") { " http:" } else { "" };
    format!(
        "default-src 'none'; {inline}form-action {origin} https:{simulator}; base-uri 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_random_bytes_no_script_runs() {
        assert_eq!(
            policy("https://paygate.invalid", None),
            "default-src 'none'; form-action https://paygate.invalid https:; base-uri 'none'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn a_simulator_may_lead_back_to_a_shop_at_another_port() {
        for origin in ["http://127.0.0.1:8081", "http://[::1]:8081", "http://localhost:8081"] {
            assert!(policy(origin, None).contains(&format!("form-action {origin} https: http:; ")));
        }
    }

    #[test]
    fn no_two_nonces_are_alike() {
        let (one, two) = (random_nonce().unwrap(), random_nonce().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
    }
}
