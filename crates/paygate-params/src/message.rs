//! Messages as tables: what a row is, how a request is read and written, how a result's fields are found.
//!
//! One table per message declares every parameter with its type, name, format and condition, and reads like
//! the vendor's page. Reader, writer, builder and documentation come from the table.

mod facts;
mod follow_up;
mod method;
mod names;
mod result;
mod row;
mod signed;
pub(crate) mod table;

pub use crate::fields::Field;
pub use facts::Facts;
pub(crate) use facts::Held;
pub use follow_up::FollowUp;
pub use method::Method;
pub use result::{Doubled, Fields, Index, Issue, IssueKind, MAX_ROWS, ResultMessage};
pub(crate) use row::{Closed, number_of};
pub use row::{Coverage, Filler, Message, PairSink, Payment, Presence, Request, Row, has_row};
pub use signed::{Signed, SignedError, read_strictly};
pub(crate) use table::message;
