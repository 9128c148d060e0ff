//! A customer without a browser: follows the shop's redirect, decides at the bank, and comes back to the shop.

use super::ledger::transaction::Transaction;
use super::script::Choice;
use super::simulator::Simulator;
use super::worker::why;
use gateway_http::{HttpMethod, HttpRequest, HttpResponse};
use paygate::Redirect;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use std::fmt;
use std::future::Future;

/// Why a customer did not get where a customer should get.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VisitError {
    /// The simulator answered with a page and not with a redirect: it could not read the request, or could not tell the
    /// shop that it was refused. [`Simulator::refused`] knows why.
    #[error("the simulator answered with status {status} and led nowhere; its refused requests say why")]
    Page {
        /// The status of the page.
        status: u16,
    },
    /// The customer came straight back to the shop: the request was refused, simulated, or a repetition.
    #[error("the customer came straight back to the shop, and not to the bank")]
    NotTheBank(Box<Returned>),
    /// The payment was decided before.
    #[error("the bank answered with status {status}: the payment was decided before")]
    Decided {
        /// The status of the page.
        status: u16,
    },
    /// The choice leads no browser back, as under [`Fault::NotifyOnly`](super::Fault::NotifyOnly) or
    /// [`Choice::Close`].
    #[error("the customer decided, and nothing leads back to the shop")]
    NoWayBack,
    /// The simulator or the shop could not be reached, or did not answer in time.
    #[error("could not be reached: {0}")]
    Unreachable(String),
    /// The simulator was stopped meanwhile.
    #[error("the simulator was stopped")]
    Stopped,
}

/// A customer at the bank, who has not decided yet.
#[must_use = "approve(), decline(), cancel(), processing() or close() decides"]
#[derive(Debug)]
pub struct AtBank<'a> {
    simulator: &'a Simulator,
    path: String,
}

/// Where a visit led to.
#[derive(Debug)]
pub enum Visit<'a> {
    /// To the bank.
    Bank(AtBank<'a>),
    /// Straight back to the shop: the request was refused, simulated, or a repetition.
    Back(Returned),
}

/// A customer who came back to the shop.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    url: String,
    status: u16,
    location: Option<String>,
}

