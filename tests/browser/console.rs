//! The pages keep their own Content-Security-Policy, and nothing goes wrong unseen.

use crate::browser::Browser;
use crate::support::Server;
use crate::tour;

#[test]
fn the_console_stays_silent_on_every_page() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    tour::walk(&server, &browser, |page| {
        let said = browser.console();
        match status(page) {
            // Chromium itself notes the status of a page that is an error.
            Some(status) => assert!(said.iter().all(|line| line.contains(status)), "{page}: {said:#?}"),
            None => assert!(said.is_empty(), "{page}: {said:#?}"),
        }
    });
}

#[test]
fn style_sheet_and_icon_are_there() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    assert_eq!(browser.evaluate("document.styleSheets[0].cssRules.length > 50"), true);
    let icon = browser.property("link[rel=icon]", "href");
    browser.open(&icon);
    assert_eq!(browser.evaluate("document.documentElement.localName"), "svg");
}

fn status(page: &str) -> Option<&'static str> {
    match page {
        _ if page.ends_with("-field-errors") || page.ends_with("-field-error") => Some("status of 422"),
        "not-found" => Some("status of 404"),
        "forbidden" => Some("status of 403"),
        _ => None,
    }
}
