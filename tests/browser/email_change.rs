//! Another email address by mail, as people without JavaScript change it and take that back.

use crate::browser::{Browser, Window};
use crate::support::{GOOD_PASSWORD, MailServer};
use crate::tour_of_email::{self, prepared};

const NEW_PASSWORD: &str = "seven quiet green bicycles";

#[test]
fn from_a_new_address_to_its_undo() {
    let mail = MailServer::start();
    let server = prepared(&mail);
    let (browser, elsewhere) = (Browser::without_javascript(&server), Browser::without_javascript(&server));
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.comes_to("/");
    browser.open("/account/email");
    browser.shows("main", "A new address gets a message with a link");
    browser.type_into("#email", "new@example.org");
    browser.click("main button");
    browser.shows(".flash-success", "We sent a message to the new address.");
    browser.shows("main", "Not confirmed yet: new@example.org.");
    browser.shows(".page-head", "You log in as zoe or zoe@example.com.");

    // The mail is read on another device.
    elsewhere.open(&mail.letter("new@example.org", "Confirm your email address").link());
    elsewhere.comes_to("/email/confirm");
    elsewhere.shows("main", "new@example.org becomes the address of the account zoe, in place of zoe@example.com.");
    elsewhere.click("main button");
    elsewhere.comes_to("/login");
    elsewhere.shows(".flash-success", "The address was confirmed");
    browser.open("/account");
    browser.shows(".page-head", "You log in as zoe or new@example.org.");

    elsewhere.open(&mail.letter("zoe@example.com", "Your email address was changed").link());
    elsewhere.comes_to("/email/undo");
    elsewhere.shows("main", "The account zoe gets the address zoe@example.com again");
    elsewhere.click("main button");
    elsewhere.comes_to("/reset");
    elsewhere.shows(".flash-success", "The account has its former address again");
    browser.open("/account");
    browser.comes_to("/login?next=%2Faccount");
    elsewhere.type_into("#new_password", NEW_PASSWORD);
    elsewhere.type_into("#repeated_password", NEW_PASSWORD);
    elsewhere.click("main button");
    elsewhere.comes_to("/login");
    browser.log_in("zoe", GOOD_PASSWORD);
    browser.shows(".flash-error", "Wrong username/email or password.");
    elsewhere.log_in("zoe@example.com", NEW_PASSWORD);
    elsewhere.comes_to("/");
    mail.letter("new@example.org", "A change of your email address was undone");
}

#[test]
fn no_page_of_a_new_address_scrolls_sideways() {
    tour_of_email::walk(|browser, page| {
        for window in [Window { width: 320, height: 568, phone: true }, Window::DESKTOP] {
            browser.resize(window);
            let width = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(width, 0, "{page} at {window:?}");
        }
    });
}
