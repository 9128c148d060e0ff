//! What the command line asks for.

use std::path::PathBuf;

/// The arguments after `--`.
#[derive(Default)]
pub(crate) struct Options {
    /// Each part once, with a few requests: whether it works, not how fast.
    pub(crate) is_test: bool,
    pub(crate) json: Option<PathBuf>,
    pub(crate) svg: Option<PathBuf>,
    pub(crate) date: Option<String>,
}

impl Options {
    /// Those of this process.
    pub(crate) fn read() -> Self {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} without a value"));
            match argument.as_str() {
                "--bench" => {} // said by cargo
                "--test" => options.is_test = true,
                "--json" => options.json = Some(value().into()),
                "--svg" => options.svg = Some(value().into()),
                "--date" => options.date = Some(value()),
                unknown => panic!("{unknown}: there are --test, --json FILE, --svg DIR and --date DATE"),
            }
        }
        options
    }
}
