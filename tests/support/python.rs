//! The original libraries, in Python, which `scripts/test` installs.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a script with these libraries, gives it a text on stdin, and answers what it printed.
#[track_caller]
pub fn run(script: &str, stdin: &str) -> String {
    let libraries = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-python");
    let mut child = Command::new("python3")
        .args(["-W", "ignore", "-c", script])
        .env("PYTHONPATH", libraries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 is needed for this test: scripts/test says what to install");
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).expect("the script reads");
    let output = child.wait_with_output().expect("it ends");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(!complaint.contains("ModuleNotFoundError"), "run scripts/test once: it installs this library\n{complaint}");
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
