//! The one chromedriver of this process, on a free port.

use std::io::{BufRead, BufReader, Read};
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
    let port = printed.by_ref().lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("successfully on port ")?;
        Some(port.trim_end_matches('.').to_owned())
    });
    let port = port.expect("chromedriver starts; is it installed? (Debian: chromium chromium-driver)");
    Driver { url: format!("http://127.0.0.1:{port}"), _pipes: (child, printed) }
}
