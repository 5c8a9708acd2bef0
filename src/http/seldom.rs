//! Log lines that anyone could cause over and over: each kind is written once a minute at most, with a count.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a line of one kind is not repeated.
const PAUSE: Duration = Duration::from_secs(60);

/// One kind of line.
#[derive(Debug, Default)]
pub(super) struct Seldom(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    told_at: Option<Instant>,
    untold: u64,
}

impl Seldom {
    /// Counts one more. When a line is due, answers how many there were since the last one, this one included.
    pub fn due(&self) -> Option<u64> {
        self.due_at(Instant::now())
    }

    fn due_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.untold += 1;
        if state.told_at.is_some_and(|told| now.duration_since(told) < PAUSE) {
            return None;
        }
        state.told_at = Some(now);
        Some(std::mem::take(&mut state.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_due_once_a_minute_and_none_is_forgotten() {
        let (seldom, start) = (Seldom::default(), Instant::now());
        let due = |seconds: u64| seldom.due_at(start + Duration::from_secs(seconds));
        assert_eq!([0, 1, 30, 59, 60, 61, 600].map(due), [Some(1), None, None, None, Some(4), None, Some(2)]);
    }
}
