//! What lies in `.reserved`: names that are taken, and what became of them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The day's counter, taken.
#[derive(Debug)]
pub(super) struct Reservation {
    pub(super) path: PathBuf,
    /// The file is there, or somebody counts on the name: it is not given again.
    pub(super) stays: bool,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if !self.stays {
            // Where it cannot be removed, one counter of the day is lost.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What became of a name, to stay; whoever writes it down first decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The file gets its name: it may have been handed over.
    Published,
    /// It never gets it.
    Withdrawn,
}

impl Mark {
    fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Published => b"published\n",
            Self::Withdrawn => b"withdrawn\n",
        }
    }

    /// Where it lies: beside the reservation.
    fn path(reservation: &Path) -> PathBuf {
        reservation.with_extension("mark")
    }

    /// The mark, if one was made. One that cannot be understood may be that of a file that was handed over.
    pub(super) fn read(reservation: &Path) -> io::Result<Option<Self>> {
        match fs::read(Self::path(reservation)) {
            Ok(bytes) if bytes == Self::Withdrawn.as_bytes() => Ok(Some(Self::Withdrawn)),
            Ok(_) => Ok(Some(Self::Published)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes it, whole and on the disk; an error of [`ErrorKind::AlreadyExists`] where there is one.
    pub(super) fn make(self, reservation: &Path) -> io::Result<()> {
        let directory = reservation.parent().ok_or(ErrorKind::InvalidInput)?;
        let mut file = NamedTempFile::new_in(directory)?;
        file.write_all(self.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist_noclobber(Self::path(reservation)).map_err(|failed| failed.error)?;
        sync(directory)
    }
}

/// So that the name outlives a loss of power. Only Unix lets a directory be opened for it.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}
