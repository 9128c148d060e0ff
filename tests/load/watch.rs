//! What the program takes of memory and of files, as Linux tells it; elsewhere nothing is watched.

use std::fmt;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// Closing what strangers left behind takes the server a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// Files that come and go with the connections to the database, of which the shop opens some when it is used.
const SOME_FILES: usize = 32;

#[derive(Clone, Copy)]
struct Seen {
    /// Resident memory in KiB.
    memory: u64,
    files: usize,
}

pub(crate) struct Watch {
    process: u32,
    start: Option<Seen>,
    /// When it has been used for a while.
    warm: Option<Seen>,
    /// The most of each since then.
    most: Option<Seen>,
    end: Option<Seen>,
    looked: Instant,
}

impl Watch {
    pub(crate) fn of(process: u32) -> Self {
        let start = seen(process);
        Self { process, start, warm: None, most: None, end: None, looked: Instant::now() }
    }

    /// From now on it must hold.
    pub(crate) fn warm(&mut self) {
        self.warm = seen(self.process);
        self.most = self.warm;
    }

    /// Once a second, however often it is called.
    pub(crate) fn look(&mut self) {
        if self.looked.elapsed() < Duration::from_secs(1) {
            return;
        }
        self.looked = Instant::now();
        if let (Some(most), Some(now)) = (&mut self.most, seen(self.process)) {
            *most = Seen { memory: most.memory.max(now.memory), files: most.files.max(now.files) };
        }
    }

    /// Waits until the strangers' connections are closed, and looks a last time.
    pub(crate) fn rest(&mut self) {
        let until = Instant::now() + PATIENCE;
        loop {
            self.end = seen(self.process);
            let closed =
                self.end.zip(self.start).is_none_or(|(end, start)| end.files <= start.files + SOME_FILES);
            if closed || Instant::now() > until {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn assert_it_held(&self, may_grow: u64, connections: usize) {
        let (Some(start), Some(warm), Some(most), Some(end)) = (self.start, self.warm, self.most, self.end)
        else {
            // Elsewhere there is no /proc.
            let is_linux = cfg!(target_os = "linux");
            assert!(!is_linux, "not seen at some moment: {self}");
            return;
        };
        assert!(most.memory <= warm.memory + may_grow, "it grew: {self}");
        assert!(end.memory <= warm.memory + may_grow, "it grew: {self}");
        // A connection that the server closes may still be there when the next one comes.
        assert!(most.files <= start.files + 2 * connections + SOME_FILES, "it holds connections: {self}");
        assert!(end.files <= start.files + SOME_FILES, "it kept connections: {self}");
    }
}

impl fmt::Display for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the shop's memory and files")?;
        let times = [
            ("at the start", self.start),
            ("warm", self.warm),
            ("at most", self.most),
            ("at the end", self.end),
        ];
        for (when, seen) in times {
            match seen {
                Some(Seen { memory, files }) => write!(f, "; {when} {} MiB, {files}", memory / 1024)?,
                None => write!(f, "; {when} not known")?,
            }
        }
        Ok(())
    }
}

fn seen(process: u32) -> Option<Seen> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let memory = line.trim().strip_suffix(" kB")?.parse().ok()?;
    let files = fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
    Some(Seen { memory, files })
}
