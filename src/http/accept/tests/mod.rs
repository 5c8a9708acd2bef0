//! Who gets a page and who JSON.

use super::*;

fn prefers_json(header: &str) -> bool {
    !Accept::parse(header).is_some_and(Accept::wants_page)
}

#[test]
fn what_loads_an_image_or_a_style_sheet_wants_json_least() {
    for most in ["*/*", "application/json", "application/json;q=0.5", "application/*", "application/json, */*;q=0.1"] {
        assert!(is_json_first(most), "{most}");
    }
    for other in [
        "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        "text/css,*/*;q=0.1",
        "text/html,*/*",
        "image/png",
        "application/json;q=0",
    ] {
        assert!(!is_json_first(other), "{other}");
    }
}

#[test]
fn programs_get_json_and_browsers_get_pages() {
    for json in [
        "application/json",
        "APPLICATION/JSON",
        "application/problem+json",
        "application/json, text/plain, */*",
        "application/json, text/html;q=0.9",
        "text/html;q=0.1, application/json;q=0.2",
        "text/html; level=1; q=0.5, application/json",
        "application/*",
        ", ;, application/json",
        "*/*",
        "*/*;q=0.1",
        "image/png",
        "",
        "json",
        "text/html;q=0, */*",
        "text/html;q=banana",
    ] {
        assert!(prefers_json(json), "{json}");
    }
    for page in [
        "text/html",
        "text/*",
        "application/xhtml+xml",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json",
        "text/html;q=0.5, application/json;q=2",
        "text/html, */*",
        "text/html, application/json;q=0.9, */*;q=0.8",
    ] {
        assert!(!prefers_json(page), "{page}");
    }
}

#[test]
fn a_header_that_is_longer_than_anyones_counts_as_anything() {
    let anything = Accept::parse("*/*");
    assert_eq!(Accept::parse(&["application/json"; 33].join(",")), anything);
    assert_eq!(Accept::parse(&format!("application/json;x={}", "y".repeat(1024))), anything);
    assert_ne!(Accept::parse(&["application/json"; 32].join(",")), anything);
}
