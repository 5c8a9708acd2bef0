//! What another site makes the browser send changes nothing here, whether it is next door (another port of the
//! same host, so that our cookies come along) or far away.

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::support::Server;

#[test]
fn another_site_can_not_log_out_by_an_image_a_frame_or_a_prefetch() {
    let server = Server::seeded();
    let browser = logged_in(&server);
    let logout = format!("http://127.0.0.1:{}/logout", server.port);
    let page = format!(
        "<link rel='prefetch' href='{logout}?prefetch'><img src='{logout}?image'><iframe src='{logout}?frame'></iframe>"
    );
    let elsewhere = Elsewhere::open().with("/", &page);
    for address in both(&elsewhere, "/") {
        browser.open(&address);
        browser.comes_to_url(&address);
        assert_eq!(browser.evaluate("document.images[0].complete"), true);
        still_logged_in(&server, &browser);
    }
}

#[test]
fn a_link_on_another_site_asks_first() {
    let server = Server::seeded();
    let browser = logged_in(&server);
    let link = format!("<a href='http://127.0.0.1:{}/logout'>Kittens</a>", server.port);
    let elsewhere = Elsewhere::open().with("/", &link);
    for address in both(&elsewhere, "/") {
        browser.open(&address);
        browser.click("a");
        browser.comes_to("/logout");
        browser.shows("main", "You are logged in as Admin");
        still_logged_in(&server, &browser);
    }
}

#[test]
fn another_site_can_not_log_out_by_a_form() {
    let server = Server::seeded();
    let browser = logged_in(&server);
    let elsewhere = Elsewhere::open().with("/", &form(&server, "/logout", ""));
    for address in both(&elsewhere, "/") {
        is_refused(&browser, &address);
        still_logged_in(&server, &browser);
    }
    let refusals = server.sql("SELECT count(*) FROM audit_events WHERE event = 'request.refused'");
    assert_eq!(refusals, ["2"], "both are in the audit");
}

#[test]
fn another_site_can_not_log_in_a_stranger_or_someone_else() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    let fields = "<input name='username' value='python'><input name='password' value='python'>";
    let elsewhere = Elsewhere::open().with("/", &form(&server, "/login", fields));
    for address in both(&elsewhere, "/") {
        is_refused(&browser, &address);
        assert!(browser.cookie("session").is_none());
        browser.open("/");
        browser.comes_to("/login");
    }

    browser.log_in("admin", "password");
    browser.shows("h1", "Hello, Admin!");
    for address in both(&elsewhere, "/") {
        is_refused(&browser, &address);
        still_logged_in(&server, &browser);
    }
}

fn logged_in(server: &Server) -> Browser {
    let browser = Browser::at(server);
    browser.log_in("admin", "password");
    browser.shows("h1", "Hello, Admin!");
    browser
}

fn both(elsewhere: &Elsewhere, path: &str) -> [String; 2] {
    [elsewhere.next_door(path), elsewhere.far_away(path)]
}

fn form(server: &Server, action: &str, fields: &str) -> String {
    let action = format!("http://127.0.0.1:{}{action}", server.port);
    format!("<form action='{action}' method='post'>{fields}<button>You have won!</button></form>")
}

/// Presses the other site's button, and gets our 403 page.
#[track_caller]
fn is_refused(browser: &Browser, address: &str) {
    browser.open(address);
    browser.click("button");
    browser.shows("h1", "Not allowed");
    assert_eq!(browser.evaluate("performance.getEntriesByType('navigation')[0].responseStatus"), 403);
    assert!(browser.text().contains("This came from another site"), "{}", browser.text());
}

#[track_caller]
fn still_logged_in(server: &Server, browser: &Browser) {
    assert_eq!(server.sql("SELECT count(*) FROM sessions"), ["1"]);
    browser.open("/");
    browser.shows("h1", "Hello, Admin!");
}
