//! Links that an admin makes, as people without JavaScript open them.

use fantoccini::key::Key;

use crate::browser::{Browser, Window};
use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};
use crate::tour_of_links;

#[test]
fn from_a_forgotten_password_to_a_second_person() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "invite")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .with("VESTIBULE_HELP_TEXT", "Call 555-0100.")
        .and_seed()
        .and_start();
    let browser = Browser::without_javascript(&server);
    browser.log_in("roy", "what was it?");
    browser.shows(".flash", "Wrong username/email or password.");
    browser.click("a[href='/forgot']");
    browser.comes_to("/forgot");
    browser.shows("main", "Call 555-0100.");

    browser.open(&server.reset_link("roy"));
    browser.comes_to("/reset");
    browser.focuses("#new_password");
    browser.type_text(GOOD_PASSWORD);
    browser.press(Key::Tab);
    browser.type_text("something else");
    browser.press(Key::Enter);
    browser.shows("#repeated_password-error", "This differs from the new password.");
    browser.type_into("#new_password", GOOD_PASSWORD);
    browser.type_into("#repeated_password", GOOD_PASSWORD);
    browser.press(Key::Enter);
    browser.comes_to("/login");
    browser.shows(".flash", "Log in with the new password.");
    browser.log_in("roy", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.shows("h1", "Hello, Roy!");
    browser.open("/reset");
    browser.shows("h1", "This link does not work");
    browser.open("/logout");
    browser.click("main button");
    browser.comes_to("/login");

    browser.open("/signup");
    browser.shows("h1", "Sign-up is by invitation");
    browser.open(&server.invite(&["--role", "staff"]));
    browser.comes_to("/signup");
    browser.shows("main", "You have an invitation.");
    browser.focuses("#username");
    browser.type_text("zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
    browser.shows(".badges", "staff");
}

#[test]
fn from_a_sign_up_that_waits_to_the_first_login() {
    let server = Server::prepare().and_open().with("VESTIBULE_REGISTRATION", "approval").and_seed().and_start();
    let browser = Browser::without_javascript(&server);
    browser.open("/signup");
    browser.type_into("#username", "zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/login");
    browser.shows(".flash", "An administrator has to approve it before you can log in.");
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.shows(".flash", "Your account waits for an administrator to approve it.");
    assert_eq!(server.cli(&["user", "approve", "zoe"]).code, 0);
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
}

#[test]
fn by_mail_from_a_forgotten_password_to_a_login_that_was_somebody_else_s() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let browser = Browser::without_javascript(&server);
    browser.open("/login");
    browser.click("a[href='/forgot']");
    browser.comes_to("/forgot");
    browser.focuses("#username");
    browser.type_text("ZOE@example.com");
    browser.press(Key::Enter);
    browser.comes_to("/forgot/sent");
    browser.shows("main", "a message with a link is on its way");
    browser.open(&mail.wait_for(1)[0].link_to("/reset"));
    browser.comes_to("/reset");
    browser.type_into("#new_password", "seven quiet green bicycles");
    browser.type_into("#repeated_password", "seven quiet green bicycles");
    browser.press(Key::Enter);
    browser.comes_to("/login");
    browser.log_in("zoe", "seven quiet green bicycles");
    browser.comes_to("/");

    let mut thief = server.client();
    assert_eq!(thief.log_in("zoe", "seven quiet green bicycles").leads_to(), (303, "/"));
    let notice = |letter: &crate::support::Taken| letter.subject() == "New login to your account";
    let told = wait_for("the notice", || mail.taken().into_iter().find(notice));
    browser.open(&told.link_to("/not-me"));
    browser.comes_to("/not-me");
    browser.shows("main", "zoe");
    browser.click("main button");
    browser.comes_to("/reset");
    assert!(!thief.is_signed_in());
    browser.type_into("#new_password", GOOD_PASSWORD);
    browser.type_into("#repeated_password", GOOD_PASSWORD);
    browser.press(Key::Enter);
    browser.comes_to("/login");
    assert_eq!(thief.log_in("zoe", "seven quiet green bicycles").leads_to(), (303, "/login"));
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
}

#[test]
fn no_page_of_links_scrolls_sideways() {
    tour_of_links::walk(|browser, page| {
        for window in [Window { width: 320, height: 568, phone: true }, Window::DESKTOP] {
            browser.resize(window);
            let width = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(width, 0, "{page} at {window:?}");
        }
    });
}
