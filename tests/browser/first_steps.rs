//! A walk past the pages by which one gets an account, for tests that look at all of them.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, Server};

/// Every page, in the order of the walk.
pub const STOPS: [&str; 13] = [
    "setup-without-link",
    "setup",
    "setup-with-field-errors",
    "setup-done",
    "sign-up-closed",
    "login-with-sign-up",
    "sign-up",
    "sign-up-with-field-errors",
    "sign-up-too-quick",
    "sign-up-with-captcha",
    "sign-up-with-captcha-unsolved",
    "login-with-captcha",
    "login-with-captcha-unsolved",
];

/// The link of the start.
pub fn setup_link(server: &Server) -> String {
    let said = server.stderr();
    let link = said.split("Create the first account: ").nth(1).expect("a link");
    link.lines().next().expect("a line").to_owned()
}

/// Walks past the pages, and stops at each to look.
pub fn walk(mut look: impl FnMut(&Browser, &str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |browser: &Browser, selector: &str, text: &str| {
        browser.shows(selector, text);
        look(browser, names.next().expect("every stop has a name"));
    };

    let server = Server::empty();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/setup");
    stop(&browser, "h1", "This link does not work");
    browser.open(&setup_link(&server));
    browser.comes_to("/setup");
    stop(&browser, "h1", "Create the first account");
    browser.type_into("#username", "a b");
    browser.type_into("#password", "short");
    browser.click("main button");
    stop(&browser, ".field-error", "A username has");
    server.add_user_with("anna", &["--role", "admin"]);
    browser.open("/setup");
    stop(&browser, "h1", "Already set up");
    browser.open("/signup");
    stop(&browser, "h1", "Sign-up is closed");

    let domains = r#"["example.com", "department.example.org"]"#;
    let server = Server::prepare().and_open().with("VESTIBULE_EMAIL_DOMAINS", domains).and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/login");
    stop(&browser, ".form-note", "No account yet?");
    browser.click(".form-note a");
    stop(&browser, "h1", "Sign up");
    browser.type_into("#username", "root");
    browser.type_into("#email", "zoe@elsewhere.example");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    stop(&browser, "#email-error", "Use an email address that ends with");

    let server = Server::prepare().and_open().with("VESTIBULE_SIGN_UP_SECONDS", "60").and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/signup");
    browser.type_into("#username", "zoe");
    browser.click("main button");
    stop(&browser, ".flash-error", "That was quicker than people type.");

    let server = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/signup");
    stop(&browser, "label[for=captcha_answer]", "Signs in the picture");
    browser.type_into("#username", "zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.type_into("#captcha_answer", "F");
    browser.click("main button");
    stop(&browser, "#captcha_answer-error", "These were not the signs.");

    let server = Server::prepare().with("VESTIBULE_CAPTCHA_AFTER_ATTEMPTS", "1").and_start();
    server.client().log_in("zoe", "wrong");
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.log_in("zoe", GOOD_PASSWORD);
    stop(&browser, ".flash-error", "There were many failed logins lately.");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.type_into("#captcha_answer", "F");
    browser.click("main button");
    stop(&browser, "#captcha_answer-error", "These were not the signs.");
    assert_eq!(names.next(), None, "a stop was left out");
}
