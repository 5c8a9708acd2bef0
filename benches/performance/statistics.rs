//! The middle of many values, and their ends.

use std::time::{Duration, Instant};

/// The middle one; of an even number, between the two.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}

/// The value that `percent` of a hundred don't exceed.
pub fn percentile(values: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(place.max(1) - 1).copied()
}

pub fn milliseconds(times: impl IntoIterator<Item = Duration>) -> Vec<f64> {
    times.into_iter().map(|time| time.as_secs_f64() * 1000.0).collect()
}

/// How many a second, when work began then and one was finished at each of these moments.
pub fn rate(began: Instant, finished: &[Instant]) -> f64 {
    finished.iter().max().map_or(0.0, |last| finished.len() as f64 / last.duration_since(began).as_secs_f64())
}
