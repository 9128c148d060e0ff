//! Files are there whole or not at all, and no name is given twice.

use crate::given::{MID, day, layout, record};
use paygate_batch::{
    BatchDate, Counter, FileName, Guard, Layout, NameError, Outbox, OutboxError, Pending, Phase, Rules,
    Transport, Writer,
};
use paygate_params::MerchantId;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;

fn writer(pending: Pending) -> Writer<Pending, Layout> {
    Writer::new(pending, MID, day(), layout("2.x"), Rules::default(), Guard::new()).unwrap()
}

fn published(outbox: &Outbox, transport: Transport) -> PathBuf {
    let mut writer = writer(outbox.begin(MID, day(), transport).unwrap());
    writer.write(&record("r-1", 100)).unwrap();
    writer.finish().unwrap().publish().unwrap()
}

/// What an uploader would see.
fn files(directory: &Path) -> BTreeSet<String> {
    let names =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != ".reserved").collect()
}

#[test]
fn counters_go_on_whichever_way_the_files_go() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    published(&outbox, Transport::Sftp);
    published(&outbox, Transport::Upload);
    published(&outbox, Transport::Sftp);
    let expected = [
        "T20261122001YourMerchantId.dat",
        "T20261122003YourMerchantId.dat",
        "T20261122YourMerchantId002.dat",
    ];
    assert_eq!(files(folder.path()), expected.map(str::to_owned).into());
    // Another day and another merchant begin at the start.
    let tomorrow = BatchDate::new(2026, 11, 23).unwrap();
    assert_eq!(outbox.begin(MID, tomorrow, Transport::Sftp).unwrap().name().counter(), Counter::FIRST);
    let other = MerchantId::from_static("Other");
    assert_eq!(outbox.begin(other, day(), Transport::Sftp).unwrap().name().counter(), Counter::FIRST);
    // The case of a MID makes no other merchant.
    let shouted = MerchantId::from_static("YOURMERCHANTID");
    assert_eq!(outbox.begin(shouted, day(), Transport::Sftp).unwrap().name().counter().get(), 4);
}

#[test]
fn until_it_has_its_foot_a_file_has_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let mut writer = writer(outbox.begin(MID, day(), Transport::Sftp).unwrap());
    let no_name = || {
        files(folder.path())
            .iter()
            .all(|name| name.starts_with('.') && Path::new(name).extension() == Some("part".as_ref()))
    };
    for number in 0..5_000 {
        writer.write(&record(&format!("r-{number}"), 100)).unwrap();
    }
    assert!(no_name() && files(folder.path()).len() == 1);
    let complete = writer.finish().unwrap();
    assert!(no_name());
    let path = complete.publish().unwrap();
    assert_eq!(files(folder.path()), [path.file_name().unwrap().to_str().unwrap().to_owned()].into());
    assert!(fs::read_to_string(path).unwrap().ends_with("FOOT,5000,500000\r\n"));
}

#[test]
fn a_file_that_was_given_up_leaves_nothing_and_its_counter_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    drop(writer(outbox.begin(MID, day(), Transport::Sftp).unwrap()));
    let mut doubled = writer(outbox.begin(MID, day(), Transport::Sftp).unwrap());
    doubled.write(&record("r-1", 100)).unwrap();
    doubled.write(&record("r-1", 100)).unwrap();
    assert!(doubled.finish().is_err());
    assert!(files(folder.path()).is_empty());
    assert!(published(&outbox, Transport::Sftp).ends_with("T20261122001YourMerchantId.dat"));
}

#[test]
fn a_name_is_not_given_again_when_its_file_was_moved_away() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    fs::remove_file(published(&outbox, Transport::Sftp)).unwrap();
    assert!(published(&outbox, Transport::Sftp).ends_with("T20261122002YourMerchantId.dat"));
}

#[test]
fn no_file_is_written_over_in_whatever_phase_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    for name in
        ["P20261122001YourMerchantId.dat", "w20261122yourmerchantid002.DAT", "T20261122003YourMerchantId.dat"]
    {
        fs::write(folder.path().join(name), "somebody's").unwrap();
    }
    let pending = outbox.begin(MID, day(), Transport::Sftp).unwrap();
    assert_eq!(pending.name().counter().get(), 4);
    // It comes while the file is written.
    let late = folder.path().join("T20261122004YourMerchantId.dat");
    fs::write(&late, "somebody's").unwrap();
    let refused = writer(pending).finish().unwrap().publish();
    assert!(matches!(refused, Err(OutboxError::Taken(name)) if name.counter().get() == 4));
    assert_eq!(fs::read_to_string(late).unwrap(), "somebody's");
    assert_eq!(files(folder.path()).len(), 4);
}