impl Simulator {
    /// Follows a shop's redirect as a browser does, by POST.
    ///
    /// Any runtime will do for the waiting.
    ///
    /// # Errors
    ///
    /// If it leads neither to the bank nor back to the shop.
    pub async fn visit(&self, redirect: &Redirect) -> Result<Visit<'_>, VisitError> {
        let form: Vec<_> = redirect
            .params()
            .map(|(name, value)| {
                [name, "=", &form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>()].concat()
            })
            .to_vec();
        let client = self.desk().client.clone();
        let request = client.post(redirect.action()).header(CONTENT_TYPE, FORM).body(form.join("&"));
        match self.led_to(request).await? {
            Led::To(path) if path.starts_with("/bank/") => Ok(Visit::Bank(AtBank { simulator: self, path })),
            Led::To(url) => Ok(Visit::Back(self.come_back(url).await?)),
            Led::Nowhere(status) => Err(VisitError::Page { status }),
        }
    }

    /// The same, for a visit that leads to the bank.
    ///
    /// # Errors
    ///
    /// As [`Simulator::visit`], and where it leads back to the shop at once.
    pub async fn visit_bank(&self, redirect: &Redirect) -> Result<AtBank<'_>, VisitError> {
        match self.visit(redirect).await? {
            Visit::Bank(bank) => Ok(bank),
            Visit::Back(returned) => Err(VisitError::NotTheBank(Box::new(returned))),
        }
    }

    /// Carries a call to the simulator, as the shop's own client for HTTP would.
    ///
    /// # Errors
    ///
    /// If no answer comes, or half of one.
    pub async fn carry(&self, request: &HttpRequest) -> Result<HttpResponse, VisitError> {
        let client = self.desk().client.clone();
        let mut sent = match request.method() {
            HttpMethod::Get => client.get(request.url()),
            HttpMethod::Post => client.post(request.url()).body(request.body().to_vec()),
        };
        for (name, value) in request.headers() {
            sent = sent.header(name, value);
        }
        self.on_its_thread(async move {
            let response = sent.send().await?;
            let status = response.status().as_u16();
            Ok(HttpResponse::new(status, response.bytes().await?.to_vec()))
        })
        .await
    }

    async fn come_back(&self, url: String) -> Result<Returned, VisitError> {
        let request = self.desk().client.get(&url);
        self.on_its_thread(async move {
            let response = request.send().await?;
            let location = response.headers().get(LOCATION);
            let location = location.and_then(|value| value.to_str().ok()).map(str::to_owned);
            Ok(Returned { url, status: response.status().as_u16(), location })
        })
        .await
    }

    async fn led_to(&self, request: reqwest::RequestBuilder) -> Result<Led, VisitError> {
        self.on_its_thread(async move {
            let response = request.send().await?;
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            Ok(match location {
                Some(location) => Led::To(location.to_owned()),
                None => Led::Nowhere(response.status().as_u16()),
            })
        })
        .await
    }

    /// Does it on the simulator's runtime, so that the caller may have any, or none of its own.
    async fn on_its_thread<T: Send + 'static>(
        &self,
        work: impl Future<Output = reqwest::Result<T>> + Send + 'static,
    ) -> Result<T, VisitError> {
        let patience = self.desk().settings.patience;
        let spawned = self.runtime().spawn(async move { tokio::time::timeout(patience, work).await });
        match spawned.await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(Ok(Err(error))) => Err(VisitError::Unreachable(why(&error))),
            Ok(Err(_)) => Err(VisitError::Unreachable("no answer in time".to_owned())),
            Err(_) => Err(VisitError::Stopped),
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

enum Led {
    To(String),
    Nowhere(u16),
}

impl AtBank<'_> {
    /// Pays, and comes back to the shop.
    ///
    /// # Errors
    ///
    /// If the payment was decided before, nothing leads back, or the shop cannot be reached.
    pub async fn approve(self) -> Result<Returned, VisitError> {
        self.choose(Choice::Approve).await
    }

    /// Is declined by the bank, and comes back to the shop.
    ///
    /// # Errors
    ///
    /// As [`AtBank::approve`].
    pub async fn decline(self) -> Result<Returned, VisitError> {
        self.choose(Choice::Decline).await
    }

    /// Turns back to the shop.
    ///
    /// # Errors
    ///
    /// As [`AtBank::approve`].
    pub async fn cancel(self) -> Result<Returned, VisitError> {
        self.choose(Choice::Cancel).await
    }

    /// Pays at a bank that takes its time, and comes back to the shop.
    ///
    /// # Errors
    ///
    /// As [`AtBank::approve`].
    pub async fn processing(self) -> Result<Returned, VisitError> {
        self.choose(Choice::Processing).await
    }

    /// Decides, and comes back to the shop.
    ///
    /// # Errors
    ///
    /// As [`AtBank::approve`].
    pub async fn choose(self, choice: Choice) -> Result<Returned, VisitError> {
        match self.decide(choice).await? {
            Some(url) => self.simulator.come_back(url).await,
            None => Err(VisitError::NoWayBack),
        }
    }

    /// Closes the window before paying: the payment stays at the bank.
    ///
    /// # Errors
    ///
    /// If the simulator cannot be reached.
    pub async fn close(self) -> Result<(), VisitError> {
        self.choose_and_leave(Choice::Close).await
    }

    /// Decides, and never comes back.
    ///
    /// # Errors
    ///
    /// If the payment was decided before, or the simulator cannot be reached.
    pub async fn choose_and_leave(self, choice: Choice) -> Result<(), VisitError> {
        self.decide(choice).await.map(drop)
    }

    /// The payment that is to be decided about.
    #[must_use]
    pub fn transaction(&self) -> Option<Transaction> {
        let token = self.path.rsplit('/').next().unwrap_or_default();
        self.simulator.desk().ledger().find(|known| known.token == token).cloned()
    }

    /// Where the bank leads the browser back to.
    async fn decide(&self, choice: Choice) -> Result<Option<String>, VisitError> {
        let url = [self.simulator.url(), &self.path].concat();
        let form = ["choice=", choice.name()].concat();
        let request = self.simulator.desk().client.post(url).header(CONTENT_TYPE, FORM).body(form);
        match self.simulator.led_to(request).await? {
            Led::To(url) => Ok(Some(url)),
            Led::Nowhere(200) => Ok(None),
            Led::Nowhere(status) => Err(VisitError::Decided { status }),
        }
    }
}

impl Returned {
    /// The shop's URL that the browser came back to, with the result as its query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The status that the shop answered with.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Where the shop sent the browser on.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

/// Without the result.
impl fmt::Debug for Returned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Returned")
            .field("url", &path)
            .field("status", &self.status)
            .field("location", &self.location)
            .finish()
    }
}
