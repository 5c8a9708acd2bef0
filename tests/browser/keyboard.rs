//! Everything can be done with the keyboard alone, and one always sees where one is.

use fantoccini::key::Key;

use crate::browser::Browser;
use crate::support::Server;

#[test]
fn the_keyboard_is_enough_to_log_in_and_out() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    // The cursor starts in the form. The page begins two stops before it.
    browser.focuses("#username");
    browser.press_shift_tab();
    browser.press_shift_tab();
    stands_on(&browser, ".skip-link");
    assert!(browser.top_of(".skip-link") >= 0.0, "the skip link comes into view");
    browser.press(Key::Tab);
    stands_on(&browser, ".brand");
    assert!(browser.top_of(".skip-link") < 0.0, "and goes again");

    browser.press(Key::Tab);
    stands_on(&browser, "#username");
    browser.type_text("roy");
    browser.press(Key::Tab);
    stands_on(&browser, "#password");
    browser.type_text("roy");
    browser.press(Key::Tab);
    stands_on(&browser, "#remember");
    for ticked in ["true", "false"] {
        browser.press(Key::Space);
        assert_eq!(browser.property("#remember", "checked"), ticked);
    }
    browser.press(Key::Tab);
    stands_on(&browser, "button[type=submit]");
    browser.press(Key::Enter);
    browser.comes_to("/");

    for stop in [".skip-link", ".brand", "a[href='/todos']", "a[href='/account']", "a[href='/logout']"] {
        browser.press(Key::Tab);
        stands_on(&browser, stop);
    }
    browser.press(Key::Enter);
    browser.comes_to("/login");
    browser.shows(".flash", "You’re logged out.");
}

#[test]
fn the_skip_link_leads_past_the_masthead() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    browser.focuses("#username");
    browser.press_shift_tab();
    browser.press_shift_tab();
    stands_on(&browser, ".skip-link");
    browser.press(Key::Enter);
    browser.comes_to("/login#main");
    browser.press(Key::Tab);
    stands_on(&browser, "#username");
}

#[test]
fn the_confirmation_is_answered_from_the_keyboard() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    browser.open("/logout");
    let masthead = [".skip-link", ".brand", "a[href='/todos']", "a[href='/account']", "a[href='/logout']"];
    for stop in masthead.into_iter().chain(["main button", ".quiet-link"]) {
        browser.press(Key::Tab);
        stands_on(&browser, stop);
    }
    browser.press_shift_tab();
    stands_on(&browser, "main button");
    browser.press(Key::Space);
    browser.comes_to("/login");
}

/// The focus is on this element, and it can be seen there.
#[track_caller]
fn stands_on(browser: &Browser, selector: &str) {
    browser.focuses(selector);
    let style = browser.style(selector, "outline-style");
    let width = browser.style(selector, "outline-width");
    assert!(style != "none" && width != "0px", "no outline around {selector}: {style} {width}");
}
