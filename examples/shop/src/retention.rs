//! Retention: what was sent and received is forgotten when nobody needs it any more; that it was stays known.

use crate::app::Shared;
use std::time::Duration;

const DAY: u64 = 24 * 60 * 60;

/// Handled callbacks; by then somebody has looked at what was odd about them. Their keys stay, so that each still counts once.
const CALLBACKS: Duration = Duration::from_secs(30 * DAY);

/// Longer than Paygate knows a ReqId, which is 12 months: until then a refund may have to be shown as it was sent.
const REFUNDS: Duration = Duration::from_secs(400 * DAY);

const PAUSE: Duration = Duration::from_secs(60 * 60);

/// Forgets at once and then every hour, for ever.
pub(crate) async fn run(shop: &Shared) {
    loop {
        match shop.store.inbox().purge(CALLBACKS).await {
            Ok(0) => {}
            Ok(purged) => tracing::info!(target: "shop", purged, "old callbacks forgotten"),
            Err(error) => tracing::error!(target: "shop", %error, "old callbacks were not forgotten"),
        }
        match shop.store.ledger().purge(REFUNDS).await {
            Ok(0) => {}
            Ok(purged) => tracing::info!(target: "shop", purged, "old refunds forgotten"),
            Err(error) => tracing::error!(target: "shop", %error, "old refunds were not forgotten"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
