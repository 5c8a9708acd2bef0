//! What a todo says, and places in lists of them.

use proptest::prelude::*;
use vestibule::todos::{Cursor, Description, Due, Sort, Title};

use crate::{inputs, run};

const DAYS: &[&str] = &["2030-01-31", "31-01-2030", " 2024-02-29 ", "1900-01-01", "31-12-9999"];
const PARTS_OF_DAYS: &[&str] =
    &["-", "--", "/", "0", "01", "02", "29", "31", "12", "1900", "2023", "9999", "10000", "+", "T00:00", " ", "３"];
const LINES: &[&str] = &["Water the plants", "a\r\n\tb\rc\n", "<b>", "\u{200B}", "ü"];
const PARTS_OF_LINES: &[&str] =
    &["\r\n", "\r", "\n", "\t", " ", "a", "ü", "\0", "\u{1B}[2J", "\u{2028}", "\u{200B}", "\u{3164}", "{{ 1 }}"];

#[test]
fn a_day_is_a_day_of_the_calendar() {
    run::fuzz(inputs::text(DAYS, PARTS_OF_DAYS), |typed| {
        let Ok(due) = Due::parse(&typed) else { return };
        let written = due.to_string();
        assert_eq!(written.len(), "2030-01-31".len(), "{typed:?}");
        assert!(("1900-01-01".."9999-12-32").contains(&written.as_str()), "{written}");
        assert_eq!(Due::parse(&written), Ok(due), "{typed:?}");
    });
}

#[test]
fn titles_are_one_line_and_descriptions_are_lines() {
    run::fuzz(inputs::text(LINES, PARTS_OF_LINES), |typed| {
        if let Ok(title) = Title::parse(&typed) {
            let text = title.as_str();
            assert!((1..=200).contains(&text.chars().count()) && !text.contains(char::is_control), "{text:?}");
            assert_eq!(Title::parse(text).as_ref(), Ok(&title));
        }
        if let Ok(description) = Description::parse(&typed) {
            let text = description.as_str();
            assert!(text.chars().count() <= 4000 && !text.contains('\r'), "{text:?}");
            assert_eq!(Description::parse(text).as_ref(), Ok(&description));
        }
    });
}

#[test]
fn a_place_in_a_list_is_one_that_we_wrote() {
    const PLACES: &[&str] = &[
        "MDE5MGY4YjQtN2QzYS03YzAwLThhMDAtMDAwMDAwMDAwMDAx",
        "MjAzMC0wMS0zMS8wMTkwZjhiNC03ZDNhLTdjMDAtOGEwMC0wMDAwMDAwMDAwMDE",
    ];
    let places = inputs::text(PLACES, &["A", "MDE5", "-", "_", "=", "%3D", "/", "+"]);
    run::fuzz((places, any::<bool>()), |(text, by_due)| {
        let sort = if by_due { Sort::Due } else { Sort::Created };
        let Ok(place) = Cursor::parse(&text, sort) else { return };
        assert_eq!(Cursor::parse(&place.to_text(), sort).as_ref(), Ok(&place), "{text:?}");
    });
}
