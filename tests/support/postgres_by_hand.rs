//! A cluster of PostgreSQL of a test's own, which it stops and starts as an operator does, and which demands TLS.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A cluster. It is gone when this is dropped.
pub struct Cluster {
    child: Child,
    told: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Its address, as a superuser of it.
    pub url: String,
    /// Where the certificate of the authority is that certifies it.
    pub authority: String,
}

impl Cluster {
    /// Starts one.
    pub fn start() -> Cluster {
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres"));
        let piped = command.arg("--by-hand").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.spawn().expect("scripts/postgres runs");
        let told = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut cluster = Cluster { child, told, answers, url: String::new(), authority: String::new() };
        cluster.url = cluster.answer();
        cluster.authority = cluster.answer();
        cluster
    }

    /// Lets it do something, and waits until that is done.
    pub fn tell(&mut self, what: &str) {
        let told = self.told.as_mut().expect("it listens until it is dropped");
        writeln!(told, "{what}").and_then(|()| told.flush()).expect("it reads");
        assert_eq!(self.answer(), what);
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        assert!(!line.is_empty(), "scripts/postgres has ended");
        line.trim_end().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.told.take());
        let _ = self.child.wait();
    }
}
