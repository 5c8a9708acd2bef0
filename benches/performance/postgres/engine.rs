//! The server of PostgreSQL: what it is, how much its processes work, and how long its write lock is held.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::process::{parent, time_of_family};
use crate::statistics::milliseconds;
use crate::support::Server;
use crate::support::postgres::WRITE_LOCK;

/// The settings that say how safe a commit is, and how much memory there is.
const SETTINGS: [&str; 5] =
    ["fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_parallel_workers_per_gather"];

/// The server that a node's database is in.
pub struct Engine<'a> {
    node: &'a Server,
    postmaster: u32,
}

impl Engine<'_> {
    pub fn of(node: &Server) -> Engine<'_> {
        let mut connection = node.connection();
        let backend = connection.sql("SELECT pg_backend_pid()").remove(0).parse().expect("a process id");
        Engine { node, postmaster: parent(backend) }
    }

    /// Its version, and settings.
    pub fn in_words(&self) -> String {
        let setting = |name: &str| self.node.sql(&format!("SELECT current_setting('{name}')")).remove(0);
        let settings = SETTINGS.map(|name| format!("`{name} = {}`", setting(name)));
        format!("PostgreSQL {}, with {}", setting("server_version"), settings.join(", "))
    }

    /// Processor milliseconds of all its processes so far.
    pub fn processor_time(&self) -> f64 {
        time_of_family(self.postmaster)
    }

    /// Which part of the time the write lock is held while some work is done, by looking a few thousand times a second.
    pub fn write_lock_during<T>(&self, work: impl FnOnce() -> T) -> (f64, T) {
        let query = format!(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted \
             AND classid::bigint << 32 | objid::bigint = {WRITE_LOCK} \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let looks = scope.spawn(|| {
                let mut connection = self.node.connection();
                let (mut looks, mut held) = (0, 0);
                while !is_over.load(Ordering::Relaxed) {
                    looks += 1;
                    held += usize::from(connection.sql(&query) != ["0"]);
                    std::thread::sleep(Duration::from_micros(200));
                }
                held as f64 / looks as f64
            });
            let done = work();
            is_over.store(true, Ordering::Relaxed);
            (looks.join().expect("it ends"), done)
        })
    }

    /// How long commits take that nothing else happens in, in milliseconds: the wait for the disk.
    pub fn commits(&self, number: usize) -> Vec<f64> {
        let mut connection = self.node.connection();
        let commit = || {
            let began = Instant::now();
            connection.batch("SELECT pg_logical_emit_message(true, 'bench', '')");
            began.elapsed()
        };
        milliseconds(std::iter::repeat_with(commit).take(number))
    }

    /// Lets it do now what it would do in the background later.
    pub fn tidy_up(&self) {
        let mut connection = self.node.connection();
        connection.batch("VACUUM (ANALYZE)");
        connection.batch("CHECKPOINT");
    }
}
