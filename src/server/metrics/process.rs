//! What the process itself takes of its machine, under the names that Prometheus' own libraries use. Where the system
//! does not tell a number, it is left out.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

use crate::metrics::Page;

/// The process.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Process {
    started: SystemTime,
}

impl Process {
    /// One that starts now.
    pub(in crate::server) fn starts() -> Process {
        Process { started: SystemTime::now() }
    }

    /// Writes its numbers.
    pub(super) fn write(&self, page: &mut Page) {
        let started = self.started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        page.gauge("process_start_time_seconds", "When the server started.").value(&[], started);
        let used = clock_gettime(ClockId::ProcessCPUTime);
        page.counter("process_cpu_seconds_total", "How long processors have worked for the server.")
            .value(&[], used.tv_sec as f64 + used.tv_nsec as f64 / 1e9);
        if let Some(bytes) = resident() {
            page.gauge("process_resident_memory_bytes", "Memory that the server has in use.").value(&[], bytes);
        }
        // One of them is the folder that is being read.
        if let Ok(files) = fs::read_dir("/proc/self/fd") {
            page.gauge("process_open_fds", "Files and connections that are open.")
                .value(&[], files.count().saturating_sub(1));
        }
        if let Some(most) = getrlimit(Resource::Nofile).current {
            page.gauge("process_max_fds", "Files and connections that may be open.").value(&[], most);
        }
    }
}

fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
