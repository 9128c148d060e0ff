//! A browser of sorts: asks, and keeps what was answered; and a simulator with a shop for it.

use crate::shop::Shop;
use gateway_simulator::paygate::{Builder, Simulator, Transaction};
use paygate::testing;
use paygate::trustly::PaymentRequest;
use serde_json::Value;

/// An answer, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(&self.body).unwrap()
    }

    /// What must hold of every page, whatever stands on it.
    pub(crate) fn is_well_made(&self) {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        let policy = self.header("content-security-policy");
        for directive in
            ["default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(directive), "{policy}");
        }
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        assert!(["no-referrer", "same-origin"].contains(&self.header("referrer-policy")));
        assert!(self.has("<html lang=\"en\">") && self.has("name=\"viewport\"") && self.has("<title>"));
        assert_eq!(self.body.matches("<h1").count(), 1, "{}", self.body);
        for forbidden in ["<script", "javascript:", " style=", " onclick=", "http://cdn", "https://"] {
            assert!(!self.has(forbidden), "{forbidden} in {}", self.body);
        }
        for field in ["<textarea ", "<select ", "<input type=\"text\" "] {
            for (start, _) in self.body.match_indices(field) {
                let tag = &self.body[start..][..self.body[start..].find('>').unwrap()];
                let id = tag.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(self.has(&format!("<label for=\"{id}\">")), "no label for {id}");
            }
        }
    }
}

/// A simulator whose clock stands still, and a shop that takes what it sends.
pub(crate) struct Site {
    pub(crate) simulator: Simulator,
    pub(crate) shop: Shop,
    client: reqwest::Client,
}

impl Site {
    pub(crate) fn open() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(set_up: impl FnOnce(Builder) -> Builder) -> Self {
        let builder = Simulator::builder(testing::merchant()).clock_by_hand();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self {
            simulator: set_up(builder).start().unwrap(),
            shop: Shop::open(),
            client: client.build().unwrap(),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.url().trim_end_matches('/'))
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method.parse().unwrap(), self.url(path))
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        Page {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body: response.text().await.unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(self.request("GET", path)).await
    }

    /// Sends a form, as a browser does from a page of the same site.
    pub(crate) async fn post(&self, path: &str, form: &str) -> Page {
        let origin = self.url("");
        let request =
            self.request("POST", path).header("origin", origin).header("sec-fetch-site", "same-origin");
        let form_type = "application/x-www-form-urlencoded";
        self.send(request.header("content-type", form_type).body(form.to_owned())).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: &str) -> Page {
        self.send(self.request(method, path).body(body.to_owned())).await
    }

    /// Brings a customer to the bank, and says where that is.
    pub(crate) async fn at_bank(&self, trans_id: &str) -> String {
        self.sent(&self.shop.request(trans_id, 1999).build()).await.location().to_owned()
    }

    pub(crate) async fn sent(&self, request: &PaymentRequest) -> Page {
        let sealed = self.simulator.merchant().seal(request).unwrap();
        self.send(self.client.get(sealed.redirect.url())).await
    }

    /// A payment that was paid, and of which the shop was told.
    pub(crate) async fn paid(&self, trans_id: &str) -> Transaction {
        let bank = self.at_bank(trans_id).await;
        assert_eq!(self.post(&bank, "choice=approve").await.status, 302);
        self.simulator.idle().await;
        self.payment(trans_id)
    }

    pub(crate) fn payment(&self, trans_id: &str) -> Transaction {
        let payments = self.simulator.transactions();
        payments.into_iter().rev().find(|payment| payment.trans_id.as_str() == trans_id).unwrap()
    }

    pub(crate) fn page_of(&self, trans_id: &str) -> String {
        format!("/console/payment/{}", self.payment(trans_id).pay_id.as_str())
    }
}
