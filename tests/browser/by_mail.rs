//! All that mail is for, in one go and without JavaScript: from a sign-up to a second person who was invited.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

const NEW_PASSWORD: &str = "seven quiet green bicycles";
const LAST_PASSWORD: &str = "eleven loud purple tricycles";

/// Fills in the sign-up page, and sends it.
fn sign_up(browser: &Browser, username: &str, email: &str) {
    browser.type_into("#username", username);
    browser.type_into("#email", email);
    browser.type_into("#password", GOOD_PASSWORD);
    browser.click("main button");
    browser.comes_to("/signup/sent");
    browser.shows("h1", "Look for our message");
}

/// Chooses a password by the link that was opened.
fn choose(browser: &Browser, password: &str) {
    browser.comes_to("/reset");
    browser.type_into("#new_password", password);
    browser.type_into("#repeated_password", password);
    browser.click("main button");
    browser.comes_to("/login");
}

#[test]
fn from_a_sign_up_to_a_second_person() {
    // It speaks TLS, as real ones do, and its certificate is looked at.
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_open().and_start();
    let (browser, elsewhere) = (Browser::without_javascript(&server), Browser::without_javascript(&server));

    browser.open("/login");
    browser.click(".form-note a");
    browser.comes_to("/signup");
    sign_up(&browser, "zoe", "zoe@example.com");
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.shows(".flash-error", "Look for the message that we sent to your email address");
    // The mail is read on another device.
    elsewhere.open(&mail.letter("zoe@example.com", "Confirm your email address").link());
    elsewhere.comes_to("/signup/confirm");
    elsewhere.shows("main", "The account zoe is created, with the address zoe@example.com.");
    elsewhere.type_into("#password", "not the one that was chosen");
    elsewhere.click("main button");
    elsewhere.shows(".field-error", "This is not the password of this sign-up.");
    elsewhere.type_into("#password", GOOD_PASSWORD);
    elsewhere.click("main button");
    elsewhere.comes_to("/");
    elsewhere.shows(".flash-success", "Your account was created.");
    elsewhere.shows("h1", "Hello, zoe!");

    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
    let told = mail.letter("zoe@example.com", "New login to your account");
    assert!(told.text().contains("Chrom"), "a new device: {}", told.text());

    elsewhere.open("/forgot");
    elsewhere.type_into("#username", "zoe@example.com");
    elsewhere.click("main button");
    elsewhere.comes_to("/forgot/sent");
    elsewhere.open(&mail.letter("zoe@example.com", "Choose a new password").link());
    choose(&elsewhere, NEW_PASSWORD);
    browser.open("/account");
    browser.comes_to("/login?next=%2Faccount");
    elsewhere.log_in("zoe", NEW_PASSWORD);
    elsewhere.comes_to("/");

    elsewhere.open("/account/email");
    elsewhere.type_into("#email", "new@example.org");
    elsewhere.click("main button");
    elsewhere.shows(".flash-success", "We sent a message to the new address.");
    browser.open(&mail.letter("new@example.org", "Confirm your email address").link());
    browser.comes_to("/email/confirm");
    browser.click("main button");
    browser.comes_to("/login");
    elsewhere.open("/account");
    elsewhere.shows(".page-head", "You log in as zoe or new@example.org.");

    browser.open(&mail.letter("zoe@example.com", "Your email address was changed").link());
    browser.comes_to("/email/undo");
    browser.click("main button");
    choose(&browser, LAST_PASSWORD);
    elsewhere.open("/account");
    elsewhere.comes_to("/login?next=%2Faccount");
    browser.log_in("zoe@example.com", LAST_PASSWORD);
    browser.comes_to("/");
    browser.open("/account");
    browser.shows(".page-head", "You log in as zoe or zoe@example.com.");

    elsewhere.open(&server.invite(&["--email", "ben@example.com", "--role", "staff"]));
    elsewhere.comes_to("/signup");
    elsewhere.shows("main", "You have an invitation.");
    sign_up(&elsewhere, "ben", "ben@example.com");
    elsewhere.open(&mail.letter("ben@example.com", "Confirm your email address").link());
    elsewhere.comes_to("/signup/confirm");
    elsewhere.type_into("#password", GOOD_PASSWORD);
    elsewhere.click("main button");
    elsewhere.comes_to("/");
    elsewhere.shows(".badges", "staff");
}

#[test]
fn a_mail_server_with_a_wrong_certificate_gets_no_letter_of_a_sign_up() {
    let mail = MailServer::like("tls", "wrong", true);
    let server = Server::prepare().mailing(&mail).and_open().and_start();
    let browser = Browser::without_javascript(&server);
    browser.open("/signup");
    sign_up(&browser, "zoe", "zoe@example.com");
    wait_for("the warning", || Some(server.stderr()).filter(|said| said.contains("invalid peer certificate")));
    assert_eq!((mail.taken().len(), server.sql("SELECT kind FROM mail_queue")), (0, vec!["sign_up".to_owned()]));
}
