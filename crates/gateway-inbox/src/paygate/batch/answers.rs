//! Settling: what an answer says of each refund, held against what the ledger has sent.

use super::{BatchFiles, SettleFileError};
use crate::InboxError;
use crate::database::Database;
use crate::paygate::GATEWAY;
use crate::refund::{FileAnswer, InFile};
use ::paygate::TransId;
use paygate_batch::{Answer, FileName, Finding, Guard, Reader, Reconciled, Verdict, Writer, reconcile};
use std::collections::HashSet;

/// What is to be written down of one refund.
enum Said {
    Done,
    Refused(String),
    Unclear(&'static str),
}

/// What an answered file says of each refund, and of which it tells besides: once more, or of one that was not sent.
#[derive(Default)]
struct Answers {
    said: Vec<(TransId, Said)>,
    unexpected: HashSet<TransId>,
}

impl<DB: Database> BatchFiles<DB> {
    /// Settles the refunds of a file by its answer, in the shop's own transaction, and tells what came of them: done, refused, or a
    /// matter for a person where the answer is missing, unclear, comes twice, or is another in anything else. So is a refund that the
    /// answer tells of and that was taken back from the file, or stands in another.
    ///
    /// The answer is held against what the ledger has sent, not against a file that somebody may have changed. It carries no MAC: hand
    /// in what came by the way on which Paygate's files come, and nothing else. The same answer may be settled again.
    ///
    /// # Errors
    ///
    /// If it is not whole, or none of this file: nothing is settled then.
    pub async fn settle(
        &self,
        change: &mut DB::Connection,
        name: FileName,
        answered: &[u8],
    ) -> Result<Reconciled, SettleFileError> {
        let name = self.own(name).ok_or(SettleFileError::NoSuchFile)?;
        let file = name.to_string();
        let refunds = self.ledger.in_file(GATEWAY, &self.account, &file).await?;
        if refunds.is_empty() {
            return Err(SettleFileError::NoSuchFile);
        }
        let sent = self.sent(name, &refunds)?;
        let mut answers = Answers::default();
        let told = reconcile(Reader::new(&*sent)?, Reader::new(answered)?, |finding| answers.take(&finding))?;
        let is_whole = told.sent.is_some() && told.answered.is_some() && told.same_head;
        if !is_whole || told.tally.doubled > 0 || is_of_another_file(&told) {
            return Err(SettleFileError::NotWhole);
        }
        let Answers { said, unexpected } = answers;
        for (trans_id, said) in &said {
            let answer = match said {
                _ if unexpected.contains(trans_id) => FileAnswer::Unclear { why: "answered twice" },
                Said::Done => FileAnswer::Done,
                Said::Refused(why) => FileAnswer::Refused { why },
                Said::Unclear(why) => FileAnswer::Unclear { why },
            };
            let _state = self.ledger.settle_in_file(change, &file, trans_id.as_str(), answer).await?;
        }
        let stand_there: HashSet<&str> = refunds.iter().map(InFile::reference).collect();
        for trans_id in unexpected.iter().map(TransId::as_str).filter(|name| !stand_there.contains(name)) {
            let why = "the answer to a file told of it in which it does not stand";
            let _state = self.ledger.doubt(change, (GATEWAY, &self.account), trans_id, why).await?;
        }
        Ok(told)
    }

    /// The file as it was sent, made of what the ledger holds. What was settled and purged since is not held against the answer any
    /// more, nor what was left out.
    fn sent(&self, name: FileName, refunds: &[InFile]) -> Result<Vec<u8>, SettleFileError> {
        // What stands there was allowed when it was stored.
        let rules = self.rules.with_mixed_currencies(true).with_least_amount(0).with_most_digits(12);
        let unreadable = || InboxError::Unreadable { table: "gateway_refunds", column: "request" };
        let begun = Writer::new(Vec::new(), self.merchant_id, name.date(), self.layout, rules, Guard::new());
        let mut writer = begun.map_err(|_| unreadable())?;
        for record in refunds.iter().filter_map(|refund| self.record(refund)) {
            writer.write(&record).map_err(|_| unreadable())?;
        }
        Ok(writer.finish().map_err(|_| unreadable())?.into_inner())
    }
}

/// Whether it answers other refunds, and none of these. The HEAD of all files of a day is the same.
fn is_of_another_file(told: &Reconciled) -> bool {
    let missing = told.tally.missing.records;
    told.tally.unexpected.records > 0 && told.sent.is_some_and(|sent| sent.records == missing)
}

impl Answers {
    fn take(&mut self, finding: &Finding<'_>) {
        let (sent, said) = match finding {
            Finding::Answered { verdict, sent, answer, .. } => (sent, Said::of(*verdict, answer)),
            Finding::Changed { sent, .. } => {
                (sent, Said::Unclear("answered with other fields than were sent"))
            }
            Finding::Missing { sent } => (sent, Said::Unclear("missing in the answer")),
            Finding::Unexpected { answered } => {
                self.unexpected.insert(answered.record.trans_id);
                return;
            }
            // They are counted, and nothing is settled then.
            _ => return,
        };
        self.said.push((sent.record.trans_id, said));
    }
}

impl Said {
    fn of(verdict: Verdict, answer: &Answer) -> Self {
        match verdict {
            Verdict::PaidBack => Self::Done,
            Verdict::Failed => {
                let code = answer.code.map_or_else(|| "FAILED".to_owned(), |code| code.to_string());
                Self::Refused(code)
            }
            Verdict::Unclear => {
                Self::Unclear("answered with a Status and a Code that do not say whether it was done")
            }
        }
    }
}
