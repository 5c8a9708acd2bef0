//! A walk past the pages of a change of the address and of a sign-up by mail, for tests that look at all of them.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// Every page, in the order of the walk.
pub const STOPS: [&str; 12] = [
    "account-email-by-mail",
    "account-with-an-address-that-waits",
    "account-with-a-change-cancelled",
    "email-confirm",
    "login-after-email-confirm",
    "email-undo",
    "email-taken",
    "signup-sent",
    "signup-confirm",
    "signup-confirm-with-a-taken-name",
    "signup-taken",
    "account-with-an-address-that-is-not-confirmed",
];

/// As long as an address may be before the @, in one word.
pub const LONG: &str = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww@example.org";

/// As long as a username may be, in one word.
const WALTER: &str = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";

/// A server that sends mail, with an account that has an address.
pub fn prepared(mail: &MailServer) -> Server {
    let server = Server::prepare().mailing(mail).and_open().and_seed().and_start();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    server
}

/// Walks past the pages, and stops at each to look.
pub fn walk(mut look: impl FnMut(&Browser, &str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |browser: &Browser, selector: &str, text: &str| {
        browser.shows(selector, text);
        look(browser, names.next().expect("every stop has a name"));
    };
    let mail = MailServer::start();
    let server = prepared(&mail);
    let browser = Browser::at(&server);
    browser.keep_sources();
    let ask = |email: &str| {
        browser.open("/account/email");
        browser.type_into("#email", email);
        browser.click("main button");
        browser.comes_to("/account");
    };
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.open("/account/email");
    stop(&browser, "main", "A new address gets a message with a link");
    ask(LONG);
    stop(&browser, ".flash", "We sent a message to the new address.");
    browser.click("form[action='/account/email/cancel'] button");
    stop(&browser, ".flash", "The change of your address was cancelled.");
    ask("other@example.org");
    ask(LONG);
    browser.open("/logout");
    browser.click("main button");
    browser.comes_to("/login");
    browser.open(&mail.letter(LONG, "Confirm your email address").link());
    browser.comes_to("/email/confirm");
    stop(&browser, "h1", "Confirm your email address");
    browser.click("main button");
    browser.comes_to("/login");
    stop(&browser, ".flash", "The address was confirmed");
    browser.open(&mail.letter("zoe@example.com", "Your email address was changed").link());
    browser.comes_to("/email/undo");
    stop(&browser, "h1", "Undo the change of your address");
    server.add_user_with("ann", &["--email", "zoe@example.com"]);
    browser.click("main button");
    stop(&browser, "h1", "This address is taken");

    browser.open("/signup");
    browser.type_into("#username", WALTER);
    browser.type_into("#email", LONG);
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/signup/sent");
    stop(&browser, "h1", "Look for our message");
    server.execute("UPDATE users SET email_confirmed_at = NULL WHERE username = 'zoe'");
    let sent = mail.letter(LONG, "You have an account already");
    assert!(sent.text().contains("its username is zoe"), "{}", sent.text());
    browser.open("/signup");
    browser.type_into("#username", WALTER);
    browser.type_into("#email", "walter@example.org");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/signup/sent");
    browser.open(&mail.letter("walter@example.org", "Confirm your email address").link());
    browser.comes_to("/signup/confirm");
    stop(&browser, "main", "is created, with the address walter@example.org.");
    server.add_user_with(WALTER, &["--email", "walter@example.org"]);
    browser.open("/signup/confirm");
    stop(&browser, "main", "Somebody else has the username");
    browser.type_into("#username", "walter");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    stop(&browser, "h1", "You have an account already");
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.open("/account");
    stop(&browser, "main", "Your address gets no messages before you have opened a link");
    assert_eq!(names.next(), None, "a stop was left out");
}
