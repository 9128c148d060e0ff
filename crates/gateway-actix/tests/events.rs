//! What a subscriber is told: once for each rejection, in words of the program.
//!
//! A program of its own: whether anybody listens is remembered for the whole process, and the threads of the other tests
//! have no subscriber.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};
use gateway_actix::{Ack, Callbacks, CheckingPage, NotStored, UrlNotify};
use paygate::testing::{self, Callback};
use paygate::{Expected, Trustly};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(Clone, Debug, PartialEq)]
struct Told {
    level: Level,
    fields: BTreeMap<&'static str, String>,
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Told>>>);

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "gateway_actix"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut told = Told { level: *event.metadata().level(), fields: BTreeMap::new() };
        event.record(&mut told);
        self.0.lock().unwrap().push(told);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn attempt() -> Expected {
    testing::expected(&testing::merchant(), "order-1", 1999)
}

fn form(callback: &Callback) -> String {
    callback.form(&testing::merchant()).unwrap()
}

async fn notify(_: UrlNotify<Trustly>) -> Ack {
    Ack
}

async fn notify_after_form(_: web::Bytes, _: UrlNotify<Trustly>) -> Ack {
    Ack
}

async fn notify_before_bytes(_: UrlNotify<Trustly>, _: web::Bytes) -> Ack {
    Ack
}

/// As an error of a database: what failed, and from what.
#[derive(Debug)]
struct Insert(std::io::Error);

impl std::fmt::Display for Insert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no row was written")
    }
}

impl std::error::Error for Insert {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

async fn disk_full(_: UrlNotify<Trustly>) -> Result<Ack, NotStored> {
    Err(Insert(std::io::Error::other("the disk is full")))?
}

/// What is told of one post.
fn told(target: &str, body: String, callbacks: Callbacks) -> Vec<Told> {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), || {
        actix_web::rt::System::new().block_on(async {
            let app = App::new()
                .app_data(callbacks)
                .route("/notify", web::post().to(notify))
                .route("/notify-after-form", web::post().to(notify_after_form))
                .route("/notify-before-bytes", web::post().to(notify_before_bytes))
                .route("/disk-full", web::post().to(disk_full));
            let app = init_service(app).await;
            call_service(&app, TestRequest::post().uri(target).set_payload(body).to_request()).await;
        });
    });
    let told = recorder.0.lock().unwrap();
    told.clone()
}

fn callbacks() -> Callbacks {
    Callbacks::new(testing::merchant(), CheckingPage::new("/checking").unwrap())
}

#[test]
fn a_rejection_is_told_once_by_route_method_kind_and_answer() {
    let forged = form(&Callback::paid(&attempt()).with_forged_mac());
    let told = told("/notify", forged, callbacks());
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].level, Level::WARN);
    let fields: Vec<_> = told[0].fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("kind", "mac"),
            ("message", "callback rejected"),
            ("method", "trustly"),
            ("reason", "MAC does not hold"),
            ("route", "notify"),
            ("status", "500"),
        ]
    );
}

#[test]
fn the_developers_mistakes_are_told_as_errors() {
    let paid = form(&Callback::paid(&attempt()));
    let told_as = |told: Vec<Told>| {
        assert_eq!(told.len(), 1, "{told:?}");
        (told[0].level, told[0].fields.get("kind").cloned().unwrap_or_default())
    };
    let consumed = told("/notify-after-form", paid.clone(), callbacks());
    assert_eq!(told_as(consumed), (Level::ERROR, "body-already-consumed".to_owned()));
    let after = told("/notify-before-bytes", paid.clone(), callbacks());
    assert!(after[0].fields["reason"].contains("owns the body"), "{after:?}");
    assert_eq!(told_as(after), (Level::ERROR, String::new()));
    let full = told("/disk-full", paid, callbacks());
    assert_eq!(full[0].fields["cause"], "no row was written: the disk is full");
    assert_eq!(told_as(full), (Level::ERROR, String::new()));
}

#[test]
fn what_was_stored_for_a_person_is_told_with_200_and_a_hook_that_failed_with_its_cause() {
    let contradictory = form(&Callback::new(&attempt(), "OK", "60000985"));
    let stored = callbacks().on_inapplicable(|_| async { Ok::<(), std::io::Error>(()) });
    let told_stored = told("/notify", contradictory.clone(), stored);
    assert_eq!(told_stored.len(), 1);
    assert_eq!((told_stored[0].fields["status"].as_str(), told_stored[0].level), ("200", Level::WARN));
    let failing = callbacks().on_inapplicable(|_| async { Err(std::io::Error::other("no connection")) });
    let told_failed = told("/notify", contradictory, failing);
    assert_eq!(told_failed[0].fields["cause"], "no connection");
    assert_eq!((told_failed[1].fields["kind"].as_str(), told_failed[1].level), ("not-stored", Level::ERROR));
}

#[test]
fn what_was_not_stored_may_be_sent_to_another_thread() {
    fn sendable(_: &(impl Send + Sync)) {}
    sendable(&NotStored::new("the disk is full"));
}

#[test]
fn nothing_that_came_is_told() {
    for name in ["Description", "UserData", "AccOwner", "AddrCity", "Custom"] {
        let canary =
            Callback::new(&attempt(), "OK", "60000985").with(name, "Canaryname").with_echo("x", "Canaryname");
        let told = told("/notify", form(&canary), callbacks());
        assert_eq!(told.len(), 1, "{name}");
        assert!(!format!("{told:?}").contains("Canaryname"));
    }
    let told = told("/notify?Canaryname=Canaryname", "Canaryname".to_owned(), callbacks());
    assert_eq!(told.len(), 1);
    assert!(!format!("{told:?}").contains("Canaryname"));
}
