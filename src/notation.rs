//! How moments and bytes are written, for programs and in pages.

use chrono::{Datelike, Month, NaiveDate, NaiveDateTime, Timelike};

/// A moment in UTC as RFC 3339 writes it, to the second.
pub fn rfc3339(at: NaiveDateTime) -> String {
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", at.date())
}

/// A day for people: 5 January 2030. It breaks at the end of a line nowhere.
///
/// Home tells many moments, and chrono would read a text that says how for each of them.
pub fn day_in_words(day: NaiveDate) -> String {
    let month = Month::try_from(day.month() as u8).map_or("", |month| month.name());
    format!("{}\u{a0}{month}\u{a0}{}", day.day(), day.year())
}

/// Bytes in hex, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
