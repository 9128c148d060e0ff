//! Names of files: phase, date, MerchantID and the day's counter, in the order that the way of transport wants.

use crate::BatchDate;
use paygate_params::MerchantId;
use std::fmt;
use std::num::NonZeroU16;

/// How far Paygate is with a file: the first letter of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// `T`: handed over.
    Transferred,
    /// `W`: waiting, or being worked on.
    Waiting,
    /// `P`: processed; its lines have a Status.
    Processed,
}

/// By which way the file goes; counter and MerchantID change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// By hand, on the pages of Computop Analytics: `<Phase><Date><MerchantID><Counter>.dat`.
    Upload,
    /// By SFTP or FTP: `<Phase><Date><Counter><MerchantID>.dat`.
    Sftp,
}

/// Which file of the day it is, 1 to 999, written with three digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counter(NonZeroU16);

/// The name of a file (white label's page "Batch manager").
///
/// ```
/// use paygate_batch::{BatchDate, Counter, FileName, Phase, Transport};
/// use paygate_params::MerchantId;
///
/// let name = FileName::new(
///     Phase::Transferred,
///     BatchDate::new(2016, 1, 12)?,
///     MerchantId::from_static("YourMerchantId"),
///     Counter::FIRST,
///     Transport::Upload,
/// )?;
/// assert_eq!(name.to_string(), "T20160112YourMerchantId001.dat");
/// let sftp = FileName::parse("P20160112001YourMerchantId.dat", Transport::Sftp)?;
/// assert_eq!(sftp, name.with_phase(Phase::Processed).with_transport(Transport::Sftp));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileName {
    phase: Phase,
    date: BatchDate,
    merchant_id: MerchantId,
    counter: Counter,
    transport: Transport,
}

/// Why a text is no name of a file, or a MerchantID cannot stand in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// It does not end in `.dat`.
    #[error("the name does not end in .dat")]
    Extension,
    /// It does not begin with T, W or P.
    #[error("the name does not begin with T, W or P")]
    Phase,
    /// No day stands behind the phase.
    #[error("no day YYYYMMDD stands behind the first letter of the name")]
    Date,
    /// No counter stands where the way of transport wants it.
    #[error("the name has no counter from 001 to 999 where it belongs")]
    Counter,
    /// The MerchantID holds a character that names of files should not have.
    #[error("the MerchantID cannot stand in the name of a file: only letters, digits, - and _ can")]
    MerchantId,
}

impl Counter {
    /// 001.
    pub const FIRST: Self = Self(NonZeroU16::MIN);

    /// The counter of this number.
    ///
    /// # Errors
    ///
    /// If it is none from 1 to 999.
    pub const fn new(number: u16) -> Result<Self, NameError> {
        match NonZeroU16::new(number) {
            Some(number) if number.get() <= 999 => Ok(Self(number)),
            _ => Err(NameError::Counter),
        }
    }

    /// All of a day, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=999).filter_map(|number| Self::new(number).ok())
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0.get()
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

impl Phase {
    /// All three, in the order in which a file goes through them.
    pub const ALL: [Self; 3] = [Self::Transferred, Self::Waiting, Self::Processed];

    const fn letter(self) -> char {
        match self {
            Self::Transferred => 'T',
            Self::Waiting => 'W',
            Self::Processed => 'P',
        }
    }
}

impl FileName {
    /// A name.
    ///
    /// # Errors
    ///
    /// If the MerchantID holds anything but letters, digits, `-` and `_`: it may lead to another directory, or nobody knows how
    /// the other side reads it.
    pub fn new(
        phase: Phase,
        date: BatchDate,
        merchant_id: MerchantId,
        counter: Counter,
        transport: Transport,
    ) -> Result<Self, NameError> {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !merchant_id.as_bytes().iter().all(is_plain) {
            return Err(NameError::MerchantId);
        }
        Ok(Self { phase, date, merchant_id, counter, transport })
    }

