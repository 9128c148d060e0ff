//! The peers: their programs, their scripts, and the ways that each of them has.

use crate::venv;
use std::path::PathBuf;

pub(crate) struct Language {
    pub(crate) name: &'static str,
    pub(crate) program: &'static str,
    /// Arguments with which the program only shows that all it needs of its own is there.
    pub(crate) probe: &'static [&'static str],
    /// How that comes there.
    pub(crate) install: &'static str,
    pub(crate) source: &'static str,
    pub(crate) ways: &'static [LanguageWay],
}

pub(crate) struct LanguageWay {
    pub(crate) name: &'static str,
    /// What stands before the script.
    pub(crate) options: &'static [&'static str],
    /// What stands behind it.
    pub(crate) argument: &'static str,
}

impl Language {
    /// Python is the one of the virtual environment, where there is one.
    pub(crate) fn program(&self) -> PathBuf {
        let own = venv::python();
        if self.program == "python3" && own.exists() { own } else { PathBuf::from(self.program) }
    }
}

const NODE: &[&str] = &["--openssl-legacy-provider"];
/// As in a web server, where it is on by default; the compiler to machine code is not.
const OPCACHE: &[&str] = &["-d", "opcache.enable_cli=1"];
const JIT: &[&str] =
    &["-d", "opcache.enable_cli=1", "-d", "opcache.jit_buffer_size=64M", "-d", "opcache.jit=tracing"];

pub(crate) const LANGUAGES: [Language; 4] = [
    Language {
        name: "Python",
        program: "python3",
        probe: &["-c", "0"],
        install: "apt-get install python3-venv, then run this without --test",
        source: "peer.py",
        ways: &[way("as a plugin", &[], "plugin"), way("at its best", &[], "best")],
    },
    Language {
        name: "Node",
        program: "node",
        probe: &["--openssl-legacy-provider", "-e", "0"],
        install: "apt-get install nodejs npm (17 or later), then run this without --test",
        source: "peer.mjs",
        ways: &[way("as a plugin", NODE, "plugin"), way("at its best", NODE, "best")],
    },
    Language {
        name: "PHP",
        program: "php",
        probe: &["-r", "exit((int) !extension_loaded('iconv'));"],
        install: "apt-get install php-cli",
        source: "peer.php",
        ways: &[
            way("Computop's sample way", OPCACHE, "sample"),
            way("as a plugin", OPCACHE, "plugin"),
            way("at its best", JIT, "best"),
        ],
    },
    Language {
        name: "Java",
        program: "java",
        probe: &["--describe-module", "jdk.compiler"],
        install: "apt-get install default-jdk-headless (17 or later)",
        source: "Peer.java",
        ways: &[way("as a plugin", &[], "plugin"), way("at its best", &[], "best")],
    },
];

const fn way(name: &'static str, options: &'static [&'static str], argument: &'static str) -> LanguageWay {
    LanguageWay { name, options, argument }
}
