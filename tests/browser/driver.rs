//! The one chromedriver of this process, on a free port.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

/// Ends with this process, however that ends: `cat` waits for the other end of the pipe to close.
const UNTIL_WE_END: &str = "chromedriver --port=0 & cat >/dev/null; kill $!";

struct Driver {
    url: String,
    /// Held open: the one end tells that this process lives, the other takes what the driver prints.
    _pipes: (Child, BufReader<ChildStdout>),
}

static DRIVER: OnceLock<Driver> = OnceLock::new();

/// Where chromedriver listens. It is started when it is first asked for.
pub(crate) fn url() -> &'static str {
    &DRIVER.get_or_init(start).url
}

fn start() -> Driver {
    let mut command = Command::new("sh");
    command.args(["-c", UNTIL_WE_END]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("sh runs");
    let mut printed = BufReader::new(child.stdout.take().expect("it was asked for"));
    let mut line = String::new();
    while printed.read_line(&mut line).expect("it prints text") > 0 {
        if let Some((_, port)) = line.trim_end().trim_end_matches('.').split_once("successfully on port ") {
            let url = format!("http://127.0.0.1:{port}");
            return Driver { url, _pipes: (child, printed) };
        }
        line.clear();
    }
    panic!("chromedriver did not start: is it installed? (Debian: chromium chromium-driver)")
}
