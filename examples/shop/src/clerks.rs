//! Those who work without being asked by a browser or by Paygate. Every process has all of them, and those of several share the
//! work.

use crate::app::Shared;
use crate::bookkeeper::Bookkeeper;
use crate::{reconciler, retention, teller};

/// Works for ever. Dropped in the middle, it leaves what it had claimed to whoever looks after the lease.
pub(crate) async fn work(shop: &Shared) {
    let bookkeeper = Bookkeeper::worker(&shop.store, &shop.merchant);
    tokio::join!(
        bookkeeper.run(),
        reconciler::run(shop),
        teller::send(shop),
        teller::ask(shop),
        retention::run(shop)
    );
}
