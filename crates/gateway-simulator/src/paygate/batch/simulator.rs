//! Who takes batch files: a simulator, with its payments, or nobody but the rules.

use super::carry_out::carry_out;
use super::file::file;
use super::payments::WithoutPayments;
use super::{BatchError, BatchRules};
use crate::paygate::desk::Desk;
use crate::paygate::simulator::Simulator;
use paygate_batch::Total;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Takes a file, and rings for those who wait for news.
pub(crate) fn batch<R: Read + Seek, W: Write>(
    desk: &Desk,
    sent: R,
    answered: W,
    rules: &BatchRules,
) -> Result<Total, BatchError> {
    let done = carry_out(sent, |_| Ok(answered), rules, desk);
    desk.done.send_replace(());
    done.map(|(total, _)| total)
}

impl Simulator {
    /// Takes a batch file and writes its answer; tells count and sum of the file. Memory is that of one line.
    ///
    /// The file is read twice. First to its end: if anything is wrong with it, it is refused as a whole, and nothing is carried
    /// out. Then each refund is carried out as `credit.aspx` would carry it out, and stands in
    /// [`Transaction::credits`](crate::paygate::Transaction::credits); it is answered with the same code. In the file of a master
    /// MID, master and slaves have to be merchants of the simulator.
    ///
    /// The same file, taken twice, **is carried out twice**: a line has no ReqId, by which a repetition could be told from a
    /// refund of its own, and TransIDs may come again. This is what a shop has to guard against.
    ///
    /// # Errors
    ///
    /// If the file is refused, or cannot be read, or the answer cannot be written.
    pub fn batch<R: Read + Seek, W: Write>(
        &self,
        sent: R,
        answered: W,
        rules: &BatchRules,
    ) -> Result<Total, BatchError> {
        batch(self.desk(), sent, answered, rules)
    }

    /// The same with a file `T….dat`: writes the answer beside it, under the name of phase P, and tells its path. It is there
    /// whole, or not at all, and never in place of another file.
    ///
    /// # Errors
    ///
    /// As [`Simulator::batch`]; and if the file's name is none, or does not fit HEAD, or the answer is there already.
    pub fn batch_file(&self, sent: &Path, rules: &BatchRules) -> Result<PathBuf, BatchError> {
        let done = file(sent, None, rules, &**self.desk());
        self.desk().done.send_replace(());
        done
    }
}

impl WithoutPayments {
    /// Answers a batch file, as [`Simulator::batch`] does.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn batch<R: Read + Seek, W: Write>(
        &self,
        sent: R,
        answered: W,
        rules: &BatchRules,
    ) -> Result<Total, BatchError> {
        carry_out(sent, |_| Ok(answered), rules, self).map(|(total, _)| total)
    }

    /// Answers a file `T….dat`, as [`Simulator::batch_file`] does. The answer goes to `to`: a directory, in which it gets the name
    /// of phase P, or a path; for a path, the file may have any name.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn batch_file(
        &self,
        sent: &Path,
        to: Option<&Path>,
        rules: &BatchRules,
    ) -> Result<PathBuf, BatchError> {
        file(sent, to, rules, self)
    }
}
