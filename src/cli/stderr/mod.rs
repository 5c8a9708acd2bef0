//! The stderr of a server. Lines wait in a bounded queue for a thread of their own, so that nothing else in the server
//! waits for a slow reader. Lines that don't fit are dropped, and another line tells how many.

mod queue;
mod style;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing::Level;

use self::queue::Queue;
pub(super) use self::style::Style;

/// How long the program waits at its end for the remaining lines to be written.
const FAREWELL: Duration = Duration::from_secs(1);

/// The queue and its thread. When this is dropped, the remaining lines are written, unless their reader takes longer
/// than a second.
pub(super) struct Stderr(Arc<Shared>);

/// Puts lines into the queue. One call of `write` is one line, or several that belong together.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

impl Stderr {
    /// Starts the thread. From now on the messages of panics go into the queue too.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn start() -> io::Result<Stderr> {
        let shared = Arc::new(Shared::new(Style::at_first(io::stderr())));
        let queue = Arc::clone(&shared);
        thread::Builder::new().name("stderr".into()).spawn(move || queue.write_all(io::stderr()))?;
        let lines = Lines(Arc::clone(&shared));
        panic::set_hook(Box::new(move |panic| lines.say(Level::ERROR, &describe(panic))));
        Ok(Stderr(shared))
    }

    /// Where the log goes.
    pub(super) fn lines(&self) -> Lines {
        Lines(Arc::clone(&self.0))
    }

    /// How lines look.
    pub(super) fn style(&self) -> Style {
        self.0.lock().style
    }

    /// From now on lines look like this.
    pub(super) fn change_style(&self, style: Style) {
        self.0.lock().style = style;
    }

    /// Writes a message for people, as a line of its own.
    pub(super) fn say(&self, level: Level, text: &str) {
        self.lines().say(level, text);
    }
}

impl Drop for Stderr {
    fn drop(&mut self) {
        let queue = self.0.lock();
        let _ = self.0.drained.wait_timeout_while(queue, FAREWELL, |queue| !queue.is_drained());
    }
}

impl Lines {
    /// Writes a message for people, as a line of its own.
    pub(super) fn say(&self, level: Level, text: &str) {
        let style = self.0.lock().style;
        self.0.push(style.message(level, text).as_bytes());
    }

    /// Writes a line of the log, with what it begins with.
    pub(super) fn push(&self, prefix: &str, line: &[u8]) {
        match prefix {
            "" => self.0.push(line),
            prefix => self.0.push(&[prefix.as_bytes(), line].concat()),
        }
    }
}

/// The message that Rust's default panic hook would write.
fn describe(panic: &PanicHookInfo<'_>) -> String {
    let thread = thread::current();
    let said = format!("thread '{}' {panic}", thread.name().unwrap_or("unnamed"));
    let backtrace = Backtrace::capture();
    match backtrace.status() {
        BacktraceStatus::Captured => format!("{said}\n{backtrace}"),
        _ => said,
    }
}

/// What the thread shares with those who write lines.
struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
    drained: Condvar,
}

impl Shared {
    fn new(style: Style) -> Shared {
        Shared { queue: Mutex::new(Queue::new(style)), filled: Condvar::new(), drained: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, line: &[u8]) {
        self.lock().push(line);
        self.filled.notify_one();
    }

    /// Runs in the thread. The queue is not locked while it writes. Errors are ignored: a closed stderr must not stop
    /// the server.
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A stderr that is not read until `begin` is dropped.
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
        let style = Style { json: false, journal: false };
        let (shared, read) = (Arc::new(Shared::new(style)), Arc::<Mutex<Vec<u8>>>::default());
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
}
