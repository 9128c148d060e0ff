//! What must not compile. Each stands behind a twin that compiles and differs in the marked line alone, so that it fails
//! for that line; `tests/ui` would build all of actix a second time.

/// A handler has no outcome of a callback before it is bound to an attempt.
///
/// ```
/// use gateway_actix::{Ack, UrlNotify};
/// use paygate::{BindError, Expected, Trustly};
///
/// fn notify(callback: UrlNotify<Trustly>, attempt: Expected) -> Result<Ack, BindError> {
///     callback.bind(&attempt)?.outcome(); // here
///     Ok(Ack)
/// }
/// ```
///
/// ```compile_fail
/// use gateway_actix::{Ack, UrlNotify};
/// use paygate::{BindError, Expected, Trustly};
///
/// fn notify(callback: UrlNotify<Trustly>, attempt: Expected) -> Result<Ack, BindError> {
///     callback.outcome(); // here
///     Ok(Ack)
/// }
/// ```
struct OutcomeBeforeBind;

/// Only the extractor makes a callback; an authentic one of another URL does not become one.
///
/// ```
/// use gateway_actix::{UrlNotify, UrlSuccess};
/// use paygate::{Authentic, Trustly};
///
/// fn turn(callback: UrlSuccess<Trustly>, notified: UrlNotify<Trustly>) -> UrlNotify<Trustly> {
///     let authentic: Authentic<Trustly> = callback.into_inner();
///     { drop(authentic); notified } // here
/// }
/// ```
///
/// ```compile_fail
/// use gateway_actix::{UrlNotify, UrlSuccess};
/// use paygate::{Authentic, Trustly};
///
/// fn turn(callback: UrlSuccess<Trustly>, notified: UrlNotify<Trustly>) -> UrlNotify<Trustly> {
///     let authentic: Authentic<Trustly> = callback.into_inner();
///     UrlNotify(authentic) // here
/// }
/// ```
///
/// ```compile_fail
/// use gateway_actix::{UrlNotify, UrlSuccess};
/// use paygate::{Authentic, Trustly};
///
/// fn turn(callback: UrlSuccess<Trustly>, notified: UrlNotify<Trustly>) -> UrlNotify<Trustly> {
///     let authentic: Authentic<Trustly> = callback.into_inner();
///     authentic.into() // here
/// }
/// ```
struct CallbackByHand;

/// A handler that is generic over the payment method says so: not just anything has callbacks.
///
/// ```
/// use gateway_actix::{Ack, UrlNotify};
/// use paygate::Method;
///
/// async fn notify<M: Method>(_: UrlNotify<M>) -> Ack { // here
///     Ack
/// }
/// ```
///
/// ```compile_fail
/// use gateway_actix::{Ack, UrlNotify};
/// use paygate::Method;
///
/// async fn notify<M>(_: UrlNotify<M>) -> Ack { // here
///     Ack
/// }
/// ```
struct NoMethod;
