//! How long things took, by classes of duration.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of the classes, in microseconds. A page takes less than the first ones, a login some hundred
/// milliseconds, and whoever waits for a locked database five seconds.
const BOUNDS: [u64; 13] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/// How long things took.
#[derive(Debug, Default)]
pub struct Histogram {
    /// How many there were of each class. The last one is for whatever took longer.
    classes: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

/// What a histogram held at one moment.
pub(super) struct Reading {
    /// The upper bound of each class in seconds, and how many took at most as long.
    pub(super) classes: Vec<(f64, u64)>,
    /// How many there were.
    pub(super) count: u64,
    /// How many seconds all of them took.
    pub(super) seconds: f64,
}

impl Histogram {
    /// Notes how long something took.
    pub fn note(&self, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        let class = BOUNDS.partition_point(|bound| bound * 1_000 < nanoseconds);
        self.classes[class].fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    /// How many were noted.
    pub fn count(&self) -> u64 {
        self.classes.iter().map(|class| class.load(Ordering::Relaxed)).sum()
    }

    /// What it holds. The count is that of the classes, whatever is noted in the meantime.
    pub(super) fn read(&self) -> Reading {
        let mut count = 0;
        let mut up_to = |class: &AtomicU64| {
            count += class.load(Ordering::Relaxed);
            count
        };
        let classes = BOUNDS.iter().zip(&self.classes);
        let classes = classes.map(|(bound, class)| (*bound as f64 / 1e6, up_to(class))).collect();
        let count = up_to(&self.classes[BOUNDS.len()]);
        Reading { classes, count, seconds: self.nanoseconds.load(Ordering::Relaxed) as f64 / 1e9 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_holds_what_took_at_most_as_long() {
        let histogram = Histogram::default();
        for micros in [0, 250, 251, 1_000, 4_999_999, 5_000_000, 60_000_000] {
            histogram.note(Duration::from_micros(micros));
        }
        let read = histogram.read();
        let up_to = |bound: f64| read.classes.iter().find(|(known, _)| *known == bound).unwrap().1;
        assert_eq!([0.00025, 0.0005, 0.001, 1.0, 5.0].map(up_to), [2, 3, 4, 4, 6]);
        assert_eq!((read.count, histogram.count()), (7, 7));
        assert!((read.seconds - 70.001_500).abs() < 1e-3, "{}", read.seconds);
    }
}
