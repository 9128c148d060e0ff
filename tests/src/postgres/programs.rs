//! PostgreSQL's programs: where they are, and as whom they run, since the server refuses to be root's.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(super) struct Programs {
    folder: PathBuf,
    /// User and group; `None` is whoever runs the tests.
    user: Option<(u32, u32)>,
}

impl Programs {
    pub(super) fn find() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let in_path = std::env::split_paths(&path).collect::<Vec<_>>();
        let asked = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output();
        let asked = asked.ok().and_then(|output| String::from_utf8(output.stdout).ok());
        let asked = asked.map(|folder| PathBuf::from(folder.trim_end()));
        let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let debian = debian.map(|version| version.path().join("bin"));
        let mut folders = in_path.into_iter().chain(asked).chain(debian);
        let all = |folder: &PathBuf| {
            ["initdb", "postgres", "createdb", "pg_isready"].iter().all(|name| folder.join(name).is_file())
        };
        let folder = folders.find(all).expect("PostgreSQL on this machine (Debian: postgresql)");
        Self { folder, user: None }
    }

    /// Where root runs the tests, the folder and the server become another user's.
    pub(super) fn for_the_owner_of(self, folder: &Path) -> Self {
        let owner = std::fs::metadata(folder).expect("the folder").uid();
        if owner != 0 {
            return self;
        }
        let users = std::fs::read_to_string("/etc/passwd").expect("the users");
        let (user, group) = ["postgres", "nobody"]
            .iter()
            .find_map(|name| ids(&users, name))
            .expect("the user postgres or nobody");
        chown(folder, Some(user), Some(group)).expect("root may do that");
        Self { user: Some((user, group)), ..self }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // Where the tests stand, that user may not be allowed to look.
        command.current_dir("/").stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    /// Runs one that must succeed.
    pub(super) fn run(&self, name: &str, with: impl FnOnce(&mut Command) -> &mut Command) {
        let output = with(&mut self.command(&self.path(name))).output().expect(name);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(super) fn succeeds(&self, name: &str, with: impl FnOnce(&mut Command) -> &mut Command) -> bool {
        let mut command = self.command(&self.path(name));
        let status = with(&mut command).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

/// User and group of a line of /etc/passwd.
fn ids(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields =
        users.lines().map(|line| line.split(':')).find(|fields| fields.clone().next() == Some(name))?;
    let user = fields.nth(2)?.parse().ok()?;
    Some((user, fields.next()?.parse().ok()?))
}
