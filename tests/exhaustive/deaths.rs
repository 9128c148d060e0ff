//! Deaths of the real worker and of whoever stores, at each point at which they wait: what is there afterwards is what was there
//! before, or what comes of one that does not die.

use crate::deeds::Deed;
use crate::event::{By, Event, merchants};
use crate::walk::say;
use crate::world::World;
use actix_web::test::TestRequest;
use gateway_inbox::Worker;
use shop::bookkeeper::Bookkeeper;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

/// Polls a future until it is ready, or has waited so often; then it is dropped by whoever called.
async fn so_far<T>(mut future: Pin<&mut (impl Future<Output = T> + ?Sized)>, waits: usize) -> Option<T> {
    let mut waited = 0;
    poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if waited == waits => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

/// More than any of them waits.
const WAITS: usize = 2_000;

#[actix_web::test]
async fn a_worker_that_dies_at_any_moment_leaves_all_or_nothing_of_each_batch() {
    let events = vec![Event::failed(By::Server), Event::paid(By::Server), Event::contradictory(By::Server)];
    let (mut world, mut before) = World::open(events, Vec::new(), None).await;
    for event in 0..3 {
        before = world.after(before, Deed::Tell(event)).await.content;
    }
    let after = world.after(before, Deed::Drain).await.content;
    let mut seen = BTreeSet::new();
    for waits in 0..WAITS {
        let content = world.contents[before].as_ref().clone();
        world.pen.write(&content, 0).await;
        let store = &world.processes[waits % 2].store;
        let worker = Worker::new(store.inbox().clone(), Bookkeeper::new(store, merchants()));
        let has_died = so_far(pin!(worker.drain()), waits).await.is_none();
        world.pen.wait_for_who_writes().await;
        let left = world.pen.read().await.0;
        let left = world.number(left);
        assert!(left == before || left == after, "dead after {waits} waits: {:#?}", world.contents[left]);
        seen.insert(left);
        if !has_died {
            assert_eq!((left, seen.len()), (after, 2));
            say(&format!("a worker died at {waits} moments"));
            return;
        }
    }
    panic!("it does not come to its end");
}

#[actix_web::test]
async fn whoever_is_dropped_while_a_callback_is_stored_has_stored_it_or_not() {
    let (mut world, before) = World::open(vec![Event::paid(By::Server)], Vec::new(), None).await;
    let after = world.after(before, Deed::Tell(0)).await.content;
    let form = world.events[0].form.clone();
    for waits in 0..WAITS {
        let content = world.contents[before].as_ref().clone();
        world.pen.write(&content, 0).await;
        let request = TestRequest::post().uri("/notify").set_payload(form.clone());
        let answer = so_far((world.processes[waits % 2].answering)(request).as_mut(), waits).await;
        world.pen.wait_for_who_writes().await;
        let left = world.pen.read().await.0;
        let left = world.number(left);
        assert!(left == before || left == after, "dropped after {waits} waits");
        if let Some(answer) = answer {
            assert_eq!((answer, left), (200, after));
            say(&format!("whoever stores was dropped at {waits} moments"));
            return;
        }
    }
    panic!("it does not come to its end");
}