#[test]
fn many_at_once_get_a_counter_each() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let start = Barrier::new(16);
    let names: BTreeSet<PathBuf> = std::thread::scope(|scope| {
        let one = || {
            start.wait();
            (0..6).map(|_| published(&outbox, Transport::Upload)).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(one)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let counters: Vec<u16> = names
        .iter()
        .map(|path| {
            FileName::parse(path.file_name().unwrap().to_str().unwrap(), Transport::Upload)
                .unwrap()
                .counter()
                .get()
        })
        .collect();
    assert_eq!(counters, (1..=96).collect::<Vec<_>>());
}

#[test]
fn a_day_has_999_files() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    drop(outbox.begin(MID, day(), Transport::Sftp).unwrap());
    for counter in 1..=999 {
        fs::write(folder.path().join(format!(".reserved/20261122-yourmerchantid-{counter:03}")), "").unwrap();
    }
    assert!(matches!(outbox.begin(MID, day(), Transport::Sftp), Err(OutboxError::Full)));
}

#[test]
fn a_file_whose_program_died_is_written_again_under_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let mut pending = outbox.begin(MID, day(), Transport::Sftp).unwrap();
    let name = pending.name();
    pending.keep_name();
    drop(pending); // as if the program had ended
    assert_eq!(outbox.begin(MID, day(), Transport::Sftp).unwrap().name().counter().get(), 2);
    let path = writer(outbox.again(name).unwrap()).finish().unwrap().publish().unwrap();
    assert!(path.ends_with(name.to_string()));
    // It may have been handed over by now, also if it is not here any more.
    assert!(matches!(outbox.again(name), Err(OutboxError::Taken(_))));
    fs::remove_file(path).unwrap();
    assert!(matches!(outbox.again(name), Err(OutboxError::Taken(_))));
    let never =
        FileName::new(Phase::Transferred, day(), MID, Counter::new(7).unwrap(), Transport::Sftp).unwrap();
    assert!(matches!(outbox.again(never), Err(OutboxError::NotReserved(_))));
}

#[test]
fn a_file_is_published_or_taken_back_and_never_both() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let begin = || {
        let mut pending = outbox.begin(MID, day(), Transport::Sftp).unwrap();
        pending.keep_name();
        (pending.name(), writer(pending).finish().unwrap())
    };
    let (name, complete) = begin();
    outbox.withdraw(name).unwrap();
    outbox.withdraw(name).unwrap();
    assert!(matches!(complete.publish(), Err(OutboxError::Taken(_))));
    assert!(matches!(outbox.again(name), Err(OutboxError::Taken(_))));
    assert!(files(folder.path()).is_empty());
    let (name, complete) = begin();
    let path = complete.publish().unwrap();
    assert!(matches!(outbox.withdraw(name), Err(OutboxError::Taken(_))));
    assert!(outbox.moved_away(&MID).unwrap().is_empty());
    fs::remove_file(path).unwrap();
    assert!(matches!(outbox.withdraw(name), Err(OutboxError::Taken(_))));
    assert_eq!(outbox.moved_away(&MID).unwrap(), [name]);
    assert!(outbox.moved_away(&MerchantId::from_static("Other")).unwrap().is_empty());
    // It came back answered.
    fs::write(folder.path().join("P20261122YourMerchantId002.dat"), "").unwrap();
    assert!(outbox.moved_away(&MID).unwrap().is_empty());
}

#[test]
fn a_name_that_was_taken_back_is_not_given_again_when_its_writer_gives_up() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let pending = outbox.begin(MID, day(), Transport::Sftp).unwrap();
    outbox.withdraw(pending.name()).unwrap();
    drop(pending);
    assert!(published(&outbox, Transport::Sftp).ends_with("T20261122002YourMerchantId.dat"));
}

#[test]
fn two_that_write_one_file_again_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let mut pending = outbox.begin(MID, day(), Transport::Sftp).unwrap();
    let name = pending.name();
    pending.keep_name();
    drop(pending);
    let [one, other] = [outbox.again(name).unwrap(), outbox.again(name).unwrap()];
    let _path = writer(one).finish().unwrap().publish().unwrap();
    assert!(matches!(writer(other).finish().unwrap().publish(), Err(OutboxError::Taken(_))));
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn a_merchant_id_that_leads_elsewhere_reserves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Outbox::new(folder.path()).begin(MerchantId::from_static("../up"), day(), Transport::Sftp);
    assert!(matches!(refused, Err(OutboxError::Name(NameError::MerchantId))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(Outbox::new("/nowhere").begin(MID, day(), Transport::Sftp).is_err());
}

#[test]
fn the_files_of_a_merchant_are_found_in_any_phase() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let names = [
        "P20261121001YourMerchantId.dat",
        "T20261122YourMerchantId002.dat",
        "T20261122001Other.dat",
        "notes.txt",
        "T.dat",
    ];
    for name in names {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let found: Vec<_> = outbox
        .files(&MID)
        .unwrap()
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(found, names[..2]);
}

#[test]
fn one_at_a_time_looks_at_what_is_there_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let alone = outbox.alone(&MID).unwrap();
    let shouted = MerchantId::from_static("YOURMERCHANTID");
    assert!(matches!(Outbox::new(folder.path()).alone(&shouted), Err(OutboxError::NotAlone)));
    let other = outbox.alone(&MerchantId::from_static("Other"));
    assert!(other.is_ok());
    drop(alone);
    assert!(outbox.alone(&shouted).is_ok());
    // What lies there is no file of anybody's.
    assert!(files(folder.path()).is_empty() && outbox.files(&MID).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn only_its_user_can_read_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = published(&Outbox::new(folder.path()), Transport::Sftp);
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}
