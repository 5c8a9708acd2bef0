//! `wrk`, which asks as fast as it can.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Connections that ask at the same time.
const CONNECTIONS: &str = "32";

/// What is asked for, again and again.
#[derive(Clone, Default)]
pub struct Load {
    path: String,
    headers: Vec<String>,
    /// A file of cookies, which take turns.
    cookies: Option<PathBuf>,
}

/// What came of it.
#[derive(Clone, Copy)]
pub struct Speed {
    pub per_second: f64,
    /// Milliseconds.
    pub p99: f64,
}

impl Load {
    pub fn of(path: &str) -> Load {
        Load { path: path.to_owned(), ..Load::default() }
    }

    pub fn with(mut self, header: &str) -> Load {
        self.headers.push(header.to_owned());
        self
    }

    /// With these cookies in turn, by a script; empty ones are not sent.
    pub fn rotating(mut self, cookies: &[String], folder: &Path) -> Load {
        let file = folder.join(format!("cookies-{}", cookies.first().map_or(0, String::len)));
        std::fs::write(&file, cookies.join("\n") + "\n").expect("the file is written");
        self.cookies = Some(file);
        self
    }

    /// Asks a server for some time. Any answer but a success, or a redirect, ends the bench: it would be a fast one.
    pub fn run(&self, port: u16, lasting: Duration) -> Speed {
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--connections", CONNECTIONS, "--latency"]);
        wrk.arg("--duration").arg(format!("{}s", lasting.as_secs()));
        wrk.args(self.headers.iter().flat_map(|header| ["--header", header]));
        if self.cookies.is_some() {
            wrk.args(["--script", concat!(env!("CARGO_MANIFEST_DIR"), "/benches/performance/rotate.lua")]);
        }
        wrk.arg(format!("http://127.0.0.1:{port}{}", self.path));
        wrk.args(self.cookies.iter().flat_map(|file| [Path::new("--"), file]));
        let output = wrk.output().expect("wrk runs: scripts/bench installs it");
        let said = String::from_utf8_lossy(&output.stdout);
        let fine = output.status.success() && !said.contains("Non-2xx") && !said.contains("Socket errors");
        assert!(fine, "{}: {said}{}", self.path, String::from_utf8_lossy(&output.stderr));
        let value = |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).expect("wrk says it");
        Speed {
            per_second: value("Requests/sec:").trim().parse().expect("a number"),
            p99: milliseconds(value("99%").trim()),
        }
    }
}

fn milliseconds(text: &str) -> f64 {
    let (number, unit) = text.split_at(text.find(|c: char| c.is_alphabetic()).expect("a unit"));
    let number: f64 = number.parse().expect("a number");
    match unit {
        "us" => number / 1000.0,
        "ms" => number,
        "s" => number * 1000.0,
        _ => panic!("{text}: no unit of wrk's"),
    }
}
