//! A customer's browser without scripts, and the shop before it.

use crate::database::Database;
use paygate::testing::Callback;
use paygate::{Expected, Merchant};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use shop::Shop;
use shop::store::Order;
use std::time::Duration;

pub(crate) const PASSWORD: &str = "a password of the test";

/// A shop whose simulator's clock is moved by hand.
pub(crate) fn open() -> (Shop, Database) {
    let database = Database::new();
    let config = database.demo().keeper_password(PASSWORD);
    let config =
        config.simulator(|builder| builder.clock_by_hand().slowness(std::time::Duration::from_millis(80)));
    (Shop::start(config).unwrap(), database)
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Names and values of all inputs that have both.
    pub(crate) fn inputs(&self) -> Vec<(String, String)> {
        let attribute = |tag: &str, name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        let tags = self.body.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
        tags.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect()
    }

    pub(crate) fn input(&self, name: &str) -> String {
        self.inputs().into_iter().find(|(known, _)| known == name).expect(name).1
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        let (_, rest) = self.body.split_once(&format!("{name}=\"")).expect(name);
        rest.split('"').next().unwrap()
    }

    pub(crate) fn state(&self) -> &str {
        self.attribute("data-order-state")
    }

    pub(crate) fn flags(&self) -> &str {
        self.attribute("data-flags")
    }
}

pub(crate) struct Browser {
    client: reqwest::Client,
    url: String,
    cookies: Vec<(String, String)>,
    pub(crate) extra: HeaderMap,
}

impl Browser {
    pub(crate) fn at(shop: &Shop) -> Self {
        Self::at_url(shop.url())
    }

    pub(crate) fn at_url(url: &str) -> Self {
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        Self { client: client.unwrap(), url: url.to_owned(), cookies: Vec::new(), extra: HeaderMap::new() }
    }

    pub(crate) fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// By which the shop knows it.
    pub(crate) fn session(&self) -> &str {
        &self.cookies.iter().find(|(name, _)| name == "shop").expect("the shop's cookie").1
    }

    /// Another tab of the same browser.
    pub(crate) fn copy_cookies(&mut self, other: &Self) {
        self.cookies.clone_from(&other.cookies);
    }

    fn absolute(&self, to: &str) -> String {
        if to.starts_with('/') { format!("{}{to}", self.url) } else { to.to_owned() }
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.headers(self.extra.clone()).header(COOKIE, cookies.join("; "));
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.text().await.unwrap() }
    }

    pub(crate) async fn get(&mut self, to: &str) -> Answer {
        let request = self.client.get(self.absolute(to));
        self.send(request).await
    }

    pub(crate) async fn post(&mut self, to: &str, form: &[(&str, &str)]) -> Answer {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.post_raw(to, body).await
    }

    pub(crate) async fn post_raw(&mut self, to: &str, body: String) -> Answer {
        let request = self.client.post(self.absolute(to));
        self.send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)).await
    }

    pub(crate) async fn add(&mut self, product: &str) {
        let csrf = self.get("/").await.input("csrf");
        assert_eq!(self.post("/cart", &[("product", product), ("csrf", &csrf)]).await.location(), "/cart");
    }

    pub(crate) async fn change(&mut self, product: &str, quantity: &str) -> Answer {
        let csrf = self.get("/cart").await.input("csrf");
        self.post("/cart/change", &[("product", product), ("quantity", quantity), ("csrf", &csrf)]).await
    }

    /// The checkout's hidden fields: what proves where it comes from, and the others with a blank between.
    pub(crate) async fn checkout_form(&mut self) -> (String, String) {
        let page = self.get("/checkout").await;
        (page.input("csrf"), format!("{} {}", page.input("once"), page.input("seen")))
    }

    pub(crate) async fn pay(&mut self, (csrf, once): &(String, String)) -> Answer {
        self.post("/checkout", &form(csrf, once)).await
    }

    /// The same, by a customer who is sure that nothing was paid in another tab.
    pub(crate) async fn pay_surely(&mut self, (csrf, once): &(String, String)) -> Answer {
        let mut filled = form(csrf, once);
        filled.push(("sure", "yes"));
        self.post("/checkout", &filled).await
    }

    /// From an empty cart to the page that leads to Paygate.
    pub(crate) async fn buy(&mut self, product: &str) -> Answer {
        self.add(product).await;
        let form = self.checkout_form().await;
        self.pay(&form).await
    }

    /// Submits the page that leads to Paygate, to the bank's page.
    pub(crate) async fn enter_bank(&mut self, leaving: &Answer) -> String {
        assert_eq!(leaving.status, 200, "{}", leaving.body);
        let inputs = leaving.inputs();
        let form: Vec<_> = inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let action = leaving.attribute("action").to_owned();
        let at = self.post(&action, &form).await;
        assert!(at.location().starts_with("/bank/"), "{} {}", at.status, at.body);
        format!("{}{}", action.rsplit_once('/').unwrap().0, at.location())
    }

    /// Decides at the bank; where the browser is sent, if anywhere.
    pub(crate) async fn decide(&mut self, bank: &str, choice: &str) -> Option<String> {
        let answer = self.post(bank, &[("choice", choice)]).await;
        (!answer.location().is_empty()).then(|| answer.location().to_owned())
    }

    /// Buys, decides, comes back, and waits for the notify.
    pub(crate) async fn buy_and(&mut self, shop: &Shop, product: &str, choice: &str) -> Option<Answer> {
        let leaving = self.buy(product).await;
        let at_bank = self.enter_bank(&leaving).await;
        let back = self.decide(&at_bank, choice).await;
        let back = match back {
            Some(url) => Some(self.get(&url).await),
            None => None,
        };
        settled(shop).await;
        back
    }
}

