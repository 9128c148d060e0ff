//! Paygate's side: it tells a shop, and tells again whatever was not answered with 200.

use crate::database::merchant;
use paygate::Expected;
use paygate::testing::Callback;
use reqwest::header::CONTENT_TYPE;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The real one waits longer before it repeats.
const PAUSE: Duration = Duration::from_millis(50);

/// It gives up then; no test may need so long.
const PATIENCE: Duration = Duration::from_secs(240);

#[derive(Clone)]
pub(crate) struct Paygate {
    client: reqwest::Client,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    sent: AtomicUsize,
    answered: AtomicUsize,
    refused: AtomicUsize,
    unanswered: AtomicUsize,
}

impl Paygate {
    pub(crate) fn new() -> Self {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(15));
        Self { client: client.build().unwrap(), told: Arc::default() }
    }

    /// Each of these to one of the shops, then to another, until it is answered with 200; so many at once.
    pub(crate) async fn tell(&self, shops: &[String], forms: Vec<String>, at_once: usize) {
        let mut tasks = JoinSet::new();
        for (index, form) in forms.into_iter().enumerate() {
            if tasks.len() >= at_once {
                tasks.join_next().await.unwrap().unwrap();
            }
            let (paygate, shops) = (self.clone(), shops.to_vec());
            tasks.spawn(async move {
                let until = Instant::now() + PATIENCE;
                for shop in shops.iter().cycle().skip(index % shops.len()) {
                    if paygate.once(shop, form.clone()).await == Some(200) {
                        return;
                    }
                    assert!(Instant::now() < until, "it is not acknowledged");
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        while let Some(told) = tasks.join_next().await {
            told.unwrap();
        }
    }

    /// Each of these once, so many at once: what was answered, if anything.
    pub(crate) async fn tell_once(&self, shop: &str, forms: &[String], at_once: usize) -> Vec<Option<u16>> {
        let mut answers = Vec::with_capacity(forms.len());
        for some in forms.chunks(at_once) {
            let told = some.iter().map(|form| {
                let (paygate, shop, form) = (self.clone(), shop.to_owned(), form.clone());
                tokio::spawn(async move { paygate.once(&shop, form).await })
            });
            for answer in told.collect::<Vec<_>>() {
                answers.push(answer.await.unwrap());
            }
        }
        answers
    }

    async fn once(&self, shop: &str, form: String) -> Option<u16> {
        let request = self.client.post(format!("{shop}/notify"));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let status = request.send().await.ok().map(|answer| answer.status().as_u16());
        let counts = match status {
            Some(200) => &self.told.answered,
            Some(_) => &self.told.refused,
            None => &self.told.unanswered,
        };
        counts.fetch_add(1, Ordering::Relaxed);
        self.told.sent.fetch_add(1, Ordering::Relaxed);
        status
    }

    /// A customer's browser comes back: where it is led.
    pub(crate) async fn bring(&self, url: &str) -> (u16, String) {
        let answer = self.client.get(url).send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), location.unwrap_or_default())
    }

    /// How many were answered with 200.
    pub(crate) fn answered(&self) -> usize {
        self.told.answered.load(Ordering::Relaxed)
    }
}

impl fmt::Display for Paygate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Told { sent, answered, refused, unanswered } = &*self.told;
        let [sent, answered, refused, unanswered] =
            [sent, answered, refused, unanswered].map(|count| count.load(Ordering::Relaxed));
        write!(f, "{sent} sent, {answered} answered 200, {refused} refused, {unanswered} without an answer")
    }
}

/// As it is posted.
pub(crate) fn form(callback: &Callback) -> String {
    callback.form(&merchant()).unwrap()
}

/// Of each one, that it is paid.
pub(crate) fn paid(expected: &[Expected]) -> Vec<String> {
    expected.iter().map(|expected| form(&Callback::paid(expected))).collect()
}
