//! Bodies of forms.

use url::form_urlencoded;
use vestibule::http::body::form;

use crate::{inputs, run};

const SAMPLES: &[&str] =
    &["username=roy&password=roy&remember=on", "title=Water+the+plants&due=2030-01-31&csrf=a_b-c", "a=%C3%BC&b="];
const PIECES: &[&str] = &[
    "=", "&", "+", "%", "%2", "%20", "%3D", "%26", "%zz", "%C3", "%C3%BC", "%ff", "%00", "a", "name", "_method", ";",
    "&&&",
];

#[test]
fn a_body_that_is_understood_means_the_same_to_others_and_when_it_is_written_again() {
    run::fuzz(inputs::bytes(SAMPLES, PIECES), |body| {
        let Some(pairs) = form::parse(&body) else { return };
        let lenient: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
        assert_eq!(pairs, lenient, "as the URL standard reads it");
        let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        assert_eq!(form::parse(written.as_bytes()), Some(pairs));
    });
}
