//! Processes, as the system sees them.

use std::fs;
use std::path::Path;
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
    let stats = threads.filter_map(|thread| Stat::read(&thread.ok()?.path()));
    stats.filter(|stat| stat.name.starts_with("rocket-worker")).map(|stat| stat.time(2)).sum()
}

/// The same of a process and all its children, also those that have ended.
pub fn time_of_family(parent: u32) -> f64 {
    let processes = fs::read_dir("/proc").expect("the system shows its processes");
    let stats = processes.filter_map(|process| Stat::read(&process.ok()?.path()));
    let children = stats.filter(|stat| stat.parent() == parent);
    let itself = Stat::read(Path::new(&format!("/proc/{parent}"))).expect("it runs");
    // Children that have ended count there.
    itself.time(4) + children.map(|stat| stat.time(2)).sum::<f64>()
}

/// The process that started another one.
pub fn parent(process: u32) -> u32 {
    Stat::read(Path::new(&format!("/proc/{process}"))).expect("it runs").parent()
}

/// What the system says of a process or of a thread.
struct Stat {
    name: String,
    /// From the third field on.
    fields: Vec<String>,
}

impl Stat {
    fn read(folder: &Path) -> Option<Stat> {
        let stat = fs::read_to_string(folder.join("stat")).ok()?;
        let (name, fields) = stat.split_once('(').and_then(|(_, rest)| rest.rsplit_once(") "))?;
        let fields = fields.split(' ').map(str::to_owned).collect();
        Some(Stat { name: name.to_owned(), fields })
    }

    /// The 4th field.
    fn parent(&self) -> u32 {
        self.fields.get(1).and_then(|parent| parent.parse().ok()).unwrap_or_default()
    }

    /// Milliseconds by so many of the fields from the 14th on: ticks in user and in kernel mode, then both of its
    /// children that have ended.
    fn time(&self, fields: usize) -> f64 {
        self.fields.iter().skip(11).take(fields).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
    }
}
