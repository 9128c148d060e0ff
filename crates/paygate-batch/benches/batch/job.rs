//! The jobs: each runs in a process of its own and tells its time and its greatest memory.

use crate::given::{self, MID};
use paygate_batch::{
    Answer, BatchDate, Guard, Minor, Outbox, Reader, Rules, Transport, V2x, Writer, answer, check, reconcile,
};
use paygate_params::{Code, Status};
use std::fs::{self, File};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Job {
    Write,
    Check,
    Report,
    /// The records made and thrown away: a part of writing that is not ours.
    Make,
    /// The crate `csv` reads byte records, of the file that was sent.
    Csv,
    /// The same, of both files in turn.
    CsvBoth,
    /// A script in Python reads the file that was sent, and counts and sums.
    Python,
    /// A script in Python holds the answers against what was sent, both in the same order.
    PythonBoth,
}

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    pub(crate) seconds: f64,
    pub(crate) kib: u64,
}

const PYTHON: &str = "
import csv, sys
count = total = 0
with open(sys.argv[1], newline='') as file:
    for row in csv.reader(file):
        if row[0] == 'Trustly':
            count += 1
            total += int(row[2])
        elif row[0] == 'FOOT':
            assert count == int(row[1]) and total == int(row[2])
print(count)
";

const PYTHON_BOTH: &str = "
import csv, sys
done = failed = 0
with open(sys.argv[1], newline='') as sent, open(sys.argv[2], newline='') as answered:
    for one, other in zip(csv.reader(sent), csv.reader(answered)):
        if one[0] == 'Trustly':
            assert one == other[:7]
            if other[7] == 'OK' and other[8] == '00000000':
                done += 1
            else:
                failed += 1
print(done + failed)
";

impl Job {
    pub(crate) const ALL: [Self; 8] = [
        Self::Write,
        Self::Make,
        Self::Check,
        Self::Csv,
        Self::Python,
        Self::Report,
        Self::CsvBoth,
        Self::PythonBoth,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Check => "check",
            Self::Report => "report",
            Self::Make => "make",
            Self::Csv => "csv",
            Self::CsvBoth => "csv-both",
            Self::Python => "python",
            Self::PythonBoth => "python-both",
        }
    }

    pub(crate) fn is_ours(self) -> bool {
        matches!(self, Self::Write | Self::Check | Self::Report)
    }

    /// Runs it in a process of its own.
    pub(crate) fn run(self, files: &Files) -> Took {
        let [sent, answered] = [&files.sent, &files.answered];
        match self {
            Self::Python => timed("python3", &["-c".as_ref(), PYTHON.as_ref(), sent.as_ref()], files.records),
            Self::PythonBoth => {
                let arguments = ["-c".as_ref(), PYTHON_BOTH.as_ref(), sent.as_ref(), answered.as_ref()];
                timed("python3", &arguments, files.records)
            }
            _ => {
                let this = std::env::current_exe().expect("this program");
                let records = files.records.to_string();
                let output = Command::new(this)
                    .args(["--child", self.name(), &records])
                    .args([sent, answered, &files.directory])
                    .output()
                    .expect("a process");
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                let text = String::from_utf8(output.stdout).expect("text");
                let mut numbers = text.split_whitespace();
                let mut next = || numbers.next().expect("two numbers");
                Took { seconds: next().parse().expect("seconds"), kib: next().parse().expect("KiB") }
            }
        }
    }
}

/// Its start is counted: a few hundredths of a second of many.
fn timed(program: &str, arguments: &[&std::ffi::OsStr], records: u64) -> Took {
    let from = Instant::now();
    let output = Command::new(program).args(arguments).output().expect("python3 in PATH");
    let seconds = from.elapsed().as_secs_f64();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), records.to_string());
    Took { seconds, kib: 0 }
}

/// The files of one size.
pub(crate) struct Files {
    records: u64,
    directory: PathBuf,
    sent: PathBuf,
    answered: PathBuf,
}

impl Files {
    /// Writes them; nobody is measured.
    pub(crate) fn make(directory: &Path, records: u64) -> Self {
        let _ = fs::remove_dir_all(directory);
        fs::create_dir_all(directory).expect("a directory");
        let sent = write(directory, records, true);
        let answered = directory.join("answered.dat");
        let decide = |record: &paygate_batch::Record| {
            if given::fails(&record.trans_id) {
                Answer { status: Status::from_static("FAILED"), code: Some(Code::from_static("21550957")) }
            } else {
                Answer { status: Status::from_static("OK"), code: Some(Code::SUCCESS) }
            }
        };
        let output = File::create(&answered).expect("a file");
        answer(open(&sent), output, decide).expect("answered");
        Self { records, directory: directory.to_owned(), sent, answered }
    }

    pub(crate) fn remove(self) {
        fs::remove_dir_all(self.directory).expect("removed");
    }
}

fn open(path: &Path) -> Reader<File> {
    Reader::new(File::open(path).expect("a file")).expect("HEAD")
}

/// Writes a file, compared with itself and finished; given its name only where it is to stay, since bringing it to the disk is the
/// disk's time.
fn write(directory: &Path, records: u64, stays: bool) -> PathBuf {
    let date = BatchDate::new(2026, 11, 22).expect("a day");
    let pending = Outbox::new(directory).begin(MID, date, Transport::Sftp).expect("a place");
    let version = V2x(Minor::new(1).expect("a version"));
    let mut writer = Writer::new(pending, MID, date, version, Rules::default(), Guard::new()).expect("begun");
    for number in 0..records {
        writer.write(&given::record(number)).expect("written");
    }
    let complete = writer.finish().expect("finished");
    assert_eq!(complete.total().records, records);
    if stays { complete.publish().expect("published") } else { PathBuf::new() }
}

fn read_csv(path: &Path) -> u64 {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).expect("a file");
    let (mut record, mut count) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).expect("a record") {
        black_box(&record);
        count += 1;
    }
    count
}

/// What the process does that was started for a job.
pub(crate) fn child(arguments: &[String]) {
    let [job, records, sent, answered, directory] = arguments else { panic!("five arguments") };
    let records: u64 = records.parse().expect("a number");
    let (sent, answered) = (Path::new(sent), Path::new(answered));
    let from = Instant::now();
    match job.as_str() {
        "write" => drop(write(Path::new(directory), records, false)),
        "make" => (0..records).for_each(|number| {
            black_box(given::record(number));
        }),
        "check" => {
            let checked = check(open(sent), Guard::new(), |problem| panic!("{problem}")).expect("read");
            assert_eq!(checked.total.expect("no problem").records, records);
        }
        "report" => {
            let told =
                reconcile(open(sent), open(answered), |finding| drop(black_box(finding))).expect("read");
            assert_eq!(told.tally.paid_back.records + told.tally.failed.records, records);
            assert!(told.sent.is_some() && told.answered.is_some());
        }
        "csv" => assert_eq!(read_csv(sent), records + 2),
        "csv-both" => assert_eq!(read_csv(sent) + read_csv(answered), 2 * (records + 2)),
        other => panic!("{other} is no job"),
    }
    let seconds = from.elapsed().as_secs_f64();
    println!("{seconds} {}", greatest_memory());
}

/// In KiB, as Linux tells it; 0 elsewhere.
fn greatest_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
