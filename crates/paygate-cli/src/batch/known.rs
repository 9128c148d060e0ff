//! What is known besides a file: payments that limit its refunds.

use super::faults::Faults;
use super::refunds::{PAYMENT, payment};
use super::source;
use super::table::{Row, Table, Wrong, format_of};
use crate::failure::{Failure, Refusal};
use paygate_batch::{FileName, Guard, Payments, Transport};
use std::io;
use std::path::Path;

/// A guard that knows the payments, if a list of them is given.
pub(super) fn guard(paid: Option<&Path>) -> Result<Guard, Failure> {
    let Some(path) = paid else { return Ok(Guard::new()) };
    let mut payments = Payments::new();
    let source = source::open(path)?;
    let mut faults = Faults::new(source::name(path));
    let mut row = Row::new();
    let mut table = match Table::new(source.bytes, format_of(path), PAYMENT) {
        Ok(table) => table,
        Err(wrong) => return Err(stop(wrong, faults, path)),
    };
    loop {
        match table.next(&mut row) {
            Ok(false) => break,
            Ok(true) => match payment(&row) {
                Ok((pay_id, money)) => {
                    payments.paid(&pay_id, money).map_err(temporary)?;
                }
                Err(more) => faults.extend(more),
            },
            Err(Wrong::Record(more)) => faults.extend(more),
            Err(wrong) => return Err(stop(wrong, faults, path)),
        }
    }
    if faults.is_empty() { Ok(Guard::of_payments(payments)) } else { Err(Refusal::Rows(faults).into()) }
}

/// Why a list is not read on.
pub(super) fn stop(wrong: Wrong, mut faults: Faults, path: &Path) -> Failure {
    match wrong {
        Wrong::Record(more) | Wrong::List(more) => {
            faults.extend(more);
            Refusal::Rows(faults).into()
        }
        Wrong::Io(error) => source::failed(path, error),
    }
}

/// The temporary file of what is compared cannot be written or read.
pub(super) fn temporary(error: io::Error) -> Failure {
    Failure::File { path: std::env::temp_dir(), error }
}

/// What the name of a file may say, by either way of transport.
pub(super) fn names(path: &Path) -> Vec<FileName> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let ways = [Transport::Sftp, Transport::Upload];
    ways.into_iter().filter_map(|way| FileName::parse(name, way).ok()).collect()
}