    /// Reads a name. The way of transport has to be told: with a MerchantID of digits, both orders may fit.
    ///
    /// # Errors
    ///
    /// What does not stand where it belongs. Phase and extension may be of any case.
    pub fn parse(name: &str, transport: Transport) -> Result<Self, NameError> {
        let (stem, extension) = name.rsplit_once('.').ok_or(NameError::Extension)?;
        if !extension.eq_ignore_ascii_case("dat") {
            return Err(NameError::Extension);
        }
        let mut rest = stem.chars();
        let phase = match rest.next() {
            Some('T' | 't') => Phase::Transferred,
            Some('W' | 'w') => Phase::Waiting,
            Some('P' | 'p') => Phase::Processed,
            _ => return Err(NameError::Phase),
        };
        let (date, rest) = rest.as_str().split_at_checked(8).ok_or(NameError::Date)?;
        let date = date.parse().map_err(|_| NameError::Date)?;
        let cut = match transport {
            Transport::Upload => rest.len().checked_sub(3).and_then(|at| rest.split_at_checked(at)),
            Transport::Sftp => rest.split_at_checked(3).map(|(counter, mid)| (mid, counter)),
        };
        let (mid, counter) = cut.ok_or(NameError::Counter)?;
        if !counter.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NameError::Counter);
        }
        let counter = counter.parse().map_err(|_| NameError::Counter)?;
        let merchant_id = mid.parse().map_err(|_| NameError::MerchantId)?;
        Self::new(phase, date, merchant_id, Counter::new(counter)?, transport)
    }

    /// The phase.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The day.
    #[must_use]
    pub const fn date(&self) -> BatchDate {
        self.date
    }

    /// The merchant, in files of a master MID the master.
    #[must_use]
    pub const fn merchant_id(&self) -> MerchantId {
        self.merchant_id
    }

    /// Which file of the day.
    #[must_use]
    pub const fn counter(&self) -> Counter {
        self.counter
    }

    /// By which way it goes.
    #[must_use]
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// The same file in another phase.
    #[must_use]
    pub const fn with_phase(self, phase: Phase) -> Self {
        Self { phase, ..self }
    }

    /// The same file by another way.
    #[must_use]
    pub const fn with_transport(self, transport: Transport) -> Self {
        Self { transport, ..self }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { phase, date, merchant_id, counter, transport } = self;
        let phase = phase.letter();
        match transport {
            Transport::Upload => write!(f, "{phase}{date}{merchant_id}{counter}.dat"),
            Transport::Sftp => write!(f, "{phase}{date}{counter}{merchant_id}.dat"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            phase in proptest::sample::select(Phase::ALL.to_vec()),
            year in 1000..=9999_u16, month in 1..=12_u8, day in 1..=28_u8,
            mid in "[A-Za-z0-9_-]{1,30}",
            counter in 1..=999_u16,
            transport in proptest::sample::select(vec![Transport::Upload, Transport::Sftp]),
        ) {
            let date = BatchDate::new(year, month, day).unwrap();
            let mid = MerchantId::new(&mid).unwrap();
            let name = FileName::new(phase, date, mid, Counter::new(counter).unwrap(), transport).unwrap();
            prop_assert_eq!(FileName::parse(&name.to_string(), transport), Ok(name));
        }

        #[test]
        fn any_text_is_a_name_or_an_error(text in ".{0,40}") {
            for transport in [Transport::Upload, Transport::Sftp] {
                if let Ok(name) = FileName::parse(&text, transport) {
                    prop_assert!(name.to_string().eq_ignore_ascii_case(&text));
                }
            }
        }
    }

    #[test]
    fn what_stands_wrong_is_told() {
        let parse = |name| FileName::parse(name, Transport::Upload).unwrap_err();
        assert_eq!(parse("T20160112Shop001.txt"), NameError::Extension);
        assert_eq!(parse("T20160112Shop001"), NameError::Extension);
        assert_eq!(parse("X20160112Shop001.dat"), NameError::Phase);
        assert_eq!(parse("T20161312Shop001.dat"), NameError::Date);
        assert_eq!(parse("T20160112Shop000.dat"), NameError::Counter);
        assert_eq!(parse("T20160112Shop+01.dat"), NameError::Counter);
        assert_eq!(parse("T20160112001.dat"), NameError::MerchantId);
        assert_eq!(parse("T20160112../x001.dat"), NameError::MerchantId);
        assert!(FileName::parse("T20160112Shop001.DAT", Transport::Upload).is_ok());
    }

    #[test]
    fn a_merchant_id_that_leads_elsewhere_names_no_file() {
        let date = BatchDate::new(2026, 11, 22).unwrap();
        for mid in ["../up", "a/b", "a.b", "a b", "a,b", "a\\b", "c:"] {
            let mid = MerchantId::new(mid).unwrap();
            let name = FileName::new(Phase::Transferred, date, mid, Counter::FIRST, Transport::Sftp);
            assert_eq!(name, Err(NameError::MerchantId), "{mid}");
        }
    }
}
