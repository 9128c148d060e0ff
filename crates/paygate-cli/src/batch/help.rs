//! What the help of `paygate batch` says below the options.

/// For `batch`.
pub(crate) const BATCH: &str = "\
Example:
  paygate batch check T20261122001YourMerchantId.dat";

/// For `batch write`.
pub(crate) const WRITE: &str = "\
Needs PAYGATE_MERCHANT_ID or --merchant-id, and no key.

The list is CSV with the names of its columns in the first line, or, with the extension .jsonl, .ndjson or .json, a JSON \
object a line: Amount, Currency, TransID, PayID, and where you like RefNr; with --master also MID. Names are taken in any \
order and case. Amount is in the smallest unit of the currency. The list for --paid is written in the same ways.

Whatever is wrong is told on standard error by line and field, up to 100 times, and then there is no file and the day's \
counter is free again; with --json it is also printed as {\"errors\":[…],\"more\":N}. A TransID that stands twice, or in an \
earlier file, is told by record: the first of the list is record 1.

A line that is handed over twice is carried out twice. Of files that were moved out of the directory, name where they are by \
--earlier: nothing is written before, unless --ignore-moved says that nothing of them can come again. A file and its answer, by \
their names, are taken together: what was refused in it counts for nothing in a list of --paid. Refunds made online are not known to this command: where refunds go both ways, keep one ledger for \
both, as the library gateway-inbox does. Of one merchant, one command at a time may write into a directory. \
A hidden \
.part file in the directory is of a command that was stopped, and may be deleted while none runs; its counter of the day \
stays taken.

Example:
  mkdir -p outbox && paygate batch write --version 2.1 --from refunds.csv --to outbox";

/// For `batch check`.
pub(crate) const CHECK: &str = "\
Needs no account. Every problem is a line FILE:LINE:COLUMN: text or FILE:LINE: text, at most 1000 of them, and the exit \
code is then 1; what the file holds is told below. Notes are no problems.

Of a directory for --earlier, the files of the same merchant are taken, but not the file itself before or after it was \
answered.

Example:
  paygate batch check T20261122001YourMerchantId.dat";

/// For `batch report`.
pub(crate) const REPORT: &str = "\
Needs no account. Exits with 0 only if both files are whole and every refund was paid back unchanged.

No MAC covers an answered file: it is as authentic as the way by which it came.

In the report and in the CSV, an apostrophe stands wherever a spreadsheet would take the rest of a value for a formula. \
Amounts and sums are in the smallest unit of the currency.

Example:
  paygate batch report T20261122001YourMerchantId.dat P20261122001YourMerchantId.dat";
