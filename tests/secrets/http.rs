//! The types of `gateway-http`: what is sent and what comes back, and the errors of the way between.

use crate::canary::{CENTS, NAME, URL};
use crate::exhibit;
use crate::shown::Shown;
use gateway_http::{
    CallError, Courier, HttpRequest, HttpResponse, ReqwestTransport, Retries, TokioClock, TransportError,
};

pub(crate) fn show(shown: &mut Shown) {
    let secret = format!("FirstName={NAME}&Amount={CENTS}");
    let request = HttpRequest::post(URL.replace("/canary-token", "/pay"), "text/plain", secret.clone())
        .with_header("Authorization", NAME);
    exhibit!(shown, request, HttpRequest::get(format!("https://tea.example/pay?{secret}")));
    exhibit!(shown, HttpResponse::new(200, secret.clone()));
    let builder = ReqwestTransport::builder()
        .with_proxy(format!("http://{NAME}:{NAME}@proxy.example/"))
        .with_root_certificates(secret.into_bytes());
    exhibit!(shown, builder, builder.clone().build().unwrap_err());
    let transport = ReqwestTransport::builder().build().unwrap();
    exhibit!(shown, transport, Courier::new(transport.clone(), TokioClock), Retries::default());
    exhibit!(shown, CallError::<TransportError>::Transport(TransportError::Broken));
}
