//! Everything works for people who have turned JavaScript off.

use fantoccini::key::Key;

use crate::browser::Browser;
use crate::support::Server;

/// Its title says whether the browser runs scripts.
const PROBE: &str = "data:text/html,<title>off</title><script>document.title='on'</script>";

#[test]
fn the_whole_visit_works_without_javascript() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.open(PROBE);
    assert_eq!(browser.title(), "off", "JavaScript really is off");

    browser.open("/");
    browser.comes_to("/login");
    browser.log_in("python", "wrong");
    browser.shows(".flash", "Wrong username/email or password.");
    assert_eq!(browser.property("#username", "value"), "python");
    browser.type_into("#password", "python");
    browser.press(Key::Enter);
    browser.comes_to("/");
    browser.shows("h1", "Hello, Python!");
    browser.shows(".warning h2", "1 failed login attempt");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");
    browser.shows(".flash", "You’re logged out.");
}

#[test]
fn the_probe_notices_javascript() {
    let server = Server::empty();
    let browser = Browser::at(&server);
    browser.open(PROBE);
    assert_eq!(browser.title(), "on");
}
