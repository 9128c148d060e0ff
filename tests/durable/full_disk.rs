//! SQLite on a disk that is full: nothing is acknowledged that is not stored, and once there is room the repeats are.

use crate::database::Database;
use crate::effects::{Effects, settled_after_leases};
use crate::orders;
use crate::paygate::{Paygate, paid};
use crate::program::{Program, port};
use crate::scale::say;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const CALLBACKS: usize = 300;

/// What is left to the write-ahead log: enough for some of them.
const ROOM: u64 = 256 * 1024;

/// Starts the program so that none of its files becomes larger: for it, that is a full disk, and it needs no root.
const LIMITED: &str = r#"trap '' XFSZ; ulimit -S -f "$1"; exec "$0" --port "$2""#;

/// The orders, and what will be told of them, in a file that nobody has open.
async fn prepared(database: &Database) -> Vec<String> {
    let store = database.store().await;
    let expected = orders::place(&store, CALLBACKS).await;
    // So that the log begins anew, with all the room that is left.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(store.inbox().pool()).await.unwrap();
    store.inbox().pool().close().await;
    paid(&expected)
}

/// Tells each one once: what was refused, which is some of them.
async fn told_while_full(shop: &mut Program, paygate: &Paygate, forms: &[String]) -> Vec<String> {
    let answers = paygate.tell_once(&shop.url(), forms, 16).await;
    assert!(shop.runs());
    let refused = forms.iter().zip(&answers).filter(|(_, answer)| **answer != Some(200));
    let refused: Vec<_> = refused.map(|(form, _)| form.clone()).collect();
    assert!(!refused.is_empty(), "the disk was not full");
    // An answer, and not the end of the process.
    assert!(answers.iter().all(|answer| matches!(answer, Some(200 | 500))), "{answers:?}");
    refused
}

/// There is room again: what was refused is told until it is acknowledged.
async fn told_again(how: &str, database: &Database, shop: &Program, paygate: &Paygate, refused: Vec<String>) {
    let while_full = paygate.to_string();
    paygate.tell(&[shop.url()], refused, 16).await;
    let store = database.store().await;
    settled_after_leases(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(CALLBACKS);
    assert!(effects.came >= i64::try_from(paygate.answered()).unwrap());
    say(&format!("{how}: while full, {while_full}; at the end, {paygate}; {effects}"));
}

fn limited(database: &Database) -> Program {
    let port = port();
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().envs(database.environment()).args(["-c", LIMITED]);
    shell.arg(env!("CARGO_BIN_EXE_shop-under-test")).arg((ROOM / 512).to_string()).arg(port.to_string());
    Program::run(shell, port)
}

/// Whether the limit of a process that runs could be taken away.
fn unlimited(shop: &Program) -> bool {
    let prlimit =
        Command::new("prlimit").args(["--pid", &shop.id().to_string(), "--fsize=unlimited"]).status();
    prlimit.is_ok_and(|status| status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_its_files_cannot_grow_a_shop_acknowledges_nothing_that_it_has_not_stored() {
    for at_the_next_start in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::sqlite(&folder);
        let forms = prepared(&database).await;
        let mut shop = limited(&database);
        let paygate = Paygate::new();
        let refused = told_while_full(&mut shop, &paygate, &forms).await;
        if at_the_next_start || !unlimited(&shop) {
            shop.kill();
            shop = Program::start(database.program(), port());
            told_again("files that cannot grow until the next start", &database, &shop, &paygate, refused)
                .await;
        } else {
            told_again("files that cannot grow for a while", &database, &shop, &paygate, refused).await;
        }
    }
}

/// A small file system, as long as it lasts.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    /// `None` where this user may not mount.
    fn at(folder: &'a Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_file_system_too_where_one_may_be_mounted() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mounted::at(folder.path()) else {
        say("full file system: NOT TESTED, since this user may not mount one; files that cannot grow were");
        return;
    };
    let database = Database::sqlite(&folder);
    let forms = prepared(&database).await;
    let path = folder.path().join("ballast");
    let mut ballast = std::fs::File::create(&path).unwrap();
    while ballast.write_all(&[0; 4096]).is_ok() {}
    ballast.set_len(ballast.metadata().unwrap().len() - ROOM).unwrap();
    let mut shop = Program::start(database.program(), port());
    let paygate = Paygate::new();
    let refused = told_while_full(&mut shop, &paygate, &forms).await;
    // Open, it would keep its room.
    drop(ballast);
    std::fs::remove_file(path).unwrap();
    told_again("a full file system", &database, &shop, &paygate, refused).await;
}
