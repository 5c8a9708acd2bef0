//! Processes, as the system sees them.

use std::fs;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A process that ends when this is dropped.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Asks the process to end, and waits for that.
    pub fn terminate(mut self) {
        let told = Command::new("kill").arg(self.0.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        self.0.wait().expect("it ends");
    }
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port is free").port()
}

/// The memory that a process occupies, in millions of bytes.
pub fn memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has memory");
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kibibytes * 1024.0 / 1e6
}

/// How many connections and other files a process has open.
pub fn open_files(process: u32) -> usize {
    fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count)
}

/// The highest value that is seen until told to stop.
pub fn highest(stop: &AtomicBool, look: impl Fn() -> f64) -> f64 {
    let mut highest = look();
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        highest = highest.max(look());
    }
    highest
}

/// The processor time that the threads of a process which answer requests have used, in milliseconds; to 10 ms.
pub fn time_answering(process: u32) -> f64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
    let of_thread = |thread: fs::DirEntry| {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        let (name, numbers) = stat.split_once('(').and_then(|(_, rest)| rest.rsplit_once(") "))?;
        // What follows the name begins with the third field; the 14th and 15th are the ticks in user and kernel mode.
        let ticks = numbers.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
        name.starts_with("rocket-worker").then(|| ticks.sum::<f64>() * 10.0)
    };
    threads.filter_map(Result::ok).filter_map(of_thread).sum()
}
