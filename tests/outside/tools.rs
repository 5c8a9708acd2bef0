//! What `scripts/test-outside` has installed, and programs that run with it.

use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::Server;

const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-outside");
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside");

/// A folder in which Node and TypeScript find the installed packages.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Folder {
        let folder = tempfile::tempdir().expect("a folder");
        let packages = Path::new(INSTALLED).join("node/node_modules");
        std::os::unix::fs::symlink(packages, folder.path().join("node_modules")).expect("a link");
        // Modules of ECMAScript, as new programs have them.
        std::fs::write(folder.path().join("package.json"), r#"{ "type": "module" }"#).expect("a file");
        Folder(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("a file");
    }

    /// Copies a file of `tests/outside`.
    pub fn copy(&self, from: &str, name: &str) {
        std::fs::copy(Path::new(HERE).join(from), self.path().join(name)).expect("a file of ours");
    }

    /// A command that an npm package brings.
    pub fn node_tool(&self, name: &str) -> Command {
        self.command(&Path::new(INSTALLED).join("node/node_modules/.bin").join(name))
    }

    /// A command that a package for Python brings.
    pub fn python_tool(&self, name: &str) -> Command {
        let mut command = self.python();
        command.arg(Path::new(INSTALLED).join("python/bin").join(name));
        command
    }

    /// Python, with the installed packages and what lies in this folder.
    pub fn python(&self) -> Command {
        let mut command = self.command(Path::new("python3"));
        let packages = Path::new(INSTALLED).join("python");
        command.env("PYTHONPATH", format!("{}:{}", packages.display(), self.path().display()));
        command
    }

    /// sslyze, which looks at servers for weak TLS.
    pub fn sslyze(&self) -> Command {
        let mut command = self.command(Path::new("python3"));
        command.env("PYTHONPATH", Path::new(INSTALLED).join("scanner")).args(["-m", "sslyze"]);
        command
    }

    /// Go, with Debian's packages and no module of anyone's.
    pub fn go(&self) -> Command {
        let mut command = self.command(Path::new("go"));
        command.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
        command.env("GOCACHE", Path::new(INSTALLED).join("go-cache"));
        command
    }

    /// A program, in this folder, that finds the installed commands.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{INSTALLED}/python/bin:{INSTALLED}/node/node_modules/.bin:{path}"));
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("NO_COLOR", "1");
        command.current_dir(self.path());
        command
    }
}

/// A server that is reached by the address that it listens on, as its public one. Not started yet.
pub fn at_its_own_address() -> Server {
    let port = free_port().to_string();
    let url = format!("http://127.0.0.1:{port}");
    Server::prepare().with("ROCKET_PORT", &port).with("VESTIBULE_PUBLIC_URL", &url)
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    free.expect("a port is free").port()
}

/// A file of `docs`.
pub fn docs(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).join(name)
}

/// A file of `tests/outside`.
pub fn of_ours(name: &str) -> PathBuf {
    Path::new(HERE).join(name)
}

/// Runs a command that reads JSON, and answers what it printed to stdout.
#[track_caller]
pub fn run_with(command: &mut Command, given: &serde_json::Value) -> String {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(given.to_string().as_bytes()).and_then(|()| file.rewind()).expect("it is written");
    run(command.stdin(file))
}

/// Runs a command, and answers what it printed to stdout. A test that it fails is over.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let program = format!("{command:?}");
    let output = command.output().unwrap_or_else(|error| {
        panic!("{program}: {error}: run scripts/test-outside once, which installs what this needs")
    });
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    let missing = ["ModuleNotFoundError", "ERR_MODULE_NOT_FOUND", "can't open file"];
    let hint =
        if missing.iter().any(|words| complaint.contains(words)) { "\nrun scripts/test-outside once" } else { "" };
    assert!(output.status.success(), "{program}: {}{hint}\n{said}\n{complaint}", output.status);
    said
}
