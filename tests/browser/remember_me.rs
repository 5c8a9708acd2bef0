//! "Remember me" decides whether the session outlives the browser.

use crate::browser::Browser;
use crate::support::Server;

#[test]
fn without_remember_me_the_cookie_goes_with_the_browser() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    let cookie = browser.cookie("session").expect("a session");
    assert!(cookie.expires_datetime().is_none(), "{cookie:?}");
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(browser.evaluate("document.cookie"), "", "no script could read it");
}

#[test]
fn with_remember_me_the_cookie_stays_for_thirty_days() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    browser.type_into("#username", "admin");
    browser.type_into("#password", "password");
    browser.click("#remember");
    browser.click("button");
    browser.comes_to("/");
    let cookie = browser.cookie("session").expect("a session");
    let expires = cookie.expires_datetime().expect("an expiry").unix_timestamp();
    let days = (expires - chrono::Utc::now().timestamp()) as f64 / 86400.0;
    assert!((29.9..30.1).contains(&days), "{days} days");
    assert_eq!(cookie.http_only(), Some(true));
}

#[test]
fn the_tick_survives_a_wrong_password() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    browser.click("#remember");
    browser.type_into("#username", "admin");
    browser.type_into("#password", "wrong");
    browser.click("button");
    browser.shows(".flash", "Wrong username/email or password.");
    assert_eq!(browser.property("#remember", "checked"), "true");
}
