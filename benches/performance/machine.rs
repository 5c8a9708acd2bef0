//! What the figures were measured on.

use std::fs;
use std::process::Command;

/// The machine in words.
pub fn in_words() -> String {
    let field = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let processor = field("/proc/cpuinfo", "model name");
    let kibibytes: f64 = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let memory = kibibytes * 1024.0 / 1e9;
    format!("{processor}, {} of its cores, {memory:.0} GB of memory, {}", cores(), first_line("uname", "-sr"))
}

/// What the program was built with.
pub fn compiler() -> String {
    first_line("rustc", "--version")
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}
