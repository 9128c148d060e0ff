//! What a courier tells a subscriber, and what it never does.
#![cfg(feature = "tracing")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use futures_util::FutureExt;
use gateway_http::{Call, Courier, HttpRequest, HttpResponse, Repeat, TransportError};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// An event as a subscriber gets it: its level and its fields, the message among them.
#[derive(Debug)]
struct Told {
    level: Level,
    fields: BTreeMap<&'static str, String>,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Told>>>);

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        assert_eq!(event.metadata().target(), "gateway_http");
        let mut told = Told { level: *event.metadata().level(), fields: BTreeMap::new() };
        event.record(&mut told);
        self.0.lock().unwrap().push(told);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A call that may be sent again, full of what must not be told.
struct Secret(HttpRequest);

impl Secret {
    fn new() -> Self {
        let url = "https://canary:canary@gateway.example:8443/credit?token=canary#canary";
        Self(HttpRequest::post(url, "text/canary", "canary").with_header("Authorization", "canary"))
    }
}

impl Call for Secret {
    type Answer = ();
    type Error = TransportError;

    fn request(&self) -> &HttpRequest {
        &self.0
    }

    fn repeat(&self) -> Repeat {
        Repeat::Harmless
    }

    fn read(&self, _: &HttpResponse) -> Result<(), TransportError> {
        Ok(())
    }
}

/// What is told of a call, of whose tries this comes.
fn told(script: &'static [Result<u16, TransportError>]) -> Vec<Told> {
    let recorder = Recorder::default();
    let next = AtomicUsize::new(0);
    let transport = move |_: HttpRequest| {
        let tried = script[next.fetch_add(1, Ordering::Relaxed)].clone();
        async move { tried.map(|status| HttpResponse::new(status, "canary")) }
    };
    let courier = Courier::new(transport, |_: Duration| async {});
    tracing::subscriber::with_default(recorder.clone(), || {
        let _ = courier.carry(&Secret::new()).now_or_never().unwrap();
    });
    std::mem::take(&mut *recorder.0.lock().unwrap())
}

fn has(told: &Told, level: Level, fields: &[(&str, &str)]) {
    assert_eq!(told.level, level, "{told:?}");
    for (name, value) in fields {
        assert_eq!(told.fields.get(name).map(String::as_str), Some(*value), "{name} of {told:?}");
    }
    // The others are these four and the duration.
    assert_eq!(told.fields.len().checked_sub(fields.len()), Some(4), "{told:?}");
    for (name, value) in [("method", "POST"), ("host", "gateway.example:8443"), ("path", "/credit")] {
        assert_eq!(told.fields.get(name).map(String::as_str), Some(value), "{told:?}");
    }
    assert!(told.fields["millis"].parse::<u64>().is_ok(), "{told:?}");
}

#[test]
fn every_try_is_told_with_what_came_of_it() {
    let told = told(&[Err(TransportError::Connect), Err(TransportError::Timeout), Ok(503), Ok(200)]);
    assert_eq!(told.len(), 4, "{told:?}");
    let failed =
        |kind, sent, tries| [("message", "call failed"), ("kind", kind), ("sent", sent), ("tries", tries)];
    let answered = |status, tries| [("message", "call answered"), ("status", status), ("tries", tries)];
    has(&told[0], Level::WARN, &failed("connect", "no", "1"));
    has(&told[1], Level::WARN, &failed("timeout", "unknown", "2"));
    has(&told[2], Level::WARN, &answered("503", "3"));
    has(&told[3], Level::DEBUG, &answered("200", "4"));
}

#[test]
fn no_query_header_or_body_is_told() {
    let told = told(&[Err(TransportError::Broken), Ok(200)]);
    assert_eq!(told.len(), 2);
    assert!(!format!("{told:?}").contains("canary"), "{told:?}");
}
