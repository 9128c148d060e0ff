//! A file on its way: it has no name until it is whole and on the disk.

use super::OutboxError;
use super::mark::{Mark, Reservation, sync};
use crate::{Complete, FileName};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is being written. Dropped, it is gone, and its counter is free again.
#[derive(Debug)]
pub struct Pending {
    file: NamedTempFile,
    name: FileName,
    path: PathBuf,
    reservation: Reservation,
}

impl Pending {
    /// Begins a file in this directory.
    pub(super) fn new(directory: &Path, name: FileName, reservation: Reservation) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix(&format!(".{}-{}-", name.date(), name.counter()))
            .suffix(".part")
            .tempfile_in(directory)?;
        Ok(Self { file, name, path: directory.join(name.to_string()), reservation })
    }

    /// Keeps the name for this file, also where the program ends now: [`Outbox::again`](super::Outbox::again) goes on with it. For
    /// a ledger that has written down which refunds stand in it.
    pub fn keep_name(&mut self) {
        self.reservation.stays = true;
    }

    /// Gives it up, and its name too, whoever counted on it.
    pub fn give_up(mut self) {
        self.reservation.stays = false;
    }

    /// The name that it gets.
    #[must_use]
    pub const fn name(&self) -> FileName {
        self.name
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Complete<Pending> {
    /// Puts the file on the disk, then gives it its name, and tells its path.
    ///
    /// # Errors
    ///
    /// If a file of this name has come there meanwhile, which is left as it is, or it cannot be written.
    pub fn publish(self) -> Result<PathBuf, OutboxError> {
        self.output().file.as_file().sync_all()?;
        let Pending { file, name, path, mut reservation } = self.into_inner();
        // Before the name is to be seen: whoever finds the mark knows that the file may have been handed over.
        reservation.stays = true;
        let taken = |error: io::Error| match error.kind() {
            ErrorKind::AlreadyExists => OutboxError::Taken(name),
            _ => error.into(),
        };
        Mark::Published.make(&reservation.path).map_err(taken)?;
        file.persist_noclobber(&path).map_err(|failed| taken(failed.error))?;
        let synced = path.parent().map_or(Ok(()), sync);
        synced.map_err(|error| OutboxError::NotSynced { name, error })?;
        Ok(path)
    }
}
