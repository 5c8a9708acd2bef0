//! Which part of the audit somebody wants to see: what they typed, read once for all doors.

use std::net::IpAddr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::accounts::user::{MAX_QUERY, Which};
use crate::texts::Message;

/// The most characters of the name of an event.
pub const MAX_EVENT: usize = 64;

/// The most characters of an address or a time.
pub const MAX_SHORT: usize = 64;

/// What was typed; empty counts as nothing.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// An event, or a group of events.
    pub event: Option<String>,
    /// A username, an email address or an id.
    pub user: Option<String>,
    /// An IP address.
    pub address: Option<String>,
    /// A day or a moment.
    pub from: Option<String>,
    /// The same; a day counts as a whole.
    pub until: Option<String>,
}

/// Which part of the audit is meant.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those of this event, or group of events: `login` is all that begin with `login.`.
    pub event: Option<String>,
    /// Those that this user did, or that were done to them. One who was removed is still found by their id, and
    /// `operator` and `system` are found by these words.
    pub whose: Option<Which>,
    /// Those that came from this address.
    pub address: Option<IpAddr>,
    /// From this moment on, in UTC.
    pub from: Option<NaiveDateTime>,
    /// Before this moment, in UTC.
    pub until: Option<NaiveDateTime>,
}

/// A field that can't be read, and what to write instead.
pub type Wrong = (&'static str, Message);

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    /// Every field that can't be used.
    pub fn read(&self) -> Result<Filter, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let text =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (event, user) = (text(&self.event), text(&self.user));
        if event.as_ref().is_some_and(|event| event.chars().count() > MAX_EVENT) {
            wrong.push(("event", Message::new("audit-event-too-long")));
        }
        if user.as_ref().is_some_and(|user| user.chars().count() > MAX_QUERY) {
            wrong.push(("user", Message::new("audit-user-too-long")));
        }
        let address = text(&self.address).map(|text| text.parse::<IpAddr>().map(|address| address.to_canonical()));
        if matches!(address, Some(Err(_))) {
            wrong.push(("address", Message::new("audit-address-invalid")));
        }
        let mut moment = |name: &'static str, text: Option<String>, is_end: bool| {
            let read = text.map(|text| read_moment(&text, is_end));
            if matches!(read, Some(None)) {
                wrong.push((name, Message::new("audit-time-invalid")));
            }
            read.flatten()
        };
        let (from, until) = (moment("from", text(&self.from), false), moment("until", text(&self.until), true));
        if wrong.is_empty() && matches!((from, until), (Some(from), Some(until)) if until <= from) {
            wrong.push(("until", Message::new("audit-until-invalid")));
        }
        match wrong.is_empty() {
            true => {
                Ok(Filter { event, whose: user.map(Which::Named), address: address.and_then(Result::ok), from, until })
            }
            false => Err(wrong),
        }
    }
}

/// A day (UTC), which begins at midnight and ends at the next, or a moment as RFC 3339 writes it.
fn read_moment(text: &str, is_end: bool) -> Option<NaiveDateTime> {
    let moment = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) if is_end => day.succ_opt()?.and_time(NaiveTime::MIN),
        Ok(day) => day.and_time(NaiveTime::MIN),
        Err(_) => DateTime::parse_from_rfc3339(text).ok()?.naive_utc(),
    };
    (1970..=9999).contains(&moment.year()).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(fields: [&str; 5]) -> Asked {
        let [event, user, address, from, until] = fields.map(|text| Some(text.to_owned()));
        Asked { event, user, address, from, until }
    }

    #[test]
    fn every_bad_field_is_told_at_once_and_empty_ones_mean_nothing() {
        let nothing = asked(["", " ", "", "", ""]).read().unwrap();
        assert!(nothing.event.is_none() && nothing.whose.is_none() && nothing.from.is_none());
        let long = "x".repeat(300);
        let wrong = asked([&long, &long, "localhost", "yesterday", "2030-02-30"]).read().unwrap_err();
        let names: Vec<&str> = wrong.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["event", "user", "address", "from", "until"]);
        let backwards = asked(["", "", "", "2030-01-02", "2030-01-01"]).read().unwrap_err();
        assert_eq!(backwards[0].0, "until");
    }

    #[test]
    fn a_day_is_whole_and_a_moment_has_its_zone() {
        let day = asked(["", "", "::ffff:192.0.2.7", "2030-01-31", "2030-01-31"]).read().unwrap();
        assert_eq!(day.from.unwrap().to_string(), "2030-01-31 00:00:00");
        assert_eq!(day.until.unwrap().to_string(), "2030-02-01 00:00:00");
        assert_eq!(day.address.unwrap().to_string(), "192.0.2.7");
        let moment = asked(["", "", "", "2030-01-31T01:00:00+02:00", ""]).read().unwrap();
        assert_eq!(moment.from.unwrap().to_string(), "2030-01-30 23:00:00");
    }
}
