//! The day on which a todo is due.

use std::fmt;
use std::str::FromStr;

use crate::texts::{Message, Worded};
use chrono::{Datelike, NaiveDate};

/// A day of the years 1900 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due(NaiveDate);

/// A text that is no such day, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct InvalidDue;

impl Worded for InvalidDue {
    fn words(&self) -> Message {
        Message::new("todos-due-invalid")
    }
}

impl Due {
    /// How many characters it has.
    pub const LENGTH: usize = 10;

    /// How it is written, as a regular expression of JSON Schema.
    pub const PATTERN: &str = "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}-[0-9]{2}-[0-9]{4})$";

    /// Reads `2030-01-31` or `31-01-2030`.
    ///
    /// # Errors
    /// When it is no day of the calendar.
    pub fn parse(typed: &str) -> Result<Due, InvalidDue> {
        let parts: Vec<&str> = typed.trim().split('-').collect();
        let (year, month, day) = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => (year, month, day),
            [day, month, year] if year.len() == 4 => (year, month, day),
            _ => return Err(InvalidDue),
        };
        // Numbers only: what Rust parses may also begin with a sign.
        let number = |text: &str, length: usize| {
            let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u32>().ok()).flatten().ok_or(InvalidDue)
        };
        let year = i32::try_from(number(year, 4)?).map_err(|_| InvalidDue)?;
        let date = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?);
        date.filter(|date| date.year() >= 1900).map(Due).ok_or(InvalidDue)
    }

    /// Today, in UTC like all times here.
    pub fn today() -> Due {
        Due(chrono::Utc::now().date_naive())
    }

    /// A number of days after this one; as near as the calendar goes.
    pub(super) fn plus(self, days: i64) -> Due {
        Due(self.0.checked_add_signed(chrono::Duration::days(days)).unwrap_or(self.0))
    }

    /// The day.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl FromStr for Due {
    type Err = InvalidDue;

    fn from_str(typed: &str) -> Result<Due, InvalidDue> {
        Due::parse(typed)
    }
}

/// As ISO 8601 writes it.
impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_in_two_spellings() {
        for (typed, day) in [
            ("2030-01-31", "2030-01-31"),
            ("31-01-2030", "2030-01-31"),
            (" 2024-02-29 ", "2024-02-29"),
            ("1900-01-01", "1900-01-01"),
            ("31-12-9999", "9999-12-31"),
        ] {
            assert_eq!(Due::parse(typed).unwrap().to_string(), day);
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        for bad in [
            "",
            "tomorrow",
            "2023-02-29",
            "29-02-2023",
            "2030-13-01",
            "2030-00-10",
            "2030-01-00",
            "1899-12-31",
            "0000-01-01",
            "10000-01-01",
            "2030-1-31",
            "2030-01-31T00:00",
            "+203-01-31",
            "2030-+1-31",
            "2030/01/31",
            "2030-01-31-01",
            "-2030-01-31",
            "２０３０-01-31",
            "2030-01-3１",
            "31-01-30",
            "2030-2030-01",
        ] {
            assert_eq!(Due::parse(bad), Err(InvalidDue), "{bad:?}");
        }
    }
}
