//! What admins read of a server, as they meet it: without JavaScript, by keyboard, on paper.

use fantoccini::key::Key;

use crate::browser::{Browser, Window};
use crate::support::Server;
use crate::tour_of_audit::lived_in;

#[test]
fn an_admin_finds_an_event_and_takes_the_list_along() {
    let server = lived_in();
    let browser = Browser::without_javascript(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.click("a[href='/admin']");
    browser.shows("h1", "Overview");
    browser.click(".sections a[href='/admin/audit']");
    browser.type_into("#user", "roy");
    browser.click("#event option[value=login]");
    browser.click(".filters button");
    browser.shows("tbody tr:first-child th", "Logged in");
    browser.shows("tbody tr:nth-child(2)", "wrong password");
    assert!(!browser.has("tbody tr:nth-child(3)"));
    browser.click("a[href^='/admin/audit.csv?']");
    let file = browser.downloaded("csv");
    assert_eq!(file.lines().count(), 3, "{file}");
    assert!(file.contains("login.failed") && !file.contains("role.added"), "{file}");
    browser.click(".filters a[href='/admin/audit']");
    browser.shows("table", "Role given: keeper-of-the-longest-role-names");
}

#[test]
fn the_keyboard_is_enough_to_narrow_the_audit_down() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/admin/audit");
    browser.evaluate("document.querySelector('#user').focus()");
    browser.type_text("operator");
    browser.press(Key::Enter);
    browser.shows("tbody tr:first-child", "Command line");
    browser.open("/admin");
    browser.evaluate("document.querySelector('summary').focus()");
    browser.press(Key::Enter);
    browser.shows("details[open] tbody tr:first-child", "1");
}

#[test]
fn the_picture_follows_the_scheme_and_the_paper() {
    let server = lived_in();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/admin");
    browser.resize(Window::DESKTOP);
    let heights =
        "[...document.querySelectorAll('.chart-failures rect')].map(bar => bar.getBoundingClientRect().height)";
    let heights = browser.evaluate(heights);
    let heights: Vec<f64> = heights.as_array().unwrap().iter().map(|height| height.as_f64().unwrap()).collect();
    assert!(heights.iter().all(|height| *height >= 2.0), "the few are seen beside the attack: {heights:?}");
    assert!(heights.iter().any(|height| *height > 100.0), "{heights:?}");
    for (path, most) in [("/admin", 4), ("/admin/audit", 8), ("/admin/settings", 22)] {
        browser.open(path);
        let sheets = browser.sheets();
        assert!((1..=most).contains(&sheets), "{path} takes {sheets} sheets");
    }
}
