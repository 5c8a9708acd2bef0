//! A walk past the pages that links lead to, and past those who wait, for tests that look at all of them.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// Every page, in the order of the walk.
pub const STOPS: [&str; 16] = [
    "forgot",
    "link-does-not-work",
    "reset",
    "reset-with-field-errors",
    "login-after-reset",
    "sign-up-by-invitation",
    "sign-up-invited",
    "home-of-someone-invited-again",
    "login-after-sign-up-to-wait",
    "login-of-someone-who-waits",
    "forgot-by-mail",
    "forgot-with-field-error",
    "forgot-sent",
    "forgot-throttled",
    "not-me",
    "reset-after-not-me",
];

/// Walks past the pages, and stops at each to look.
pub fn walk(mut look: impl FnMut(&Browser, &str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |browser: &Browser, selector: &str, text: &str| {
        browser.shows(selector, text);
        look(browser, names.next().expect("every stop has a name"));
    };

    let server = Server::prepare()
        .with("VESTIBULE_HELP_TEXT", "Call the help desk: 555-0100.\nOr come to room 12.")
        .with("VESTIBULE_REGISTRATION", "invite")
        .and_seed()
        .and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/login");
    browser.click("a[href='/forgot']");
    browser.comes_to("/forgot");
    stop(&browser, "main", "Or come to room 12.");
    browser.open("/reset");
    stop(&browser, "h1", "This link does not work");
    browser.open(&server.reset_link("roy"));
    browser.comes_to("/reset");
    stop(&browser, "h1", "Choose a new password");
    browser.type_into("#new_password", GOOD_PASSWORD);
    browser.type_into("#repeated_password", "another one");
    browser.click("main button");
    stop(&browser, "#repeated_password-error", "This differs");
    browser.type_into("#new_password", GOOD_PASSWORD);
    browser.type_into("#repeated_password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/login");
    stop(&browser, ".flash", "Log in with the new password.");
    browser.open("/signup");
    stop(&browser, "h1", "Sign-up is by invitation");
    let invitation = server.invite(&["--email", "zoe@example.com", "--uses", "2"]);
    browser.open(&invitation);
    browser.comes_to("/signup");
    stop(&browser, "main", "You have an invitation.");
    browser.log_in("roy", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.open(&invitation);
    browser.comes_to("/");
    stop(&browser, ".flash", "You’re logged in");

    let server = Server::prepare().and_open().with("VESTIBULE_REGISTRATION", "approval").and_seed().and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/signup");
    browser.type_into("#username", "zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/login");
    stop(&browser, ".flash", "An administrator has to approve it");
    browser.log_in("zoe", GOOD_PASSWORD);
    stop(&browser, ".flash", "Your account waits");

    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_NETWORK_RESETS_IN_10_MINUTES", "1").and_start();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/forgot");
    stop(&browser, "main", "We send a link to the email address");
    browser.click("main button");
    stop(&browser, "#username-error", "Enter your username or email address.");
    browser.type_into("#username", "nobody");
    browser.click("main button");
    browser.comes_to("/forgot/sent");
    stop(&browser, "h1", "Look at your mail");
    browser.open("/forgot");
    browser.type_into("#username", "nobody");
    browser.click("main button");
    stop(&browser, ".flash-error", "There were too many requests.");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    browser.open(&mail.wait_for(1)[0].link_to("/not-me"));
    browser.comes_to("/not-me");
    stop(&browser, "h1", "Wasn’t it you?");
    browser.click("main button");
    browser.comes_to("/reset");
    stop(&browser, "h1", "Choose a new password");
    assert_eq!(names.next(), None, "a stop was left out");
}
