//! A directory of files to be handed over: counters that nobody has twice, and files that are there whole or not at all.

mod mark;
mod pending;

pub use pending::Pending;

use crate::{BatchDate, Counter, FileName, NameError, Phase, Transport};
use mark::{Mark, Reservation};
use paygate_params::MerchantId;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// A directory into which files are written. Several programs may write into one, on one machine.
///
/// The day's counter of a merchant is reserved before the first byte, by a file in `.reserved`, whichever way the file goes; it
/// stays there when the file is moved away, so that no name is given twice. A file is written under another name that does not
/// end in `.dat`, and gets its own when it has its FOOT and is on the disk; never in place of another one. Only the user that writes
/// it can read it.
///
/// ```
/// use paygate_batch::{BatchDate, Guard, Outbox, Record, Rules, Transport, V1_0, Writer};
/// # use paygate_params::{Currency, MerchantId, Money, PayId, TransId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let mid = MerchantId::new("YourMerchantId")?;
/// # let money = Money::new(999, Currency::EUR)?;
/// # let record = Record::new(money, TransId::new("r-1")?, PayId::new("7bbb448155234d8cbee323778952ce28")?);
/// let date = BatchDate::new(2026, 11, 22)?;
/// let pending = Outbox::new(folder.path()).begin(mid, date, Transport::Sftp)?;
/// let mut writer = Writer::new(pending, mid, date, V1_0, Rules::default(), Guard::new())?;
/// writer.write(&record)?;
/// let path = writer.finish()?.publish()?;
/// assert!(path.ends_with("T20261122001YourMerchantId.dat"));
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail
/// # use paygate_batch::{BatchDate, Outbox, Transport};
/// # use paygate_params::MerchantId;
/// # fn publish(outbox: &Outbox, mid: MerchantId, date: BatchDate) {
/// let pending = outbox.begin(mid, date, Transport::Sftp).unwrap();
/// pending.publish(); // it has no FOOT
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Outbox {
    directory: PathBuf,
}

/// The right to be the only one that writes files of a merchant, from looking at the earlier ones until the new one is there. It
/// ends when it is dropped, and when the program dies.
#[derive(Debug)]
#[must_use = "it ends when it is dropped"]
pub struct Alone {
    _file: File,
}

