//! Servers that are not meant to start.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Output, Server};

impl Server {
    /// Starts the server and waits until it has given up. One that runs is stopped, and the test fails.
    pub fn refuses_to_start(&self, arguments: &[&str]) -> Output {
        let mut child = self.command(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("it can be asked") {
                break Some(status);
            }
            if started.elapsed() > Duration::from_secs(120) {
                child.kill().expect("SIGKILL is delivered");
                child.wait().expect("it ends");
                break None;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let (mut stdout, mut stderr) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut stdout).expect("UTF-8");
        child.stderr.take().unwrap().read_to_string(&mut stderr).expect("UTF-8");
        let code = status.unwrap_or_else(|| panic!("it started: {stderr}")).code().unwrap_or(-1);
        Output { code, stdout, stderr }
    }
}
