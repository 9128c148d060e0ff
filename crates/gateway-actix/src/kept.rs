//! What became of a callback: opened or refused, and stored where there is somebody who stores it.

use crate::reject::RejectReason;
use futures_util::future::LocalBoxFuture;
use paygate::Authentic;

/// The callback, or why it is refused and whether it is stored all the same.
pub(crate) type Opened<M> = Result<Authentic<M>, (RejectReason, bool)>;

/// Known now, or when it is stored.
#[expect(
    clippy::large_enum_variant,
    reason = "most are known now, and a box would be an allocation for each"
)]
pub(crate) enum Kept<M: paygate::Method> {
    Now(Opened<M>),
    Later(LocalBoxFuture<'static, Opened<M>>),
}
