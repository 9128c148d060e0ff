//! `paygate batch`.

mod check;
mod known;
mod lists;
mod report;
mod spreadsheet;
mod write;

use crate::command::{Ran, run_with};
use std::path::{Path, PathBuf};

/// A list of refunds.
pub(crate) const REFUNDS: &str = "\
Amount,Currency,TransID,RefNr,PayID
999,EUR,refund-1,2026-11,7bbb448155234d8cbee323778952ce28
1000,EUR,refund-2,,0123456789abcdef0123456789abcdef
";

/// The same as a file of version 2.1.
pub(crate) const SENT: &str = "\
HEAD,YourMerchantId,20261122,2.1\r
Trustly,Credit,999,EUR,refund-1,2026-11,7bbb448155234d8cbee323778952ce28\r
Trustly,Credit,1000,EUR,refund-2,,0123456789abcdef0123456789abcdef\r
FOOT,2,1999\r
";

/// Its answer, everything paid back.
pub(crate) const PAID_BACK: &str = "\
HEAD,YourMerchantId,20261122,2.1\r
Trustly,Credit,999,EUR,refund-1,2026-11,7bbb448155234d8cbee323778952ce28,OK,00000000\r
Trustly,Credit,1000,EUR,refund-2,,0123456789abcdef0123456789abcdef,OK,00000000\r
FOOT,2,1999\r
";

/// Two payments.
const ONE: &str = "7bbb448155234d8cbee323778952ce28";
const OTHER: &str = "0123456789abcdef0123456789abcdef";

/// What a test needs to know of the merchant.
const MID: [(&str, &str); 1] = [("PAYGATE_MERCHANT_ID", "YourMerchantId")];

/// The first file of the day.
const FIRST: &str = "T20261122001YourMerchantId.dat";

/// So many currencies, as far as their form goes, from AAA on.
fn currencies(count: usize) -> impl Iterator<Item = String> {
    let letters = || 'A'..='Z';
    let all = letters().flat_map(move |a| letters().map(move |b| (a, b)));
    all.flat_map(move |(a, b)| letters().map(move |c| format!("{a}{b}{c}"))).take(count)
}

/// A file of version 1.0 with a refund in each of so many currencies.
fn many_currencies(count: usize) -> String {
    let lines = currencies(count).enumerate();
    let lines = lines.map(|(number, code)| format!("Trustly,Credit,100,{code},r-{number},{number:032}\n"));
    format!("HEAD,Shop,20261122,1.0\n{}FOOT,{count},{}\n", lines.collect::<String>(), 100 * count)
}

/// An empty directory for one test.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("batch-{name}"));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Writes the file of a list on a day that does not change.
fn write(to: &Path, list: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
    let to = to.to_str().unwrap();
    let common = ["batch", "write", "--date", "20261122", "--from", "-", "--to", to];
    run_with(&MID, &[&common, arguments].concat(), list.as_ref())
}

/// The names of the `.dat` files of a directory.
fn files(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".reserved");
    names.sort();
    names
}

/// A file in a directory.
fn put(directory: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = directory.join(name);
    std::fs::write(&path, content).unwrap();
    path.into_os_string().into_string().unwrap()
}
