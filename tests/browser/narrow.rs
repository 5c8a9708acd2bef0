//! Nobody has to scroll sideways, neither on the smallest phone nor on a desk.

use crate::browser::{Browser, Window};
use crate::support::Server;
use crate::tour;
use crate::tour_of_audit;

const WINDOWS: [Window; 2] = [Window { width: 320, height: 568, phone: true }, Window::DESKTOP];

#[test]
fn no_page_scrolls_sideways() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    tour::walk(&server, &browser, |page| fits(&browser, page));
}

#[test]
fn no_page_of_the_audit_scrolls_sideways() {
    tour_of_audit::walk(fits);
}

#[test]
fn a_long_name_does_not_widen_a_page() {
    let server = Server::seeded();
    let name = "W".repeat(60);
    let email = format!("{name}@{}.example", "m".repeat(60));
    let username = "w".repeat(32);
    let roles = ["--role", "admin", "--role", "keeper-of-the-longest-role-names"];
    let add =
        [&["user", "add", &username, "--name", &name, "--email", &email, "--password-stdin"][..], &roles].concat();
    let added = server.cli_with_stdin(&add, "correct horse battery");
    assert_eq!(added.code, 0, "{}", added.stderr);

    let browser = Browser::at(&server);
    browser.log_in(&email, "not the password");
    browser.shows(".flash", "Wrong");
    fits(&browser, "login");
    browser.log_in(&username, "correct horse battery");
    browser.shows("h1", &name);
    fits(&browser, "home");
    browser.open("/logout");
    browser.shows("main", &name);
    fits(&browser, "log-out");
}

#[track_caller]
fn fits(browser: &Browser, page: &str) {
    for window in WINDOWS {
        browser.resize(window);
        // A phone would rather zoom out than scroll: then what it shows is wider than its screen.
        let shown = browser.evaluate("window.innerWidth");
        assert_eq!(shown, window.width, "{page} is zoomed out at {window:?}");
        let room = browser.evaluate("document.documentElement.clientWidth").as_u64();
        let width = browser.evaluate("document.documentElement.scrollWidth").as_u64();
        assert!(width <= room, "{page} is {width:?} wide at {window:?}");
    }
}
