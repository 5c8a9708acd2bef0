//! The stderr of a server: lines wait in a bounded queue for a thread of their own, so that nothing else ever waits
//! for whoever reads them. What does not fit is dropped, and a line tells how many lines that were.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::{SecondsFormat, Utc};

/// The most bytes of lines that wait: a few thousand lines.
const MOST_BYTES: usize = 1 << 20;

/// How long the end of the program waits for the lines that are left.
const FAREWELL: Duration = Duration::from_secs(1);

/// The queue and its thread. When this is dropped, the lines that are left are written, as far as someone reads them
/// within a second.
pub(super) struct Stderr(Arc<Shared>);

/// Puts lines into the queue. One call of `write` is one line, or several that belong together.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

impl Stderr {
    /// Starts the thread. What panics say goes into the queue too from now on.
    ///
    /// # Errors
    /// When there can't be another thread.
    pub(super) fn start() -> io::Result<Stderr> {
        let shared: Arc<Shared> = Arc::default();
        let queue = Arc::clone(&shared);
        thread::Builder::new().name("stderr".into()).spawn(move || queue.write_all(io::stderr()))?;
        let lines = Lines(Arc::clone(&shared));
        panic::set_hook(Box::new(move |panic| lines.say(&describe(panic))));
        Ok(Stderr(shared))
    }

    /// Where the log goes.
    pub(super) fn lines(&self) -> Lines {
        Lines(Arc::clone(&self.0))
    }

    /// A line of talk.
    pub(super) fn say(&self, text: &str) {
        self.lines().say(text);
    }
}

impl Drop for Stderr {
    fn drop(&mut self) {
        let queue = self.0.lock();
        let _ = self.0.drained.wait_timeout_while(queue, FAREWELL, |queue| !queue.is_drained());
    }
}

impl Lines {
    /// A line of talk.
    pub(super) fn say(&self, text: &str) {
        self.0.push(format!("{text}\n").as_bytes());
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What Rust's own hook would write at once.
fn describe(panic: &PanicHookInfo<'_>) -> String {
    let thread = thread::current();
    let said = format!("thread '{}' {panic}", thread.name().unwrap_or("unnamed"));
    let backtrace = Backtrace::capture();
    match backtrace.status() {
        BacktraceStatus::Captured => format!("{said}\n{backtrace}"),
        _ => said,
    }
}

/// What the thread shares with everyone who has something to say.
#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
    drained: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, line: &[u8]) {
        self.lock().push(line);
        self.filled.notify_one();
    }

    /// The thread: nothing is locked while it writes. A closed stderr is no reason to stop.
    fn write_all(&self, mut stderr: impl Write) {
        let mut queue = self.lock();
        loop {
            if let Some(line) = queue.take() {
                drop(queue);
                let _ = stderr.write_all(&line);
                queue = self.lock();
            } else {
                self.drained.notify_all();
                queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

/// The lines that wait.
#[derive(Default)]
struct Queue {
    lines: VecDeque<Box<[u8]>>,
    bytes: usize,
    /// How many lines were dropped behind the last one that waits.
    dropped: u64,
    /// Whether a line was taken and is not written yet.
    writing: bool,
}

impl Queue {
    fn push(&mut self, line: &[u8]) {
        // After a gap half of the room has to be free, so that a slow reader gets a few long gaps, and not one
        // before each line.
        let most = if self.dropped == 0 { MOST_BYTES } else { MOST_BYTES / 2 };
        if self.bytes + line.len() > most {
            self.dropped += 1;
            return;
        }
        self.tell_gap();
        self.append(line);
    }

    /// The next line to write.
    fn take(&mut self) -> Option<Box<[u8]>> {
        if self.lines.is_empty() {
            self.tell_gap();
        }
        let line = self.lines.pop_front();
        self.bytes -= line.as_ref().map_or(0, |line| line.len());
        self.writing = line.is_some();
        line
    }

    fn is_drained(&self) -> bool {
        self.lines.is_empty() && self.dropped == 0 && !self.writing
    }

    fn tell_gap(&mut self) {
        if self.dropped > 0 {
            let now = Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true);
            let count = std::mem::take(&mut self.dropped);
            let gap = format!("{now}  WARN vestibule: log lines dropped: {count} (stderr was not read in time)\n");
            self.append(gap.as_bytes());
        }
    }

    fn append(&mut self, line: &[u8]) {
        self.bytes += line.len();
        self.lines.push_back(line.into());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A stderr that nobody reads until `begin` is dropped.
    struct Unread {
        begin: mpsc::Receiver<()>,
        read: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Unread {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            let _ = self.begin.recv();
            self.read.lock().unwrap().extend_from_slice(text);
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nothing_waits_for_a_reader_and_the_lines_that_are_missing_are_told() {
        let (shared, read) = (Arc::<Shared>::default(), Arc::<Mutex<Vec<u8>>>::default());
        let (reader, begin) = mpsc::channel();
        let (queue, stderr) = (Arc::clone(&shared), Unread { begin, read: Arc::clone(&read) });
        thread::spawn(move || queue.write_all(stderr));
        let line = format!("{}\n", "x".repeat(1023));
        for _ in 0..3000 {
            shared.push(line.as_bytes());
        }
        drop(reader);
        let queue = shared.drained.wait_while(shared.lock(), |queue| !queue.is_drained()).unwrap();
        drop(queue);
        let text = String::from_utf8(read.lock().unwrap().clone()).unwrap();
        let whole = text.lines().filter(|line| line.len() == 1023).count();
        let missing = text.split("log lines dropped: ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        assert!(whole == 1024 || whole == 1025, "what waited, and perhaps one that was being written: {whole}");
        assert_eq!(whole + missing.parse::<usize>().unwrap(), 3000);
    }

    fn taken(queue: &mut Queue) -> String {
        let line = queue.take().expect("a line waits");
        String::from_utf8(line.into()).expect("it is text")
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_counted_where_it_is_missing() {
        let mut queue = Queue::default();
        let line = [b'x'; 1024];
        for _ in 0..1030 {
            queue.push(&line);
        }
        assert_eq!((queue.lines.len(), queue.bytes, queue.dropped), (1024, MOST_BYTES, 6));
        for _ in 0..500 {
            assert_eq!(taken(&mut queue).len(), 1024);
        }
        queue.push(b"less than half is free\n");
        assert_eq!(queue.dropped, 7);
        for _ in 500..520 {
            assert_eq!(taken(&mut queue).len(), 1024);
        }
        queue.push(b"enough room\n");
        for _ in 520..1024 {
            assert_eq!(taken(&mut queue).len(), 1024);
        }
        let gap = taken(&mut queue);
        assert!(gap.ends_with("  WARN vestibule: log lines dropped: 7 (stderr was not read in time)\n"), "{gap}");
        assert_eq!(taken(&mut queue), "enough room\n");
        assert!(queue.take().is_none() && queue.is_drained() && queue.bytes == 0);
    }

    #[test]
    fn a_gap_at_the_end_is_told_too() {
        let mut queue = Queue::default();
        queue.push(&vec![b'x'; MOST_BYTES + 1]);
        assert!(!queue.is_drained());
        assert!(taken(&mut queue).contains("log lines dropped: 1 "), "one line that is too long");
        assert!(!queue.is_drained(), "it is being written");
        assert!(queue.take().is_none() && queue.is_drained());
    }
}
