//! The files that were made before: each once, and with its answer where both are there.

use super::args::KnownArgs;
use super::{known, source};
use crate::failure::{Failure, Refusal};
use paygate::MerchantId;
use paygate_batch::{BatchDate, Counter, EarlierError, FileName, Guard, Outbox, Phase, ReadError, Reader};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Which file of a merchant it is, whichever phase it is in.
type Which = (BatchDate, Counter);

/// Earlier files of one merchant.
pub(super) struct Earlier {
    merchant_id: MerchantId,
    /// Where each lies, so that none counts twice.
    paths: BTreeSet<PathBuf>,
    /// Those whose names say which they are, with the phase.
    named: BTreeMap<Which, Vec<(Phase, PathBuf)>>,
    others: Vec<PathBuf>,
    /// The file that is checked is none of its own earlier ones.
    checked: Option<Which>,
}

impl Earlier {
    pub(super) fn new(merchant_id: MerchantId, checked: Option<&Path>) -> Self {
        let checked = checked.and_then(|path| which(path, &merchant_id)).map(|(which, _)| which);
        let (named, others) = (BTreeMap::new(), Vec::new());
        Self { merchant_id, paths: BTreeSet::new(), named, others, checked }
    }

    /// Adds what `--earlier` names, and gives back what a person should know of it.
    pub(super) fn add(&mut self, args: &KnownArgs) -> Result<Vec<String>, Failure> {
        let mut notes = Vec::new();
        for path in &args.earlier {
            if !path.is_dir() {
                if !self.add_file(path)? {
                    return Err(Refusal::OtherMerchant { file: source::name(path) }.into());
                }
            } else if self.add_directory(path)? == 0 {
                notes.push(format!("{}: holds no earlier file of {}", path.display(), self.merchant_id));
            }
        }
        Ok(notes)
    }

    /// Adds the merchant's files in a directory, and tells how many they are.
    pub(super) fn add_directory(&mut self, directory: &Path) -> Result<u64, Failure> {
        let files = Outbox::new(directory).files(&self.merchant_id);
        let mut added = 0_u64;
        for file in files.map_err(|error| failed(directory, error))? {
            // A name of digits may be read as that of another merchant; what HEAD says is no guess.
            if self.add_file(&file)? {
                added = added.saturating_add(1);
            }
        }
        Ok(added)
    }

    /// `false` if it is another merchant's.
    fn add_file(&mut self, path: &Path) -> Result<bool, Failure> {
        let head = reader(path)?.head().merchant_id;
        if !head.as_str().eq_ignore_ascii_case(self.merchant_id.as_str()) {
            return Ok(false);
        }
        let whole = path.canonicalize().map_err(|error| failed(path, error))?;
        if self.paths.insert(whole) {
            match which(path, &self.merchant_id) {
                Some((which, _)) if Some(which) == self.checked => {}
                Some((which, phase)) => self.named.entry(which).or_default().push((phase, path.to_owned())),
                None => self.others.push(path.to_owned()),
            }
        }
        Ok(true)
    }

    /// Those of these that are not known here.
    pub(super) fn without(&self, names: Vec<FileName>) -> Vec<FileName> {
        let is_known = |name: &FileName| self.named.contains_key(&(name.date(), name.counter()));
        names.into_iter().filter(|name| !is_known(name)).collect()
    }

    /// Tells the guard all of them.
    pub(super) fn tell(self, guard: &mut Guard) -> Result<(), Failure> {
        for path in &self.others {
            one(guard, path)?;
        }
        for mut files in self.named.into_values() {
            files.sort();
            match files.as_slice() {
                [(Phase::Transferred | Phase::Waiting, sent), .., (Phase::Processed, answered)]
                    if files.len() == 2 =>
                {
                    both(guard, sent, answered)?;
                }
                // A file and what waits of it, or copies of one: each counts, which refuses too much and never too little.
                files => files.iter().try_for_each(|(_, path)| one(guard, path))?,
            }
        }
        Ok(())
    }
}

fn one(guard: &mut Guard, path: &Path) -> Result<(), Failure> {
    let told = guard.earlier(&source::name(path), &mut reader(path)?);
    told.map_err(|error| wrong(path, error))
}

fn both(guard: &mut Guard, sent: &Path, answered: &Path) -> Result<(), Failure> {
    let told = guard.earlier_answered(&source::name(sent), reader(sent)?, reader(answered)?);
    told.map_err(|error| match error {
        EarlierError::Read(ReadError::Io(error)) => failed(answered, error),
        error => Refusal::Earlier {
            sent: source::name(sent),
            answered: source::name(answered),
            error: error.to_string(),
        }
        .into(),
    })
}

fn reader(path: &Path) -> Result<Reader<File>, Failure> {
    let file = File::open(path).map_err(|error| failed(path, error))?;
    Reader::new(file).map_err(|error| wrong(path, error))
}

fn failed(path: &Path, error: io::Error) -> Failure {
    Failure::File { path: path.to_owned(), error }
}

fn wrong(path: &Path, error: ReadError) -> Failure {
    match error {
        ReadError::Io(error) => failed(path, error),
        ReadError::Line(error) => Refusal::File { file: source::name(path), error }.into(),
        error => failed(path, io::Error::other(error.to_string())),
    }
}

/// Which file of this merchant a name says it is, and in which phase.
fn which(path: &Path, merchant_id: &MerchantId) -> Option<(Which, Phase)> {
    let is_of = |name: &FileName| name.merchant_id().as_str().eq_ignore_ascii_case(merchant_id.as_str());
    let name = known::names(path).into_iter().find(is_of)?;
    Some(((name.date(), name.counter()), name.phase()))
}
