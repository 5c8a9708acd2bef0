//! Someone types for so long that their session ends, or that an admin has to confirm with the password again: what they
//! typed is not lost. JavaScript is off.

use crate::browser::{Browser, Window};
use crate::support::Server;

#[test]
fn what_was_typed_is_there_again_after_the_login() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    browser.open("/todos/new");
    browser.type_into("#title", "Buy “milk” <b>");
    browser.type_into("#description", "Two litres,\nfresh.");
    server.execute("DELETE FROM sessions");
    server.let_a_second_pass();
    browser.click("main button");
    browser.comes_to("/login?next=%2Ftodos%2Fnew");
    browser.shows(".flash[role=alert]", "Your session has ended, so nothing was saved.");
    browser.type_into("#username", "roy");
    browser.type_into("#password", "roy");
    browser.click("button");
    browser.comes_to("/todos/new");
    browser.shows(".flash[role=alert]", "this is not saved yet");
    assert_eq!(browser.property("#title", "value"), "Buy “milk” <b>");
    assert_eq!(browser.property("#description", "value"), "Two litres,\nfresh.");
    browser.click("main button");
    browser.comes_to("/todos");
    browser.shows(".flash[role=status]", "The todo was added.");
    assert_eq!(server.sql("SELECT count(*) FROM todos WHERE title LIKE 'Buy %'"), ["1"]);
}

#[test]
fn what_an_admin_typed_is_there_again_after_the_confirmation() {
    let server = Server::seeded();
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    let browser = Browser::without_javascript(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open(&format!("/admin/users/{roy}/edit"));
    browser.type_into("#name", " “B” <b>");
    browser.type_into("#roles", "staff writers");
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    browser.click("main button");
    browser.shows("h1", "Confirm that it’s you");
    browser.shows(".flash[role=alert]", "Nothing was saved yet.");
    browser.type_into("#password", "password");
    browser.click("main button");
    browser.comes_to(&format!("/admin/users/{roy}/edit"));
    browser.shows(".flash[role=alert]", "this is not saved yet");
    let name = browser.property("#name", "value");
    assert!(name.contains("“B” <b>"), "{name}");
    assert_eq!(browser.property("#roles", "value"), "staff writers");
    browser.click("main button");
    browser.shows(".flash[role=status]", "roy was saved.");
    assert_eq!(server.sql("SELECT count(*) FROM user_roles WHERE role IN ('staff', 'writers')"), ["2"]);
}

#[test]
fn a_button_far_down_the_list_keeps_the_place_and_the_message_in_sight() {
    let server = Server::seeded();
    for number in 10..30 {
        assert_eq!(server.cli(&["todo", "add", "roy", &format!("n{number}"), "--due", "2031-01-01"]).code, 0);
    }
    let ids = server.sql("SELECT id FROM todos WHERE title IN ('n20', 'n21') ORDER BY title");
    let browser = Browser::without_javascript(&server);
    browser.resize(Window { width: 1280, height: 800, phone: false });
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/todos");
    browser.click(&format!("form[action='/todos/{}/done'] button", ids[0]));
    browser.comes_to(&format!("/todos#todo-{}", ids[1]));
    browser.shows(".flash", "The todo is marked as done.");
    let (flash, next) = (browser.top_of(".flash"), browser.top_of(&format!("[id='todo-{}']", ids[1])));
    assert!((0.0..40.0).contains(&flash), "the message is at {flash}");
    assert!((60.0..200.0).contains(&next), "the next todo is at {next}");
}
