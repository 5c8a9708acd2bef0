//! How long a password hash takes on this machine, for operators who choose a cost.

use std::time::Duration;

use super::bcrypt_sha256::{COSTS, spend};
use super::equal_time::timed;

/// What is measured, some hundredths of a second; each step of the cost doubles it.
const SAMPLE_COST: u32 = 8;

/// How long hashes take on one core.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    sample: Duration,
}

impl Speed {
    /// Measures it, by the processor's own clock, so that what else runs does not count. The quickest of three counts.
    pub fn measure() -> Speed {
        let sample = (0..3).map(|_| timed(|| spend(SAMPLE_COST)).1).min();
        Speed { sample: sample.unwrap_or_default() }
    }

    /// How long a hash of this cost takes.
    pub fn of(self, cost: u32) -> Duration {
        self.sample.mul_f64(2_f64.powi(cost as i32 - SAMPLE_COST as i32))
    }

    /// The highest cost whose hash takes no longer than this; the lowest that a setting may have if all do.
    pub fn highest_within(self, limit: Duration) -> u32 {
        COSTS.rev().find(|cost| self.of(*cost) <= limit).unwrap_or(*COSTS.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_doubles_it() {
        let speed = Speed { sample: Duration::from_millis(20) };
        assert_eq!(speed.of(8), Duration::from_millis(20));
        assert_eq!(speed.of(12), Duration::from_millis(320));
        assert_eq!(speed.of(7), Duration::from_millis(10));
        assert_eq!(speed.highest_within(Duration::from_millis(500)), 12);
        assert_eq!(speed.highest_within(Duration::from_secs(3600)), 16);
        assert_eq!(speed.highest_within(Duration::ZERO), 4);
    }

    #[test]
    fn a_measurement_takes_the_processor_some_time() {
        let speed = Speed::measure();
        assert!(speed.of(8) > Duration::from_micros(500), "{speed:?}");
    }
}
