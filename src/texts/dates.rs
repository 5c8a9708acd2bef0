//! Days, moments and numbers as the catalogue writes them (`dates.ftl`, `numbers.ftl`). A page tells many moments, so
//! their texts are taken apart once.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::compiled::Compiled;
use super::pattern::{Part, Pattern};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// How days, moments and numbers are written.
#[derive(Debug, Default)]
pub(super) struct Dates {
    months: Vec<String>,
    day: Pattern,
    moment: Pattern,
    thousands: String,
}

impl Dates {
    /// As these texts say; as nothing, in a catalogue without them.
    pub(super) fn of(texts: &BTreeMap<String, Compiled>) -> Dates {
        let pattern = |key: &str| texts.get(key).map(|text| text.pattern.clone()).unwrap_or_default();
        let words = |key: &str| match pattern(key).first() {
            Some(Part::Text(words)) => words.clone(),
            _ => String::new(),
        };
        Dates {
            months: MONTHS.iter().map(|month| words(&format!("dates-{month}"))).collect(),
            day: pattern("dates-day"),
            moment: pattern("dates-moment"),
            thousands: words("numbers-thousands"),
        }
    }

    fn write_day(&self, text: &mut String, day: NaiveDate) {
        for part in &self.day {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Variable(name) if name == "month" => {
                    text.push_str(self.months.get(day.month0() as usize).map_or("", String::as_str));
                }
                Part::Variable(name) if name == "day" => push(text, day.day()),
                Part::Variable(_) => push(text, u32::try_from(day.year()).unwrap_or_default()),
                // An operator's own text that has one is refused.
                Part::Number(_) | Part::Choice(_) | Part::Opens(_) | Part::Closes(_) => {}
            }
        }
    }
}

impl Dates {
    /// A day for people, in UTC: 5 January 2030.
    pub fn day(&self, day: NaiveDate) -> String {
        let mut text = String::with_capacity(24);
        self.write_day(&mut text, day);
        text
    }

    /// A moment for people, in UTC and with its zone: 5 January 2030, 21:06 UTC.
    pub fn moment(&self, at: NaiveDateTime) -> String {
        let mut text = String::with_capacity(40);
        for part in &self.moment {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Variable(name) if name == "day" => self.write_day(&mut text, at.date()),
                Part::Variable(name) if name == "hour" => push_two(&mut text, at.hour()),
                Part::Variable(_) => push_two(&mut text, at.minute()),
                Part::Number(_) | Part::Choice(_) | Part::Opens(_) | Part::Closes(_) => {}
            }
        }
        text
    }

    /// A number for people: 1,234,567.
    pub fn number(&self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if number < 0 {
            text.push('-');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
        text
    }
}

fn push_two(text: &mut String, number: u32) {
    if number < 10 {
        text.push('0');
    }
    push(text, number);
}

fn push(text: &mut String, number: u32) {
    text.push_str(&number.to_string());
}
