//! Logging out, and what Back finds afterwards.

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::support::Server;

#[test]
fn the_link_logs_out_and_back_shows_nothing_of_the_person() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.shows("h1", "Hello, Admin!");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");
    browser.shows(".flash[role=status]", "You’re logged out.");
    assert_eq!(server.sql("SELECT count(*) FROM sessions"), ["0"], "the server forgot it too");

    browser.back();
    browser.comes_to("/login");
    assert!(!browser.text().contains("Admin"), "{}", browser.text());
    browser.open("/");
    browser.comes_to("/login");
}

#[test]
fn back_shows_nothing_of_the_person_when_another_tab_has_logged_out() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.shows("h1", "Hello, Admin!");
    browser.open("/nothing-here");
    browser.shows("h1", "Page not found");

    browser.open_tab();
    browser.open("/");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");

    browser.look_at_first_tab();
    browser.back();
    browser.comes_to("/login");
    assert!(!browser.text().contains("Admin"), "{}", browser.text());
}

/// Without this, the test above would pass in a browser that never keeps a page it has left.
#[test]
fn this_browser_does_keep_pages_for_back() {
    let server = Server::empty();
    let elsewhere = Elsewhere::open().with("/kept", "<p>kept").with("/next", "<p>next");
    let browser = Browser::at(&server);
    browser.open(&elsewhere.next_door("/kept"));
    browser.evaluate("window.mark = 'left here'");
    browser.open(&elsewhere.next_door("/next"));
    browser.back();
    browser.shows("body", "kept");
    assert_eq!(browser.evaluate("window.mark"), "left here");
}

/// Without this, the next test could pass because this browser does not say where a visit comes from.
#[test]
fn this_browser_says_that_an_address_was_typed() {
    let server = Server::empty();
    let elsewhere = Elsewhere::open().with("/", "<p>Welcome");
    let browser = Browser::at(&server);
    browser.open(&elsewhere.next_door("/"));
    let heard = elsewhere.heard();
    assert!(heard[0].contains("sec-fetch-site: none\n"), "{}", heard[0]);
    assert!(heard[0].contains("sec-fetch-mode: navigate\n"), "{}", heard[0]);
}

#[test]
fn an_address_typed_by_hand_asks_first() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("jumpiness", "python");
    browser.shows("h1", "Hello, Jumpiness!");
    browser.open("/logout");
    browser.shows("h1", "Log out?");
    browser.comes_to("/logout");
    browser.open("/");
    browser.shows("h1", "Hello, Jumpiness!");

    browser.open("/logout");
    browser.click("a.quiet-link");
    browser.comes_to("/");
    browser.shows("h1", "Hello, Jumpiness!");

    browser.open("/logout");
    browser.click("main button");
    browser.comes_to("/login");
    browser.shows(".flash", "You’re logged out.");
    browser.open("/");
    browser.comes_to("/login");
}
