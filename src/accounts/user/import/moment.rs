//! Times as other programs write them. Without a zone they are read as UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound};

/// The accepted forms, for messages about any other.
pub(super) const FORM: &str = "Use 2030-01-31, 2030-01-31T12:00:00Z or seconds since 1970.";

/// Reads a time, in UTC and to the microsecond, which every database engine can store.
pub(super) fn parse(text: &str) -> Option<NaiveDateTime> {
    let with_zone = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc());
    // PostgreSQL writes a zone of whole hours without minutes.
    let moment = with_zone(text)
        .or_else(|| with_zone(&format!("{text}:00")))
        .or_else(|| text.parse().ok())
        .or_else(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok())
        .or_else(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok())
        .or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))
        .or_else(|| seconds(text))?;
    // Engines differ in how they store years outside of this range.
    let (first, last) = (NaiveDate::from_ymd_opt(1, 1, 1)?, NaiveDate::from_ymd_opt(9999, 12, 31)?);
    (first..=last).contains(&moment.date()).then(|| moment.trunc_subsecs(6))
}

/// Seconds since 1970, perhaps with a fraction.
fn seconds(text: &str) -> Option<NaiveDateTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(DateTime::from_timestamp(whole.parse().ok()?, 0)?.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_other_programs_are_understood() {
        for (text, expected) in [
            ("2020-05-17T10:20:30Z", "2020-05-17 10:20:30"),
            ("2020-05-17T12:20:30.123456789+02:00", "2020-05-17 10:20:30.123456"),
            ("2020-05-17 12:20:30+02", "2020-05-17 10:20:30"),
            ("2020-05-17 10:20:30.5", "2020-05-17 10:20:30.500"),
            ("2020-05-17 10:20", "2020-05-17 10:20:00"),
            ("2020-05-17", "2020-05-17 00:00:00"),
            ("1589710830", "2020-05-17 10:20:30"),
            ("1589710830.75", "2020-05-17 10:20:30"),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), Some(expected), "{text}");
        }
        for bad in ["", "yesterday", "17.05.2020", "0000-00-00 00:00:00", "99999999999999"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
