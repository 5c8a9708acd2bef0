//! A person looks after their account, without JavaScript.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn from_two_logins_to_a_deletion_and_back_without_javascript() {
    let server = Server::seeded();
    let (browser, other) = (Browser::without_javascript(&server), Browser::without_javascript(&server));
    for browser in [&browser, &other] {
        browser.log_in("roy", "roy");
        browser.comes_to("/");
    }
    browser.click(".account-name a");
    browser.comes_to("/account");
    browser.click("a[href='/account/sessions']");
    browser.shows(".row:first-child", "This one");
    browser.click("form[action$='/end'] button");
    browser.shows(".flash-success", "That session was ended.");
    other.open("/todos");
    other.comes_to("/login?next=%2Ftodos");

    browser.open("/.well-known/change-password");
    browser.comes_to("/account/password");
    browser.type_into("#current_password", "roy");
    browser.type_into("#new_password", GOOD_PASSWORD);
    browser.type_into("#repeated_password", GOOD_PASSWORD);
    browser.click("main button");
    browser.shows(".flash-success", "Your password was changed");
    browser.click("a[href='/account/activity']");
    browser.shows("main", "Password changed");

    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    browser.open("/account");
    browser.click("a[href='/account/email']");
    browser.shows("h1", "Confirm that it’s you");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/account/email");
    browser.type_into("#email", "roy@example.com");
    browser.click("main button");
    browser.shows(".page-head", "You log in as roy or roy@example.com.");

    browser.click("a[href='/account/delete']");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.shows(".flash-success", "Your account will be deleted on");
    browser.log_in("roy@example.com", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.shows(".flash-success", "Welcome back! Your account will not be deleted.");
}
