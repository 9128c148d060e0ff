//! From file to file: `T….dat` is read, and `P….dat` written, which is there whole or not at all.

use super::carry_out::carry_out;
use super::payments::Payments;
use super::{BatchError, BatchRules};
use paygate::MerchantId;
use paygate_batch::{FileName, Phase, Transport};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Answers a file. `to` is the answer's path, or the directory where it gets the name of phase P; by default that is the
/// directory of the file.
pub(super) fn file(
    sent: &Path,
    to: Option<&Path>,
    rules: &BatchRules,
    payments: &impl Payments,
) -> Result<PathBuf, BatchError> {
    let input = File::open(sent).map_err(BatchError::Read)?;
    let mut path = PathBuf::new();
    // Written under another name first: whoever waits for the answer must not read half of one.
    let begin = |head: &paygate_batch::Head| {
        path = answer_path(sent, to, &head.merchant_id)?;
        // Before anything is carried out; when it is written, it is looked at again.
        match path.symlink_metadata() {
            Ok(_) => return Err(BatchError::Taken(path.clone())),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(BatchError::Write(error)),
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let directory = parent.unwrap_or(Path::new("."));
        let begun = tempfile::Builder::new().prefix(".answer-").suffix(".part").tempfile_in(directory);
        begun.map_err(BatchError::Write)
    };
    let (_, output): (_, NamedTempFile) = carry_out(input, begin, rules, payments)?;
    output.as_file().sync_all().map_err(BatchError::Write)?;
    match output.persist_noclobber(&path) {
        Ok(_) => Ok(path),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Err(BatchError::Taken(path)),
        Err(failed) => Err(BatchError::Write(failed.error)),
    }
}

fn answer_path(sent: &Path, to: Option<&Path>, mid: &MerchantId) -> Result<PathBuf, BatchError> {
    match to {
        Some(to) if !to.is_dir() => Ok(to.to_owned()),
        Some(directory) => Ok(directory.join(answer_name(sent, mid)?)),
        None => Ok(sent.with_file_name(answer_name(sent, mid)?)),
    }
}

/// The name of phase P. By which way the file goes, only its name tells: where both fit, both give the same name.
fn answer_name(sent: &Path, mid: &MerchantId) -> Result<String, BatchError> {
    let name = sent.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (upload, sftp) = (FileName::parse(name, Transport::Upload), FileName::parse(name, Transport::Sftp));
    if let (Err(error), Err(_)) = (&upload, &sftp) {
        return Err((*error).into());
    }
    let is_of = |name: &FileName| name.merchant_id().as_str().eq_ignore_ascii_case(mid.as_str());
    let known = [upload, sftp].into_iter().flatten().find(is_of).ok_or(BatchError::NameOfAnother)?;
    if known.phase() == Phase::Transferred {
        Ok(known.with_phase(Phase::Processed).to_string())
    } else {
        Err(BatchError::NotTransferred(known))
    }
}
