//! The payment methods of Paygate, one file each: tables, endpoint, what a result means.

pub mod trustly;
