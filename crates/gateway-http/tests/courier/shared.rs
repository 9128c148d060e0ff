//! A courier is kept by a shop, shared by its threads, and built of what the shop has.

use crate::stand_in::Ask;
use futures_util::FutureExt;
use gateway_http::{Clock, Courier, HttpRequest, HttpResponse, Repeat, Transport, TransportError};
use std::sync::Arc;
use std::time::Duration;

fn stub() -> impl Transport + Clone {
    |_: HttpRequest| async { Ok::<_, TransportError>(HttpResponse::new(200, "told")) }
}

fn no_pause() -> impl Clock + Clone {
    |_: Duration| async {}
}

#[test]
fn a_courier_is_made_of_what_is_stored_behind_dyn() {
    let transport: Arc<dyn Transport> = Arc::new(stub());
    let clock: Arc<dyn Clock> = Arc::new(no_pause());
    let courier = Courier::new(transport, clock);
    let answer = courier.clone().carry(&Ask::new(Repeat::Harmless)).now_or_never().unwrap();
    assert_eq!(answer.unwrap(), b"told");
}

#[test]
fn a_call_may_go_from_thread_to_thread_while_it_is_carried() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let courier = Courier::new(stub(), no_pause());
    let call = Ask::new(Repeat::Harmless);
    assert!(assert_send(courier.carry(&call)).now_or_never().unwrap().is_ok());
}

#[test]
fn debug_tells_of_the_retries_alone() {
    let text = format!("{:?}", Courier::new(stub(), no_pause()));
    assert!(text.starts_with("Courier { retries: Retries {"), "{text}");
}
