//! The types of `gateway-actix`: what handlers get, and what nobody gets.

use crate::canary::{CENTS, NAME, expected, merchant};
use crate::exhibit;
use crate::shown::Shown;
use actix_web::FromRequest;
use actix_web::test::TestRequest;
use gateway_actix::{
    Callbacks, CheckingPage, Inapplicable, NotStored, Redirect, RejectReason, Rejection, UrlFailure,
    UrlNotify, UrlSuccess,
};
use paygate::testing::{self, Callback};
use paygate::{Trustly, VerifyError};
use std::sync::{Arc, Mutex};

/// A form posted to an extractor.
async fn extract<E: FromRequest>(callbacks: &Callbacks, form: &str) -> Result<E, E::Error> {
    let (request, mut payload) =
        TestRequest::post().app_data(callbacks.clone()).set_payload(form.to_owned()).to_http_parts();
    E::from_request(&request, &mut payload).await
}

pub(crate) async fn show(shown: &mut Shown) {
    let inapplicable: Arc<Mutex<Vec<Inapplicable>>> = Arc::default();
    let seen = Arc::clone(&inapplicable);
    let page = CheckingPage::new("/checking").unwrap();
    let callbacks = Callbacks::new(merchant(), page.clone()).on_inapplicable(move |result| {
        seen.lock().unwrap().push(result);
        async { Ok::<(), NotStored>(()) }
    });
    let told = |callback: Callback| callback.with("AccOwner", NAME).with("Amount", CENTS.to_string());
    let form = |callback: Callback| told(callback).form(&merchant()).unwrap();
    let paid = form(Callback::paid(&expected()));
    exhibit!(shown, extract::<UrlNotify<Trustly>>(&callbacks, &paid).await.unwrap());
    exhibit!(shown, extract::<UrlSuccess<Trustly>>(&callbacks, &paid).await.unwrap());
    let failed = form(Callback::failed(&expected(), "21550053"));
    exhibit!(shown, extract::<UrlFailure<Trustly>>(&callbacks, &failed).await.unwrap());
    let (request, mut payload) = TestRequest::post().app_data(callbacks.clone()).to_http_parts();
    exhibit!(shown, UrlNotify::<Trustly>::from_request(&request, &mut payload));
    for refused in [
        form(Callback::paid(&expected()).with_forged_mac()),
        form(Callback::new(&expected(), "OK", "60000985")),
        format!("{NAME}={CENTS}"),
        format!("Len=8&Data={NAME}"),
    ] {
        let rejection: Rejection = extract::<UrlNotify<Trustly>>(&callbacks, &refused).await.unwrap_err();
        exhibit!(shown, rejection, *rejection.reason());
    }
    exhibit!(shown, RejectReason::NotStored(VerifyError::Mac));
    let inapplicable = inapplicable.lock().unwrap().clone();
    assert_eq!(inapplicable.len(), 1);
    exhibit!(shown, inapplicable[0], callbacks, callbacks.counts(), page);
    let sealed = merchant().seal(&testing::request("order-1", CENTS)).unwrap();
    exhibit!(shown, Redirect::from(sealed.redirect));
    // Its cause is the shop's own error, and is shown.
    exhibit!(shown, NotStored::new("the disk is full"));
}
