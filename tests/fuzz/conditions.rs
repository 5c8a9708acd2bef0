//! `If-Match` and `If-None-Match`: nothing passes for a version but its own tag.

use vestibule::accounts::version::{Named, Version};
use vestibule::http::conditions::{if_match, if_none_match, tag};

use crate::{inputs, run};

const SAMPLES: &[&str] = &["\"x\", W/\"y\"", "*", "\"\""];

#[test]
fn a_version_is_named_by_its_tag_and_by_nothing_else() {
    let version = Version::of(&"something");
    let (strong, weak) = (tag(&version), format!("W/{}", tag(&version)));
    let pieces = [",", " ", "*", "\"", "W/", "w/", "\"x\"", "\t", version.as_str(), &strong, &weak];
    // The pieces are made here, and live as long as the tests.
    let pieces: &'static [&'static str] = pieces.map(|piece| &*String::leak(piece.to_owned())).to_vec().leak();
    run::fuzz(inputs::text(SAMPLES, pieces), |header| {
        let elements: Vec<&str> = header.split(',').map(str::trim).collect();
        let any = elements.contains(&"*");
        let lines = || std::iter::once(header.as_str());
        let names = |named: Option<Named>| named.is_some_and(|named| named.is(Some(&version)));
        assert_eq!(names(if_match(lines())), any || elements.contains(&strong.as_str()), "{header:?}");
        let known = any || elements.contains(&strong.as_str()) || elements.contains(&weak.as_str());
        assert_eq!(names(if_none_match(lines())), known, "{header:?}");
        assert!(if_match(lines()).is_some_and(|named| !named.is(None)), "nothing is no version: {header:?}");
    });
}
