//! How moments, bytes and cells are written, for programs and in pages, and which characters would change the text
//! around them.

use chrono::{Datelike, Month, NaiveDate, NaiveDateTime, SecondsFormat, Timelike};

/// A moment in UTC as RFC 3339 writes it, to the second.
///
/// Pages and answers tell many moments, and formatting each by a format text takes longer than the rest of it.
pub fn rfc3339(at: NaiveDateTime) -> String {
    let Ok(year @ 0..=9999) = u32::try_from(at.year()) else {
        // A date that no row of ours has: RFC 3339 has no words for it.
        return at.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    };
    let mut text = String::with_capacity("2030-01-05T21:06:00Z".len());
    push_two(&mut text, year / 100);
    push_two(&mut text, year % 100);
    for (mark, number) in [('-', at.month()), ('-', at.day()), ('T', at.hour()), (':', at.minute()), (':', at.second())]
    {
        text.push(mark);
        push_two(&mut text, number);
    }
    text.push('Z');
    text
}

/// The time of a moment for people, in UTC: 21:06.
pub fn hour_and_minute(at: NaiveDateTime) -> String {
    let mut text = String::with_capacity(5);
    push_two(&mut text, at.hour());
    text.push(':');
    push_two(&mut text, at.minute());
    text
}

/// A number below 100 in two digits.
fn push_two(text: &mut String, number: u32) {
    let digit = |number: u32| char::from_digit(number % 10, 10).unwrap_or('0');
    text.push(digit(number / 10));
    text.push(digit(number));
}

/// A day for people: 5 January 2030. It breaks at the end of a line nowhere.
pub fn day_in_words(day: NaiveDate) -> String {
    let month = Month::try_from(day.month() as u8).map_or("", |month| month.name());
    format!("{}\u{a0}{month}\u{a0}{}", day.day(), day.year())
}

/// A moment to the minute, with its zone, in few letters: 2030-01-05 21:06 UTC.
pub fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Characters that a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// After these the next cell begins, for a spreadsheet that does not separate cells by commas.
const SEPARATOR: [char; 4] = [';', '\t', '\r', '\n'];

/// The cell of a CSV file for a text: with an apostrophe before all that a spreadsheet could take for a formula, and run,
/// wherever it sees the beginning of a cell.
pub fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 1);
    for part in cells(text) {
        let (before, rest) = part.split_at(part.len() - part.trim_start_matches(BLANK).len());
        cell.push_str(before);
        if may_be_a_formula(rest) {
            cell.push('\'');
        }
        cell.push_str(rest);
    }
    cell
}

/// The text of a cell that [`cell`] wrote.
pub fn text_of(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for part in cells(cell) {
        let (before, rest) = part.split_at(part.len() - part.trim_start_matches(BLANK).len());
        text.push_str(before);
        text.push_str(rest.strip_prefix('\'').filter(|rest| may_be_a_formula(rest)).unwrap_or(rest));
    }
    text
}

/// What may stand before a formula without making it text.
const BLANK: [char; 2] = [' ', '"'];

/// The parts of a text, each with the separator at its end.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(SEPARATOR)
}

/// Whether a spreadsheet could take a text for a formula once the apostrophes before it are gone.
fn may_be_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// Bytes in hex, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Control characters, line and paragraph separators, and Unicode's `Bidi_Control`: what would change the text
/// around it, on a page or in a terminal.
pub fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that take no room: a name of these alone would look empty.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_chrono_writes_it() {
        for (seconds, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (1_893_877_565, "2030-01-05T21:06:05Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "+10000-01-01T00:00:00Z"),
            (-62_135_596_800, "0001-01-01T00:00:00Z"),
        ] {
            let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(rfc3339(at.naive_utc()), written);
            assert_eq!(at.to_rfc3339_opts(SecondsFormat::Secs, true), written);
        }
        let at = chrono::DateTime::from_timestamp(1_893_877_565, 0).unwrap().naive_utc();
        assert_eq!(hour_and_minute(at), "21:06");
        assert_eq!(day_in_words(at.date()), "5\u{a0}January\u{a0}2030");
    }
}
