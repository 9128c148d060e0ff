//! What is known besides a file: payments that limit its refunds, and the files that were made before.

use super::args::KnownArgs;
use super::faults::Faults;
use super::refunds::{PAYMENT, payment};
use super::source;
use super::table::{Row, Table, Wrong, format_of};
use crate::failure::{Failure, Refusal};
use paygate::MerchantId;
use paygate_batch::{Counter, FileName, Guard, Outbox, Phase, ReadError, Reader, Transport};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A guard that knows the payments, if a list of them is given.
pub(super) fn guard(paid: Option<&Path>) -> Result<Guard, Failure> {
    let mut guard = Guard::new();
    let Some(path) = paid else { return Ok(guard) };
    guard.limit();
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
                    guard.paid(&pay_id, money).map_err(temporary)?;
                }
                Err(more) => faults.extend(more),
            },
            Err(Wrong::Record(more)) => faults.extend(more),
            Err(wrong) => return Err(stop(wrong, faults, path)),
        }
    }
    if faults.is_empty() { Ok(guard) } else { Err(Refusal::Rows(faults).into()) }
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

/// Tells the guard the files of `--earlier`; of directories, those of this merchant but for the file that is checked. What a
/// person should know of that is given back.
pub(super) fn tell_earlier(
    guard: &mut Guard,
    known: &KnownArgs,
    merchant_id: &MerchantId,
    checked: Option<&Path>,
) -> Result<Vec<String>, Failure> {
    let mut notes = Vec::new();
    for path in &known.earlier {
        if !path.is_dir() {
            if !tell(guard, path, merchant_id)? {
                return Err(Refusal::OtherMerchant { file: source::name(path) }.into());
            }
            continue;
        }
        if tell_directory(guard, path, merchant_id, checked)? == 0 {
            notes.push(format!("{}: holds no earlier file of {merchant_id}", path.display()));
        }
    }
    Ok(notes)
}

/// Tells the guard the files of a merchant in a directory, and how many they are.
pub(super) fn tell_directory(
    guard: &mut Guard,
    directory: &Path,
    merchant_id: &MerchantId,
    checked: Option<&Path>,
) -> Result<u64, Failure> {
    let failed = |error| Failure::File { path: directory.to_owned(), error };
    let files: Vec<PathBuf> = Outbox::new(directory).files(merchant_id).map_err(failed)?;
    let mut told = 0_u64;
    for file in files {
        // A name of digits may be read as that of another merchant; what HEAD says is no guess.
        if !checked.is_some_and(|checked| is_same(&file, checked)) && tell(guard, &file, merchant_id)? {
            told = told.saturating_add(1);
        }
    }
    Ok(told)
}

/// Tells the guard one file; `false` if it is another merchant's.
fn tell(guard: &mut Guard, path: &Path, merchant_id: &MerchantId) -> Result<bool, Failure> {
    let name = source::name(path);
    let failed = |error| match error {
        ReadError::Io(error) => Failure::File { path: path.to_owned(), error },
        ReadError::Line(error) => Refusal::File { file: name.clone(), error }.into(),
        error => Failure::File { path: path.to_owned(), error: io::Error::other(error.to_string()) },
    };
    let file = File::open(path).map_err(|error| Failure::File { path: path.to_owned(), error })?;
    let mut reader = Reader::new(file).map_err(failed)?;
    if !reader.head().merchant_id.as_str().eq_ignore_ascii_case(merchant_id.as_str()) {
        return Ok(false);
    }
    guard.earlier(&name, &mut reader).map_err(failed)?;
    Ok(true)
}

/// Whether two names are those of one file, before and after it was answered.
fn is_same(one: &Path, other: &Path) -> bool {
    let key = |path: &Path| -> Vec<(String, Counter, String)> {
        names(path)
            .into_iter()
            .map(|name| {
                let mid = name.merchant_id().as_str().to_ascii_lowercase();
                (name.date().to_string(), name.counter(), mid)
            })
            .collect()
    };
    let others = key(other);
    one == other || key(one).iter().any(|one| others.contains(one))
}

/// What the name of a file may say, by either way of transport.
pub(super) fn names(path: &Path) -> Vec<FileName> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let ways = [Transport::Sftp, Transport::Upload];
    ways.into_iter()
        .filter_map(|way| FileName::parse(name, way).ok())
        .map(|name| name.with_phase(Phase::Transferred))
        .collect()
}
