//! Batch files: taken, carried out line by line, and answered; with failures by rule.

mod carry_out;
mod error;
mod file;
pub(crate) mod payments;
mod rule;
mod rules;
pub(crate) mod simulator;
mod text;
mod whole;

pub use error::BatchError;
pub use payments::WithoutPayments;
pub use rule::{AmountEnding, BatchAnswer, BatchCondition, BatchEffect, BatchRule};
pub use rules::{BatchRules, UnknownPayIds};
pub use text::BadBatchRule;
