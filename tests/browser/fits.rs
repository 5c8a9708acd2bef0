//! What has to fit: the login on small screens, names beside the navigation, pages on paper.

use crate::browser::{Browser, Window};
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn the_login_needs_no_scrolling_on_any_screen() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    for (width, height) in [(320, 568), (375, 667), (390, 844), (667, 375), (844, 390), (1280, 800), (1920, 1080)] {
        browser.resize(Window { width, height, phone: width < 900 });
        let bottom = browser.evaluate("document.querySelector('main button').getBoundingClientRect().bottom");
        assert!(bottom.as_f64() <= Some(f64::from(height)), "the button ends at {bottom} of {height}");
        if width >= 900 {
            let whole = browser.evaluate("document.documentElement.scrollHeight");
            assert!(whole.as_u64() <= Some(height.into()), "the page is {whole} high at {width} x {height}");
        }
    }
}

#[test]
fn the_fanlight_is_half_a_circle_where_there_is_room() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.open("/login");
    for (width, height) in [(390, 844), (1280, 800)] {
        browser.resize(Window { width, height, phone: width < 900 });
        let ratio = "(box => box.width / box.height)(document.querySelector('.fanlight').getBoundingClientRect())";
        let ratio = browser.evaluate(ratio).as_f64().expect("a number");
        assert!((1.97..2.03).contains(&ratio), "{ratio} at {width}");
    }
}

/// A name that is too long is cut; the links beside it keep their words in one line each.
#[test]
fn names_leave_the_navigation_alone() {
    let server = Server::empty();
    for (username, name) in [("roy", "Roy"), ("thirteen", "Bartholomew I"), ("long", &"Wolfeschlegelstein".repeat(3))] {
        server.add_user_with(username, &["--name", name]);
        let browser = Browser::at(&server);
        browser.log_in(username, GOOD_PASSWORD);
        browser.comes_to("/");
        for (width, text) in [(320, 100), (390, 100), (320, 200), (390, 200), (1280, 100)] {
            browser.resize(Window { width, height: 700, phone: width < 900 });
            browser.evaluate(&format!("document.documentElement.style.fontSize = '{text}%'"));
            let lines = "['.account-link', '.account-logout'].map(link => {\
                const words = document.createRange();\
                words.selectNodeContents(document.querySelector(link));\
                return words.getClientRects().length })";
            assert_eq!(browser.evaluate(lines), serde_json::json!([1, 1]), "{name} at {width}, text {text} %");
            let wide = browser.evaluate("document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{name} makes the page {wide} wide at {width}, text {text} %");
        }
    }
}

/// With text of twice the size words stay whole, and fields stay within their panels.
#[test]
fn large_text_fits_on_a_phone() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.resize(Window { width: 390, height: 844, phone: true });
    let enlarge = || browser.evaluate("document.documentElement.style.fontSize = '200%'");
    browser.log_in("roy", "wrong");
    browser.shows(".flash", "Wrong");
    enlarge();
    let room = browser.evaluate("document.querySelector('.flash p').getBoundingClientRect().width");
    assert!(room.as_f64() > Some(180.0), "{room} are left for the message");
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    browser.open("/todos/new");
    enlarge();
    let outside = "[...document.querySelectorAll('.field-input')].filter(field => \
        field.getBoundingClientRect().right > field.closest('.panel').getBoundingClientRect().right)\
        .map(field => field.id)";
    assert_eq!(browser.evaluate(outside), serde_json::json!([]));
}

#[test]
fn a_page_takes_no_more_paper_than_its_words() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    for (path, most) in
        [("/", 1), ("/todos", 1), ("/todos/new", 1), ("/account", 1), ("/logout", 1), ("/nowhere", 1), ("/api", 20)]
    {
        browser.open(path);
        let sheets = browser.sheets();
        assert!((1..=most).contains(&sheets), "{path} takes {sheets} sheets");
    }
}

#[test]
fn a_link_to_a_call_of_the_api_unfolds_just_this_call() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.open("/api#get-api-v1-todos-id");
    browser.shows(".call[open] h3", "/api/v1/todos/{id}");
    browser.click(".call:not([open]) summary");
    browser.shows(".call[open] h3", "/.well-known/jwks.json");
    assert!(!browser.text().contains("someone else's"), "the other one has folded");
}
