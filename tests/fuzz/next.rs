//! `next`, which says where to go after a login: it never leads to another site.

use url::Url;
use vestibule::http::local_path::LocalPath;

use crate::{inputs, run};

const SAMPLES: &[&str] =
    &["/", "/todos?sort=due&order=asc", "/todos/0190/edit?next=%2Ftodos", "/zoë#part", "//evil.example/x"];
const PIECES: &[&str] = &[
    "/",
    "//",
    "\\",
    "/.",
    "/..",
    "/./",
    "/../",
    "%2e",
    "%2E%2e",
    "%2f",
    "%5c",
    "%09",
    "%0a",
    "%00",
    "?",
    "#",
    "@",
    ":",
    ";",
    "http:",
    "https://",
    "javascript:",
    "evil.example",
    "login",
    "logout",
    "todos",
    "next=",
    "&",
    "[::1]",
    "\t",
    "\n",
    "\r",
];

#[test]
fn a_path_that_is_kept_stays_here_wherever_here_is() {
    run::fuzz(inputs::text(SAMPLES, PIECES), |text| {
        let Some(path) = LocalPath::parse(&text) else { return };
        let written = path.as_str();
        for here in ["https://login.example.com/login?next=x", "http://127.0.0.1:8000/", "http://[::1]/a/b/c"] {
            let here = Url::parse(here).unwrap();
            let there = here.join(written).expect("a browser can follow it");
            assert_eq!(there.origin(), here.origin(), "{written}");
            assert!(!there.path().starts_with("//"), "{written}");
            assert!(!matches!(there.path().trim_end_matches('/'), "/login" | "/logout"), "{written}");
        }
        // As a header, and for what reads it without the rules of browsers.
        assert!(written.bytes().all(|byte| byte.is_ascii_graphic()), "{written:?}");
        assert!(written.starts_with('/') && !written.starts_with("//") && !written.contains('\\'), "{written}");
        assert_eq!(LocalPath::parse(written).as_ref(), Some(&path), "once more makes no difference");

        let login = path.by_way_of_login();
        let login = Url::parse("http://127.0.0.1:8000/").unwrap().join(login.as_str()).unwrap();
        assert_eq!(login.path(), "/login");
        let pairs: Vec<_> = login.query_pairs().into_owned().collect();
        let next = pairs.first().map_or("/", |(_, next)| next);
        assert_eq!((next, pairs.len() <= 1), (written, true), "the login page leads back to it");
    });
}
