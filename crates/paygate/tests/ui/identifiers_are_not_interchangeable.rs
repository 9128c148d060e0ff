//! A PayID is no TransID, and a CustomerId is no UserId.
use paygate::params::UserId;
use paygate::{CustomerId, PayId, TransId};

fn lookup(_: &TransId, _: &UserId) {}

fn confuse(pay_id: &PayId, customer_id: &CustomerId) {
    lookup(pay_id, customer_id);
}

fn main() {}
