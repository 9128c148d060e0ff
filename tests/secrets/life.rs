//! What is told to `tracing`, down to TRACE, of a payment from its sealing to its refund, and of attacks on it.

use crate::shown::Shown;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// All that was told, as text.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Told {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_event_tells_a_key_a_name_or_an_amount() {
    let told = Told::default();
    // For every thread, since workers and servers have their own; what other tests tell meanwhile is looked at too.
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(told.clone())
        .init();
    // Everything that is shown elsewhere is done once more, and what it shows is not looked at here.
    let mut ignored = Shown::default();
    crate::crypto::show(&mut ignored);
    crate::paygate_crate::show(&mut ignored);
    crate::follow_ups::show(&mut ignored);
    crate::actix::show(&mut ignored).await;
    crate::inbox::show(&mut ignored).await;
    crate::ledger::show(&mut ignored).await;
    crate::simulator::show(&mut ignored).await;

    let text = String::from_utf8(told.0.lock().unwrap().clone()).unwrap();
    for target in ["paygate", "gateway_actix", "gateway_inbox"] {
        assert!(text.contains(&format!(" {target}: ")), "nothing was told by {target}");
    }
    let mut shown = Shown::default();
    for line in text.lines() {
        shown.text("as an event", line.to_owned());
    }
    assert_eq!(shown.hits(), []);
}
