//! Programs that run beside the server for the length of a test.

use std::io::Read;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use super::wait_for;

/// A running program. It is stopped when this is dropped.
pub struct Running {
    child: Child,
    log: tempfile::NamedTempFile,
}

impl Running {
    /// Starts a program that listens on this port, and waits until it does.
    #[track_caller]
    pub fn listening(command: &mut Command, port: u16) -> Running {
        let program = format!("{command:?}");
        let log = tempfile::NamedTempFile::new().expect("a file");
        let (out, err) = (log.reopen().expect("the same file"), log.reopen().expect("the same file"));
        command.stdin(Stdio::null()).stdout(out).stderr(err);
        let child = command.spawn();
        let child = child.unwrap_or_else(|error| {
            panic!("{program}: {error}: it is installed by scripts/test or scripts/test-outside")
        });
        let mut running = Running { child, log };
        wait_for(&program, || {
            let over = running.child.try_wait().expect("it can be asked");
            assert!(over.is_none(), "{program} ended\n{}", running.said());
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        running
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits until it has.
    pub fn terminate(&mut self) {
        let told = Command::new("kill").arg(self.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        wait_for("the program to end", || self.child.try_wait().expect("it can be asked"));
    }

    /// What it printed so far.
    pub fn said(&self) -> String {
        let mut said = String::new();
        let read = self.log.reopen().and_then(|mut log| log.read_to_string(&mut said));
        read.map_or_else(|error| error.to_string(), |_| said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("--- the program said:\n{}", self.said());
        }
    }
}
