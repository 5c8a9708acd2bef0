//! From a new server to one's own account, as people without JavaScript do it.

use fantoccini::key::Key;

use crate::browser::{Browser, Window};
use crate::first_steps::{self, setup_link};
use crate::support::captcha::Answers;
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn from_the_link_of_the_start_to_a_second_account() {
    let server = Server::prepare().and_open().and_start();
    let browser = Browser::without_javascript(&server);
    browser.open(&setup_link(&server));
    browser.comes_to("/setup");
    browser.focuses("#username");
    browser.type_text("anna");
    browser.press(Key::Tab);
    browser.type_text("Anna");
    browser.press(Key::Tab);
    browser.press(Key::Tab);
    browser.type_text(GOOD_PASSWORD);
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, Anna!");
    browser.shows(".badges", "admin");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");

    browser.click(".form-note a");
    browser.comes_to("/signup");
    assert!(!browser.text().contains("Leave this empty"), "people see nothing of what robots fill in");
    browser.focuses("#username");
    browser.type_text("zoe");
    for _ in 0..3 {
        browser.press(Key::Tab);
    }
    browser.type_text(GOOD_PASSWORD);
    browser.press(Key::Tab);
    browser.focuses("main button");
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
    assert!(browser.cookie("device").is_some(), "it is a known browser");
}

#[test]
fn a_captcha_is_seen_and_heard_and_answered() {
    let server = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_start();
    let answers = Answers::of(&server);
    let browser = Browser::at(&server);
    browser.open("/signup");
    let seen =
        "document.querySelector('.captcha-picture').decode().then(() => document.querySelector('img').naturalWidth)";
    assert_eq!(browser.evaluate_later(seen), 264);
    let heard = "new Promise(resolve => { const sound = document.querySelector('audio'); \
        sound.oncanplaythrough = () => resolve(sound.duration > 3); sound.onerror = () => resolve('no sound'); sound.load() })";
    assert_eq!(browser.evaluate_later(heard), true);
    assert!(browser.console().is_empty(), "the policy allows both");
    let id = browser.property("input[name=captcha]", "value");
    browser.type_into("#username", "zoe");
    browser.type_into("#password", GOOD_PASSWORD);
    browser.type_into("#captcha_answer", &answers.to(&id).to_lowercase());
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, zoe!");
}

#[test]
fn no_page_of_the_first_steps_scrolls_sideways() {
    first_steps::walk(|browser, page| {
        for window in [Window { width: 320, height: 568, phone: true }, Window::DESKTOP] {
            browser.resize(window);
            let shown = browser.evaluate("window.innerWidth");
            assert_eq!(shown, window.width, "{page} is zoomed out at {window:?}");
            let width = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(width, 0, "{page} at {window:?}");
        }
    });
}
