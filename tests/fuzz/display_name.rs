//! The names that pages greet people by.

use vestibule::accounts::names::{DisplayName, is_forbidden, is_invisible};

use crate::{inputs, run};

const SAMPLES: &[&str] = &["Admin", " Zoë ", "<b>Roy</b>", "山田太郎", "Zoe\u{308}", "a\u{202E}b"];
const PIECES: &[&str] = &[
    "a",
    "e\u{301}",
    "\u{308}",
    "\u{200B}",
    "\u{200D}",
    "\u{202E}",
    "\u{2069}",
    " ",
    "\n",
    "\u{1B}[2J",
    "<",
    "&",
    "'",
    "ﬃ",
    "각",
    "ᄀ",
    "ᅡ",
];

#[test]
fn a_name_can_be_seen_and_changes_nothing_around_it() {
    run::fuzz(inputs::text(SAMPLES, PIECES), |typed| {
        let Ok(name) = DisplayName::parse(&typed) else { return };
        let text = name.as_str();
        assert!((1..=60).contains(&text.chars().count()), "{text:?}");
        assert!(!text.contains(|c: char| c.is_control() || is_forbidden(c)), "{text:?}");
        assert!(text.contains(|c: char| !c.is_whitespace() && !is_invisible(c)), "{text:?}");
        assert_eq!(text.trim(), text);
        assert_eq!(DisplayName::parse(text).as_ref(), Ok(&name), "once more makes no difference");
    });
}
