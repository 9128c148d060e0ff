//! Whose callbacks these are, and what becomes of those that no handler gets.

#[cfg(all(test, feature = "inbox"))]
mod stored_first;

use crate::checking_page::CheckingPage;
use crate::counts::{Counters, Counts};
use crate::inapplicable::Inapplicable;
#[cfg(feature = "inbox")]
use crate::inbox::NotDone;
use crate::kept::Kept;
use crate::not_stored::NotStored;
use crate::reject::{RejectReason, Rejection};
use actix_web::HttpRequest;
use futures_util::future::LocalBoxFuture;
use paygate::{Authentic, Merchants, Method, RawCallback, Route, VerifyError};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

type OnReject = dyn Fn(&Rejection) + Send + Sync;
type OnInapplicable = dyn Fn(Inapplicable) -> LocalBoxFuture<'static, Result<(), NotStored>> + Send + Sync;

/// What the extractors need to know. Built once, cloned into every worker's app data; all clones count together.
///
/// It is found bare, by `.app_data(callbacks.clone())`: the one of the narrowest scope that has one. One in `web::Data` is for
/// the shop's own handlers, as for metrics; the extractors do not look there.
///
/// ```
/// use actix_web::App;
/// use gateway_actix::{Callbacks, CheckingPage};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let merchant = paygate::testing::merchant();
/// let callbacks = Callbacks::new(merchant, CheckingPage::new("/checking")?)
///     .on_reject(|rejection| eprintln!("{}", rejection.reason().kind()));
/// let app = || App::new().app_data(callbacks.clone()); // for HttpServer::new
/// # let _ = app();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Callbacks {
    merchants: Merchants,
    page: CheckingPage,
    timeout: Duration,
    on_reject: Option<Arc<OnReject>>,
    on_inapplicable: Option<Arc<OnInapplicable>>,
    #[cfg(feature = "inbox")]
    inbox: Option<Arc<dyn crate::inbox::Stores>>,
    counters: Arc<Counters>,
}

impl Callbacks {
    /// How long a body may take, unless [`Callbacks::with_timeout`] says otherwise.
    pub const TIMEOUT: Duration = Duration::from_secs(10);

    /// For one merchant or [several](Merchants), and the page that browsers are led to.
    #[must_use]
    pub fn new(merchants: impl Into<Merchants>, page: CheckingPage) -> Self {
        Self {
            merchants: merchants.into(),
            page,
            timeout: Self::TIMEOUT,
            on_reject: None,
            on_inapplicable: None,
            #[cfg(feature = "inbox")]
            inbox: None,
            counters: Arc::default(),
        }
    }

    /// How long a body may take, from when the extractor is first polled to the last byte. The head before it has a time of
    /// its own, `HttpServer::client_request_timeout`.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Is told of every callback that no handler gets, after it was counted and told to `tracing`.
    ///
    /// Anybody can cause a call, in any number, so it should do little: no mail for each.
    #[must_use]
    pub fn on_reject(self, hook: impl Fn(&Rejection) + Send + Sync + 'static) -> Self {
        Self { on_reject: Some(Arc::new(hook)), ..self }
    }

