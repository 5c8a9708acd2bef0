//! Logging in by hand.

use fantoccini::key::Key;

use crate::browser::Browser;
use crate::support::Server;

#[test]
fn a_person_logs_in_by_typing_and_pressing_enter() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/");
    browser.comes_to("/login");
    browser.focuses("#username");
    browser.type_text("admin");
    browser.press(Key::Tab);
    browser.type_text("password");
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, Admin!");
}

#[test]
fn a_wrong_password_is_told_once_and_the_name_stays() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    browser.focuses("#username");
    browser.type_text("admin");
    browser.press(Key::Tab);
    browser.type_text("passwort");
    browser.press(Key::Enter);
    browser.shows(".flash[role=alert]", "Wrong username/email or password.");
    browser.comes_to("/login");
    assert_eq!(browser.property("#username", "value"), "admin");
    assert_eq!(browser.property("#password", "value"), "");

    // The cursor waits where something is missing, so typing goes on there.
    browser.focuses("#password");
    browser.type_text("password");
    assert_eq!(browser.property("#password", "value"), "password");

    browser.reload();
    browser.shows("h1", "Log in");
    assert!(!browser.has(".flash"), "told once");
    assert!(!browser.text().contains("Wrong"), "told once");
}
