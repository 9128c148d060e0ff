//! A PostgreSQL server for tests: made in a folder of its own, and gone with the process that started it.

#![expect(clippy::expect_used, reason = "a test without its server must stop")]

mod programs;

use programs::Programs;
use std::fs::File;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Runs the server until its standard input ends, which it does with the process that holds the other end, however that ends.
/// Standard input says `keep` where the server is to crash alone, and leave its data.
const SUPERVISOR: &str = r#"
"$1" -D "$2" >>"$2.log" 2>&1 &
server=$!
read -r word
kill -QUIT "$server"
wait "$server"
[ "$word" = keep ] || rm -rf "${2%/*}"
"#;

/// A server that runs until it is dropped.
pub struct Postgres {
    programs: Programs,
    folder: PathBuf,
    port: u16,
    supervisor: Mutex<Option<Child>>,
    databases: AtomicUsize,
}

impl Postgres {
    /// Makes a server and starts it.
    ///
    /// # Panics
    ///
    /// If there is no PostgreSQL on this machine (Debian: `postgresql`), or it does not start.
    #[must_use]
    pub fn start() -> Self {
        let programs = Programs::find();
        let folder = tempfile::Builder::new().prefix("paygate-postgres-").tempdir().expect("a folder").keep();
        let programs = programs.for_the_owner_of(&folder);
        programs.run("initdb", |initdb| {
            initdb.args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ]);
            initdb.arg(folder.join("data"))
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        drop(listener);
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nmax_connections = 200\n\
             fsync = on\nmax_wal_size = 4GB\n"
        );
        let mut file =
            File::options().append(true).open(folder.join("data/postgresql.conf")).expect("its settings");
        file.write_all(settings.as_bytes()).expect("room for them");
        let server =
            Self { programs, folder, port, supervisor: Mutex::new(None), databases: AtomicUsize::new(0) };
        server.start_again();
        server
    }

    /// One for all tests of this process.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A new database with nothing in it: its URL.
    ///
    /// # Panics
    ///
    /// If it cannot be made.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.programs.run("createdb", |createdb| createdb.args(self.where_it_listens()).arg(&name));
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// Lets it stop as it would without power: whoever asks it something gets no answer, and what was committed is there when
    /// it is started again.
    ///
    /// # Panics
    ///
    /// If it was not running.
    pub fn crash(&self) {
        let mut supervisor = self.supervisor().take().expect("it runs");
        let mut stdin = supervisor.stdin.take().expect("a pipe");
        stdin.write_all(b"keep\n").expect("it reads");
        supervisor.wait().expect("it ends");
    }

    /// Starts it after a crash: on the same port, with the same data.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start_again(&self) {
        let mut supervisor = self.programs.command(Path::new("/bin/sh"));
        supervisor
            .args(["-c", SUPERVISOR, "sh"])
            .arg(self.programs.path("postgres"))
            .arg(self.folder.join("data"));
        // In a group of its own, so that a Ctrl-C for the tests leaves it the time to remove its folder.
        supervisor.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        *self.supervisor() = Some(supervisor.spawn().expect("a shell"));
        let until = Instant::now().checked_add(Duration::from_secs(60)).expect("a time");
        while !self.programs.succeeds("pg_isready", |ready| ready.args(self.where_it_listens())) {
            assert!(Instant::now() < until, "PostgreSQL did not start: {}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn where_it_listens(&self) -> [String; 6] {
        ["-h", "127.0.0.1", "-U", "postgres", "-p", &self.port.to_string()].map(str::to_owned)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("data.log")).unwrap_or_default()
    }

    fn supervisor(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.supervisor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut supervisor) = self.supervisor().take() {
            drop(supervisor.stdin.take());
            let _ = supervisor.wait();
        }
        // Where it had crashed.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
