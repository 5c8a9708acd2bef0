//! The lines that wait to be written, limited in bytes, and how many lines were dropped.

use std::collections::VecDeque;

use super::style::Style;

/// The most bytes that may wait: a few thousand lines.
const MOST_BYTES: usize = 1 << 20;

/// The lines that wait.
pub(super) struct Queue {
    /// How lines look.
    pub style: Style,
    lines: VecDeque<Box<[u8]>>,
    bytes: usize,
    /// How many lines were dropped after the last one that waits.
    dropped: u64,
    /// Whether a line was taken and is not written yet.
    writing: bool,
}

impl Queue {
    /// An empty one.
    pub fn new(style: Style) -> Queue {
        Queue { style, lines: VecDeque::new(), bytes: 0, dropped: 0, writing: false }
    }

    /// Appends a line, or drops it if the queue is full.
    pub fn push(&mut self, line: &[u8]) {
        // After lines were dropped, half of the queue must be free before it takes more, so that a slow reader gets a
        // few long gaps rather than one before each line.
        let most = if self.dropped == 0 { MOST_BYTES } else { MOST_BYTES / 2 };
        if self.bytes + line.len() > most {
            self.dropped += 1;
            return;
        }
        self.tell_gap();
        self.append(line);
    }

    /// The next line to write.
    pub fn take(&mut self) -> Option<Box<[u8]>> {
        if self.lines.is_empty() {
            self.tell_gap();
        }
        let line = self.lines.pop_front();
        self.bytes -= line.as_ref().map_or(0, |line| line.len());
        self.writing = line.is_some();
        line
    }

    /// Whether there is nothing left to write, and nothing is being written.
    pub fn is_drained(&self) -> bool {
        self.lines.is_empty() && self.dropped == 0 && !self.writing
    }

    fn tell_gap(&mut self) {
        if self.dropped > 0 {
            let gap = self.style.gap(std::mem::take(&mut self.dropped));
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
    use super::*;

    const STYLE: Style = Style { json: false, journal: false };

    fn taken(queue: &mut Queue) -> String {
        let line = queue.take().expect("a line waits");
        String::from_utf8(line.into()).expect("it is text")
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_counted_where_it_is_missing() {
        let mut queue = Queue::new(STYLE);
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
        let mut queue = Queue::new(STYLE);
        queue.push(&vec![b'x'; MOST_BYTES + 1]);
        assert!(!queue.is_drained());
        assert!(taken(&mut queue).contains("log lines dropped: 1 "), "one line that is too long");
        assert!(!queue.is_drained(), "it is being written");
        assert!(queue.take().is_none() && queue.is_drained());
    }
}
