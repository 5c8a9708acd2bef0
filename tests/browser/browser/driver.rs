//! chromedriver, the program between the tests and Chromium. Each browser has its own.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support::wait_for;

/// A running chromedriver. It is stopped when this is dropped.
pub struct Driver {
    child: Child,
    /// Kept open, because chromedriver would die of writing into a closed pipe.
    _stdout: BufReader<ChildStdout>,
    pub port: u16,
}

impl Driver {
    /// Starts it on a free port of loopback. What it and Chromium write goes into this folder.
    ///
    /// It looks for a port that is free for IPv4 and IPv6, and gives up where somebody else takes it in between. So it is
    /// started again.
    pub fn start(folder: &Path) -> Driver {
        wait_for("a port for chromedriver", || match Driver::try_start(folder) {
            Err(said) if said.contains("port not available") => None,
            started => Some(started.unwrap_or_else(|said| panic!("chromedriver ended before it was ready:\n{said}"))),
        })
    }

    /// What it said, if it ended.
    fn try_start(folder: &Path) -> Result<Driver, String> {
        let mut command = Command::new(installed("chromedriver"));
        command.env("HOME", folder).env("TMPDIR", folder);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("chromedriver starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut said = String::new();
        let port = loop {
            let before = said.len();
            let read = stdout.read_line(&mut said).expect("chromedriver speaks UTF-8");
            if read == 0 {
                let _ = child.wait();
                return Err(said);
            }
            if let Some((_, port)) = said[before..].split_once("started successfully on port ") {
                break port.trim().trim_end_matches('.').parse().expect("a port");
            }
        };
        Ok(Driver { child, _stdout: stdout, port })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a program is. A missing one is a failure, because a test that is skipped in silence protects nobody.
pub fn installed(program: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("the browser tests need {program}: run `apt-get install chromium chromium-driver`"))
}