    /// Stores an authentic result that cannot be applied, for a person to look at.
    ///
    /// At URLNotify `Ok` means durably stored, and the result is acknowledged with 200; with an error, or without this hook,
    /// the answer is 500 and Paygate repeats it. Browsers are led to the checking page either way. A client that hangs up
    /// does not stop the hook over HTTP/1, no more than [a handler](crate#what-they-read).
    ///
    /// ```
    /// use gateway_actix::{Callbacks, CheckingPage, Inapplicable, NotStored};
    ///
    /// # struct Shop;
    /// # impl Shop { async fn needs_a_person(&self, _: Inapplicable) -> std::io::Result<()> { Ok(()) } }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (merchant, shop) = (paygate::testing::merchant(), std::sync::Arc::new(Shop));
    /// let callbacks = Callbacks::new(merchant, CheckingPage::new("/checking")?).on_inapplicable(move |result| {
    ///     let shop = shop.clone();
    ///     async move { shop.needs_a_person(result).await }
    /// });
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn on_inapplicable<F, R, E>(self, hook: F) -> Self
    where
        F: Fn(Inapplicable) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), E>> + 'static,
        E: Into<NotStored>,
    {
        let hook = move |result| -> LocalBoxFuture<'static, Result<(), NotStored>> {
            let stored = hook(result);
            Box::pin(async move { stored.await.map_err(Into::into) })
        };
        Self { on_inapplicable: Some(Arc::new(hook)), ..self }
    }

    /// Stores every authentic callback in this inbox, before a handler gets it: when [`UrlNotify`](crate::UrlNotify) is there, its
    /// result is durably stored, and [`Ack`](crate::Ack) is the answer. Those that cannot be applied are stored as well, and
    /// [`Callbacks::on_inapplicable`] is not asked.
    ///
    /// What cannot be stored reaches no handler: a notify is answered with 500 and an empty body, so that Paygate repeats it, and
    /// a browser is led to the checking page. What is stored, the inbox's worker handles; `gateway_inbox::paygate::open` opens it
    /// again for that.
    ///
    /// ```
    /// use gateway_actix::{Ack, Callbacks, CheckingPage, UrlNotify};
    /// use gateway_inbox::Inbox;
    /// use paygate::Trustly;
    ///
    /// async fn notify(_stored: UrlNotify<Trustly>) -> Ack {
    ///     Ack
    /// }
    /// # async fn setup<DB: gateway_inbox::Database>(inbox: &Inbox<DB>) -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = paygate::testing::merchant();
    /// let callbacks = Callbacks::new(merchant, CheckingPage::new("/checking")?).with_inbox(inbox.clone());
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "inbox")]
    #[must_use]
    pub fn with_inbox<DB: gateway_inbox::Database>(self, inbox: gateway_inbox::Inbox<DB>) -> Self {
        Self { inbox: Some(Arc::new(inbox)), ..self }
    }

    /// How many callbacks came until now, by route and kind.
    ///
    /// ```
    /// # use gateway_actix::{Callbacks, CheckingPage, CheckingPageError};
    /// # let callbacks = Callbacks::new(paygate::testing::merchant(), CheckingPage::new("/checking")?);
    /// for (route, kind, count) in callbacks.counts().iter() {
    ///     println!("paygate_callbacks_total{{route=\"{route}\",kind=\"{kind}\"}} {count}");
    /// }
    /// assert_eq!(callbacks.counts().rejected(paygate::Route::Notify, "mac"), 0);
    /// # Ok::<(), CheckingPageError>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counters.snapshot()
    }

    /// The page that browsers are led to: what a handler for URLSuccess or URLFailure answers with.
    #[must_use]
    pub fn checking_page(&self) -> &CheckingPage {
        &self.page
    }

    /// The merchants.
    #[must_use]
    pub fn merchants(&self) -> &Merchants {
        &self.merchants
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Those of the app, or of the narrowest scope that has some.
    pub(crate) fn of(request: &HttpRequest) -> Option<&Self> {
        request.app_data::<Self>()
    }

    pub(crate) fn accept(&self, route: Route) {
        self.counters.accepted(route);
    }

    /// Counts it and tells whoever wants to know.
    pub(crate) fn reject(
        &self,
        route: Route,
        method: &'static str,
        reason: RejectReason,
        stored: bool,
    ) -> Rejection {
        self.counters.rejected(route, reason.kind());
        let rejection = Rejection::new(route, method, reason, &self.page, stored);
        if let Some(hook) = &self.on_reject {
            hook(&rejection);
        }
        rejection
    }

    /// Stores what holds, where there is an inbox.
    #[cfg_attr(not(feature = "inbox"), expect(clippy::unused_self, reason = "there is none"))]
    pub(crate) fn keep<M: Method + 'static>(&self, raw: &RawCallback<'_>, callback: Authentic<M>) -> Kept<M> {
        #[cfg(feature = "inbox")]
        if let Some(inbox) = &self.inbox {
            let stored = inbox.clone().store(gateway_inbox::paygate::delivery(raw, &callback));
            return Kept::Later(Box::pin(async move {
                match stored.await {
                    Ok(()) => Ok(callback),
                    Err(NotDone) => Err((RejectReason::Inbox, false)),
                }
            }));
        }
        let _ = raw;
        Kept::Now(Ok(callback))
    }

    /// Stores what is Paygate's own and cannot be applied: in the inbox, or by the hook. The reason from now on, and whether it is
    /// stored.
    pub(crate) fn keep_inapplicable<M: Method + 'static>(
        &self,
        raw: &RawCallback<'_>,
        error: VerifyError,
    ) -> Kept<M> {
        #[cfg(feature = "inbox")]
        if let Some(inbox) = &self.inbox {
            let Some(delivery) = gateway_inbox::paygate::inapplicable::<M>(raw, &error) else {
                return Kept::Now(Err((error.into(), false)));
            };
            let stored = inbox.clone().store(delivery);
            return Kept::Later(Box::pin(async move {
                Err(match stored.await {
                    Ok(()) => (error.into(), true),
                    Err(NotDone) => (RejectReason::NotStored(error), false),
                })
            }));
        }
        let Some(hook) = &self.on_inapplicable else { return Kept::Now(Err((error.into(), false))) };
        let Some(result) = Inapplicable::of(raw.route(), M::NAME, &error) else {
            return Kept::Now(Err((error.into(), false)));
        };
        let stored = hook(result);
        Kept::Later(Box::pin(async move {
            Err(match stored.await {
                Ok(()) => (error.into(), true),
                Err(not_stored) => {
                    tracing::error!(target: "gateway_actix", cause = %not_stored.chain(), "on_inapplicable failed");
                    (RejectReason::NotStored(error), false)
                }
            })
        }))
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks")
            .field("merchants", &self.merchants)
            .field("page", &self.page)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
