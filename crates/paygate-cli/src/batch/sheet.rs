//! A CSV file for a spreadsheet: there whole, or not at all.

use super::source;
use crate::failure::Failure;
use csv::Terminator;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is being written.
pub(super) struct Sheet {
    csv: csv::Writer<BufWriter<Target>>,
    path: PathBuf,
}

enum Target {
    Stdout(io::StdoutLock<'static>),
    File(NamedTempFile),
}

impl Sheet {
    /// Begins a file with the names of its columns; `-` is standard output. An existing file is not written over.
    pub(super) fn new<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Self, Failure> {
        let target = if source::is_stdin(path) {
            Target::Stdout(io::stdout().lock())
        } else {
            file(path).map_err(|error| Failure::File { path: path.to_owned(), error })?
        };
        let csv = csv::WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BufWriter::new(target));
        let mut sheet = Self { csv, path: path.to_owned() };
        sheet.write(&columns)?;
        Ok(sheet)
    }

    /// Writes a line.
    pub(super) fn write<T: AsRef<[u8]>>(&mut self, cells: &[T]) -> Result<(), Failure> {
        let written = self.csv.write_record(cells);
        written.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => self.failed(error),
            _ => self.failed(io::Error::other("the line is no CSV")),
        })
    }

    /// Gives the file its name.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Self { csv, path } = self;
        let failed = |error| failed(&path, error);
        let buffer = csv.into_inner().map_err(|error| failed(io::Error::from(error.error().kind())))?;
        let target = buffer.into_inner().map_err(|error| failed(error.into_error()))?;
        match target {
            Target::Stdout(mut stdout) => stdout.flush().map_err(failed),
            Target::File(file) => {
                file.persist_noclobber(&path).map(drop).map_err(|error| failed(error.error))
            }
        }
    }

    fn failed(&self, error: io::Error) -> Failure {
        failed(&self.path, error)
    }
}

fn failed(path: &Path, error: io::Error) -> Failure {
    if source::is_stdin(path) {
        Failure::Stdout(error)
    } else {
        Failure::File { path: path.to_owned(), error }
    }
}

/// A file without a name beside the one that it becomes.
fn file(path: &Path) -> io::Result<Target> {
    if path.try_exists()? {
        return Err(io::Error::new(ErrorKind::AlreadyExists, "is there already, and is not written over"));
    }
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    NamedTempFile::new_in(directory.unwrap_or(Path::new("."))).map(Target::File)
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // A reader who has seen enough and left is no error.
            Self::Stdout(stdout) => match stdout.write(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
                other => other,
            },
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => match stdout.flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                other => other,
            },
            Self::File(file) => file.flush(),
        }
    }
}
