//! A browser that is set to refuse cookies: nobody can stay logged in with it, and its owner is told why.

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::support::Server;

const REFUSED: &str = "This browser refused our cookie. Allow cookies for this site";

#[test]
fn the_login_page_says_that_the_browser_refuses_cookies() {
    let server = Server::seeded();
    let browser = Browser::without_cookies(&server);
    browser.open("/todos");
    browser.comes_to("/login?next=%2Ftodos");
    browser.type_into("#username", "admin");
    browser.type_into("#password", "password");
    browser.click("button");
    browser.comes_to("/login?next=%2Ftodos&cookies=refused");
    browser.shows(".flash[role=alert]", REFUSED);
    assert!(browser.title().starts_with("Error: Log in"), "{}", browser.title());
    browser.type_into("#username", "admin");
    browser.type_into("#password", "password");
    browser.click("button");
    browser.shows(".flash[role=alert]", REFUSED);
    browser.click(".brand");
    browser.comes_to("/login");
    assert!(!browser.has(".flash"), "only a login leads to the message");
}

#[test]
fn a_failed_login_says_so_too() {
    let server = Server::seeded();
    let browser = Browser::without_cookies(&server);
    browser.log_in("admin", "wrong");
    browser.comes_to("/login?cookies=refused");
    browser.shows(".flash[role=alert]", REFUSED);
}

#[test]
fn a_browser_that_keeps_cookies_never_says_so() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    browser.click(".brand");
    browser.comes_to("/login");
    browser.log_in("admin", "wrong");
    browser.shows(".flash", "Wrong");
    browser.click(".brand");
    browser.comes_to("/login");
    assert!(!browser.has(".flash"));
    browser.click("button");
    browser.shows(".field-error", "Enter your");
    browser.click(".brand");
    browser.comes_to("/login");
    assert!(!browser.has(".flash"));
    let link = format!("<a href='http://127.0.0.1:{}/login?cookies=refused'>Look!</a>", server.port);
    let elsewhere = Elsewhere::open().with("/login", &link);
    for page in [elsewhere.next_door("/login"), elsewhere.far_away("/login")] {
        browser.open(&page);
        browser.click("a");
        browser.comes_to("/login?cookies=refused");
        assert!(!browser.has(".flash"), "a link from {page} says nothing");
    }
    browser.log_in("admin", "password");
    browser.comes_to("/");
}