pub(crate) fn form<'a>(csrf: &'a str, once: &'a str) -> Vec<(&'a str, &'a str)> {
    let (once, seen) = once.split_once(' ').unwrap_or((once, ""));
    vec![
        ("first_name", "Łukasz"),
        ("last_name", "O'Neill & Söhne"),
        ("email", "l@example.com"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("csrf", csrf),
        ("once", once),
        ("seen", seen),
    ]
}

/// The newest order.
pub(crate) async fn newest(shop: &Shop) -> Order {
    shop.store().orders(None, None).await.unwrap().remove(0)
}

pub(crate) fn merchant(shop: &Shop) -> Merchant {
    shop.simulator().unwrap().merchant()
}

/// What the newest attempt of the newest order expects.
pub(crate) async fn expected(shop: &Shop) -> Expected {
    newest(shop).await.newest.expected()
}

/// Posts to URLNotify what Paygate would.
pub(crate) async fn tell(shop: &Shop, callback: Callback) -> u16 {
    let form = callback.form(&merchant(shop)).unwrap();
    let status = Browser::at(shop).post_raw("/notify", form).await.status;
    if status == 200 {
        settled(shop).await;
    }
    status
}

/// Writes down, as the shopkeeper does, that all of a payment of the newest order went back elsewhere.
pub(crate) async fn given_back(shop: &Shop, payment: i64) {
    let mut keeper = Browser::at(shop);
    let csrf = keeper.get("/keeper").await.input("csrf");
    keeper.post("/keeper", &[("password", PASSWORD), ("csrf", &csrf)]).await;
    let order = newest(shop).await;
    let (attempt, _) = order.payments().find(|(_, known)| known.id == payment).unwrap();
    let amount = attempt.want.costs.to_decimal().unwrap();
    let page = keeper.get(&format!("/keeper/orders/{}", order.id)).await;
    let (csrf, once, payment) = (page.input("csrf"), page.input("once"), payment.to_string());
    let form =
        [("csrf", &*csrf), ("once", &*once), ("payment", &*payment), ("seen", "0"), ("amount", &*amount)];
    let answer = keeper.post(&format!("/keeper/orders/{}/given-back", order.id), &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Waits until Paygate has told all, and the shop has handled what it was told.
pub(crate) async fn settled(shop: &Shop) {
    if let Some(simulator) = shop.simulator() {
        simulator.idle().await;
    }
    for _ in 0..2000 {
        if shop.store().inbox().census().await.unwrap().unfinished == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("what the shop was told is not handled");
}