/// Why there is no file in the outbox.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The MerchantID cannot stand in the name of a file.
    #[error(transparent)]
    Name(#[from] NameError),
    /// All 999 files of the day were made.
    #[error("all 999 files of this merchant and day are taken")]
    Full,
    /// Somebody else writes a file of this merchant just now.
    #[error("another program writes a file of this merchant just now")]
    NotAlone,
    /// There is a file of this name, or was: it is not written over, and not written again.
    #[error("{0} is there already, or was handed over")]
    Taken(
        /// The name.
        FileName,
    ),
    /// The file is there, under its name; whether it outlives a loss of power is not known.
    #[error("{name} is there, and may not outlive a loss of power: {error}")]
    NotSynced {
        /// The name.
        name: FileName,
        /// What went wrong.
        error: io::Error,
    },
    /// The name was never given to anybody, or given back.
    #[error("{0} was not reserved")]
    NotReserved(
        /// The name.
        FileName,
    ),
    /// The directory cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Where reservations lie.
const RESERVED: &str = ".reserved";

impl Outbox {
    /// The outbox in this directory, which must be there.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// Keeps all others that ask for the same from writing files of this merchant. Whoever holds new refunds against the files that
    /// are there needs it: two that look at once would both find a refund in none of them, and both write it.
    ///
    /// # Errors
    ///
    /// [`OutboxError::NotAlone`] if somebody else does, or the directory cannot be written.
    pub fn alone(&self, merchant_id: &MerchantId) -> Result<Alone, OutboxError> {
        FileName::new(Phase::Transferred, BatchDate::MIN, *merchant_id, Counter::FIRST, Transport::Sftp)?;
        self.make_reserved()?;
        let name = format!("{}.lock", merchant_id.as_str().to_ascii_lowercase());
        let path = self.directory.join(RESERVED).join(name);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => Ok(Alone { _file: file }),
            Err(fs4::TryLockError::WouldBlock) => Err(OutboxError::NotAlone),
            Err(fs4::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn make_reserved(&self) -> io::Result<()> {
        match fs::create_dir(self.directory.join(RESERVED)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// Begins a file: reserves the day's next counter.
    ///
    /// # Errors
    ///
    /// If there is none left, the MerchantID can stand in no name, or the directory cannot be written.
    pub fn begin(
        &self,
        merchant_id: MerchantId,
        date: BatchDate,
        transport: Transport,
    ) -> Result<Pending, OutboxError> {
        let name = |counter| FileName::new(Phase::Transferred, date, merchant_id, counter, transport);
        name(Counter::FIRST)?;
        self.make_reserved()?;
        for counter in Counter::all() {
            let name = name(counter)?;
            let reservation = self.reservation(&name);
            match OpenOptions::new().write(true).create_new(true).open(&reservation) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                other => drop(other?),
            }
            let mut reservation = Reservation { path: reservation, stays: false };
            // After the reservation: whoever had it before has finished its file by now.
            if self.holds(&name)? || Mark::read(&reservation.path)?.is_some() {
                reservation.stays = true;
                continue;
            }
            return Ok(Pending::new(&self.directory, name, reservation)?);
        }
        Err(OutboxError::Full)
    }

    /// Begins a file again whose program died before it was published, under the same name: for refunds that a ledger says stand in
    /// it. The content has to be the same.
    ///
    /// # Errors
    ///
    /// [`OutboxError::Taken`] if the file is there, or was about to get its name: then it may have been handed over, and only a person
    /// can tell. [`OutboxError::NotReserved`] if the name was never given, or given back.
    pub fn again(&self, name: FileName) -> Result<Pending, OutboxError> {
        let reservation = Reservation { path: self.reservation(&name), stays: true };
        if !reservation.path.try_exists()? {
            return Err(OutboxError::NotReserved(name));
        }
        if Mark::read(&reservation.path)?.is_some() || self.holds(&name)? {
            return Err(OutboxError::Taken(name));
        }
        Ok(Pending::new(&self.directory, name, reservation)?)
    }

    /// Gives a name up for ever, whose file was not published: from now on nobody can. It may be done again.
    ///
    /// # Errors
    ///
    /// [`OutboxError::Taken`] if the file is there, or was about to get its name; [`OutboxError::NotReserved`] if the name was never
    /// given.
    pub fn withdraw(&self, name: FileName) -> Result<(), OutboxError> {
        let reservation = self.reservation(&name);
        if !reservation.try_exists()? {
            return Err(OutboxError::NotReserved(name));
        }
        match Mark::Withdrawn.make(&reservation) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match Mark::read(&reservation)? {
                Some(Mark::Withdrawn) => Ok(()),
                _ => Err(OutboxError::Taken(name)),
            },
            other => Ok(other?),
        }
    }

    /// The files of a merchant that were published here and are not here any more, in whatever phase. What stood in them, nobody can
    /// see here; by which way they went, neither: the names are those for SFTP.
    ///
    /// # Errors
    ///
    /// If the directory cannot be read.
    pub fn moved_away(&self, merchant_id: &MerchantId) -> io::Result<Vec<FileName>> {
        let entries = match fs::read_dir(self.directory.join(RESERVED)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mid = merchant_id.as_str().to_ascii_lowercase();
        let mut names = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let parts = path.file_name().and_then(|name| name.to_str()).and_then(|name| {
                let (date, rest) = name.strip_suffix(".mark")?.split_once('-')?;
                let (of, counter) = rest.rsplit_once('-')?;
                let counter = Counter::new(counter.parse().ok()?).ok()?;
                (of == mid).then_some((date.parse().ok()?, counter))
            });
            let Some((date, counter)) = parts else { continue };
            let Ok(name) = FileName::new(Phase::Transferred, date, *merchant_id, counter, Transport::Sftp)
            else {
                continue;
            };
            if Mark::read(&path)? == Some(Mark::Published) && !self.holds(&name)? {
                names.push(name);
            }
        }
        names.sort_by_key(|name| (name.date(), name.counter()));
        Ok(names)
    }

    /// Paygate may fold the case of a MID, and so do some file systems.
    fn reservation(&self, name: &FileName) -> PathBuf {
        let mid = name.merchant_id().as_str().to_ascii_lowercase();
        self.directory.join(RESERVED).join(format!("{}-{mid}-{}", name.date(), name.counter()))
    }

    /// Whether a file of this day, merchant and counter is there, in any phase, by any way, and in any case.
    fn holds(&self, name: &FileName) -> io::Result<bool> {
        let transports = [Transport::Upload, Transport::Sftp];
        let names: BTreeSet<String> = Phase::ALL
            .into_iter()
            .flat_map(|phase| transports.map(|transport| name.with_phase(phase).with_transport(transport)))
            .map(|name| name.to_string().to_ascii_lowercase())
            .collect();
        for entry in fs::read_dir(&self.directory)? {
            if entry?.file_name().to_str().is_some_and(|name| names.contains(&name.to_ascii_lowercase())) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The files of a merchant that lie here, in any phase, sorted by name: what a new one must not repeat.
    ///
    /// # Errors
    ///
    /// If the directory cannot be read.
    pub fn files(&self, merchant_id: &MerchantId) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let path = entry?.path();
            let is_of = |name: &str| {
                let mids = [Transport::Upload, Transport::Sftp]
                    .into_iter()
                    .filter_map(|transport| FileName::parse(name, transport).ok());
                mids.into_iter()
                    .any(|known| known.merchant_id().as_str().eq_ignore_ascii_case(merchant_id.as_str()))
            };
            if path.file_name().and_then(|name| name.to_str()).is_some_and(is_of) {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}
