//! All of a person's way with an account, in one go and without JavaScript.

use crate::browser::Browser;
use crate::first_steps::setup_link;
use crate::support::captcha::Answers;
use crate::support::{GOOD_PASSWORD, Server};

const NEW_PASSWORD: &str = "seven quiet green bicycles";

/// Copies the signs from the picture into the form, as the server knows them.
fn solve(browser: &Browser, answers: &Answers) {
    let id = browser.property("input[name=captcha]", "value");
    browser.type_into("#captcha_answer", &answers.to(&id).to_lowercase());
}

#[test]
fn from_the_first_start_to_a_deletion_and_back_within_the_week() {
    let server = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_start();
    let answers = Answers::of(&server);
    let (browser, other) = (Browser::without_javascript(&server), Browser::without_javascript(&server));

    browser.open(&setup_link(&server));
    browser.comes_to("/setup");
    browser.type_into("#username", "anna");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.shows("h1", "Hello, anna!");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");

    browser.click(".form-note a");
    browser.comes_to("/signup");
    browser.type_into("#username", "zoe");
    browser.type_into("#name", "Zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    solve(&browser, &answers);
    browser.click("main button");
    browser.shows("h1", "Hello, Zoe!");
    browser.click("a[href='/logout']");
    for browser in [&browser, &other] {
        browser.log_in("zoe", GOOD_PASSWORD);
        browser.shows("h1", "Hello, Zoe!");
    }

    browser.click(".account-name a");
    browser.comes_to("/account");
    browser.click("a[href='/account/sessions']");
    browser.shows(".row:first-child", "This one");
    browser.click("form[action$='/end'] button");
    browser.shows(".flash-success", "That session was ended.");
    other.open("/todos");
    other.comes_to("/login?next=%2Ftodos");

    browser.open("/account");
    browser.click("a[href='/account/password']");
    browser.type_into("#current_password", GOOD_PASSWORD);
    browser.type_into("#new_password", NEW_PASSWORD);
    browser.type_into("#repeated_password", NEW_PASSWORD);
    browser.click("main button");
    browser.shows(".flash-success", "Your password was changed");

    browser.click("a[href='/account/export']");
    let document: serde_json::Value = serde_json::from_str(&browser.downloaded("json")).expect("it is JSON");
    assert_eq!((&document["account"]["username"], &document["account"]["name"]), (&"zoe".into(), &"Zoe".into()));
    assert_eq!(document["sessions"].as_array().map(Vec::len), Some(1));

    browser.click("a[href='/account/delete']");
    browser.shows("main", "In 7 days your account");
    browser.type_into("#password", NEW_PASSWORD);
    browser.click("main button");
    browser.shows(".flash-success", "Your account will be deleted on");
    let soon = server.time("+1 hour");
    server.execute(&format!("UPDATE users SET deletes_at = {soon} WHERE deletes_at IS NOT NULL"));
    browser.log_in("zoe", NEW_PASSWORD);
    browser.comes_to("/");
    browser.shows(".flash-success", "Welcome back! Your account will not be deleted.");
    browser.shows("h1", "Hello, Zoe!");
}

#[test]
fn after_failed_logins_the_signs_of_a_picture_let_a_person_in() {
    let server = Server::prepare().with("VESTIBULE_CAPTCHA_AFTER_FAILED_LOGINS", "1").and_seed().and_start();
    let answers = Answers::of(&server);
    let browser = Browser::without_javascript(&server);
    browser.log_in("roy", "wrong");
    browser.shows(".flash-error", "Wrong username/email or password.");
    browser.focuses("#password");
    browser.type_into("#password", "roy");
    browser.click("main button[type=submit]");
    browser.shows("#captcha_answer-error", "Enter the signs in the picture");
    browser.type_into("#password", "roy");
    solve(&browser, &answers);
    browser.click("main button[type=submit]");
    browser.comes_to("/");
    browser.shows("h1", "Hello, Roy!");
}
