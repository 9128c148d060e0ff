//! Does what is due: posts notifies, repeats them, settles what is open.

use super::desk::Desk;
use super::ledger::delivery::Answer;
use super::schedule::{Job, Task};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use paygate::PayId;
use reqwest::Body;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Runs until it is dropped.
pub(crate) async fn work(desk: Arc<Desk>) {
    loop {
        let job = desk.schedule().take(desk.clock.now());
        let Some(job) = job else {
            rest(&desk).await;
            continue;
        };
        let done = Done { desk: Arc::clone(&desk), pay_id: job.pay_id };
        tokio::spawn(async move { run(&done.desk, job).await });
    }
}

/// Notes that a job was done, also where it panicked: who waits for it must not wait for ever.
struct Done {
    desk: Arc<Desk>,
    pay_id: PayId,
}

impl Drop for Done {
    fn drop(&mut self) {
        self.desk.schedule().done(&self.pay_id);
        self.desk.bell.notify_one();
        self.desk.done.send_replace(());
    }
}

/// Sleeps until something is due, or the bell rings.
async fn rest(desk: &Desk) {
    let due = desk.schedule().next_due();
    match due.and_then(|due| desk.clock.real_until(due)) {
        Some(sleep) => {
            // Either way the schedule is looked at again.
            let _ = tokio::time::timeout(sleep, desk.bell.notified()).await;
        }
        None => desk.bell.notified().await,
    }
}

async fn run(desk: &Desk, job: Job) {
    match job.task {
        Task::Deliver(numbers) => {
            for number in numbers {
                deliver(desk, number).await;
            }
        }
        Task::Settle { from, to } => desk.settle_in_time(&job.pay_id, from, to),
    }
}

async fn deliver(desk: &Desk, number: usize) {
    let Some((url, form)) = desk.begin_attempt(number) else { return };
    let (broken, slow) = desk.spoilt(number);
    let posted = post(desk, &url, form, broken, slow);
    let answer = match tokio::time::timeout(desk.settings.patience, posted).await {
        // A shop may answer before it has all; what it says then counts.
        Ok(Ok(status)) => Answer::Status(status),
        Ok(Err(_)) if broken => Answer::BrokenOff,
        Ok(Err(error)) => Answer::Unreachable(why(&error)),
        Err(_) => Answer::TimedOut,
    };
    desk.end_attempt(number, answer);
}

/// A notify: an HTTPS POST of a form that says `charset=iso-8859-1` (white label's page "Payment notification").
async fn post(desk: &Desk, url: &str, form: String, broken: bool, slow: bool) -> reqwest::Result<u16> {
    let request =
        desk.client.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=iso-8859-1");
    let request = if broken || slow {
        let pause = if slow { desk.settings.slowness } else { Duration::ZERO };
        let length = form.len();
        request.header(CONTENT_LENGTH, length).body(Body::wrap_stream(drops(&form, pause, broken)))
    } else {
        request.body(form)
    };
    Ok(request.send().await?.status().as_u16())
}

/// A body in eight drops; a broken one ends in the middle.
pub(crate) fn drops(
    text: &str,
    whole: Duration,
    broken: bool,
) -> impl Stream<Item = io::Result<Bytes>> + use<> {
    const DROPS: u32 = 8;
    let size = text.len().div_ceil(8).max(1);
    let drops: Vec<_> = text.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
    let sent = if broken { drops.len().div_ceil(2) } else { drops.len() };
    let pause = whole.checked_div(DROPS).unwrap_or_default();
    let end = broken.then(|| Err(io::Error::from(io::ErrorKind::ConnectionAborted)));
    stream::iter(drops.into_iter().take(sent).map(Ok).chain(end)).then(move |part| async move {
        tokio::time::sleep(pause).await;
        part
    })
}

/// The innermost cause, which says most, and no URL, in whose query a result may stand.
pub(crate) fn why(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
