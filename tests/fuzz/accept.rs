//! The header `Accept`.

use vestibule::http::accept::{Accept, Preference, is_bounded};

use crate::{inputs, run};

const SAMPLES: &[&str] = &[
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/json",
    "application/problem+json, text/*;q=0.5",
    "text/html; level=1; q=0.5, application/json",
];
const PIECES: &[&str] = &[
    ",",
    ";",
    "/",
    "*",
    "*/*",
    "text/",
    "html",
    "application/",
    "json",
    "+json",
    "q=",
    ";q=0.5",
    ";q=0",
    ";q=1.000",
    ";q=nan",
    ";q=inf",
    ";q=-1",
    ";q=1e-3",
    " ",
    "\t",
    "\"",
    "=",
    "level=1",
    "a/b,a/b,a/b,a/b",
];

#[test]
fn what_is_accepted_depends_on_what_is_said_and_not_on_how() {
    run::fuzz(inputs::text(SAMPLES, PIECES), |header| {
        let accept = Accept::parse(&header);
        for Preference { quality, closeness } in accept.iter().flat_map(|accept| [accept.html, accept.json]) {
            assert!(quality <= 1000 && closeness <= 3, "{header:?}");
            assert_eq!(quality > 0, closeness > 0, "what is not accepted is not close: {header:?}");
        }
        if !is_bounded(&header) {
            assert_eq!(accept, Accept::parse("*/*"), "{header:?}");
            return;
        }
        let mut ranges: Vec<&str> = header.split(',').collect();
        ranges.reverse();
        assert_eq!(Accept::parse(&ranges.join(",")), accept, "in another order: {header:?}");
        assert_eq!(Accept::parse(&header.to_ascii_uppercase()), accept, "in capitals: {header:?}");
        let more = format!("{header}, image/png");
        if let (Some(accept), true) = (accept, is_bounded(&more)) {
            assert_eq!(Accept::parse(&more), Some(accept), "with something else: {header:?}");
        }
    });
}
