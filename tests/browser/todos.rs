//! Todos by hand, with JavaScript turned off.

use fantoccini::key::Key;

use crate::browser::{Browser, Window};
use crate::support::Server;

#[test]
fn a_person_adds_edits_and_deletes_a_todo() {
    let server = Server::empty();
    server.add_user("anna");
    let browser = Browser::without_javascript(&server);
    browser.log_in("anna", crate::support::GOOD_PASSWORD);
    browser.shows("section[aria-labelledby=todos-title]", "Nothing to do.");
    browser.click("a[href='/todos']");
    browser.comes_to("/todos");
    browser.shows(".empty h2", "Nothing to do");

    browser.click("a.head-button");
    browser.comes_to("/todos/new");
    browser.focuses("#title");
    browser.type_text("Water <b>the</b> plants");
    browser.press(Key::Tab);
    browser.type_text("The fern, too.\nAnd the cactus.");
    browser.click("main button");
    browser.comes_to("/todos");
    browser.shows(".flash[role=status]", "The todo was added.");
    browser.shows(".todo-title", "Water <b>the</b> plants");
    browser.shows(".todo-description", "The fern, too.\nAnd the cactus.");
    browser.shows(".tag", "Today");

    browser.click("a[href*='/edit']");
    browser.shows("h1", "Edit a todo");
    assert_eq!(browser.property("#description", "value"), "The fern, too.\nAnd the cactus.");
    browser.type_into("#title", "Water the fern");
    browser.click("main button");
    let place = format!("/todos#todo-{}", server.sql("SELECT id FROM todos").remove(0));
    browser.comes_to(&place);
    browser.shows(".flash", "The todo was saved.");
    browser.shows(".todo-title", "Water the fern");
    assert!(!browser.has(".todo-actions form"), "only admins mark todos as done");

    browser.click(".brand");
    browser.comes_to("/");
    browser.shows("section[aria-labelledby=todos-title]", "Water the fern");
    browser.click("main a[href='/todos']");
    browser.click("a[href*='/delete']");
    browser.shows("h1", "Delete this todo?");
    browser.click("a.quiet-link");
    browser.comes_to("/todos");
    browser.click("a[href*='/delete']");
    browser.shows("blockquote", "Water the fern");
    browser.click("main button");
    browser.comes_to("/todos");
    browser.shows(".flash", "The todo was deleted.");
    browser.shows(".empty h2", "Nothing to do");
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["0"]);
}

#[test]
fn what_was_typed_is_kept_and_the_cursor_waits_where_something_is_wrong() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    browser.open("/todos/new");
    browser.type_into("#description", "It matters.");
    browser.type_into("#due", "01312030");
    browser.click("main button");
    browser.shows(".field-error", "Give the todo a title.");
    browser.focuses("#title");
    assert_eq!(browser.property("#description", "value"), "It matters.");
    assert_eq!(browser.property("#due", "value"), "2030-01-31");
    browser.type_text("Do it");
    browser.press(Key::Enter);
    // The form that failed has the address of the list as well.
    browser.shows(".flash", "The todo was added.");
    browser.comes_to("/todos");
    let saved = server.sql("SELECT description || ' ' || due FROM todos WHERE title = 'Do it'");
    assert_eq!(saved, ["It matters. 2030-01-31"]);
}

#[test]
fn an_admin_marks_todos_as_done_and_stays_in_the_same_part_of_the_list() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/todos");
    browser.shows("h1", "Everyone");
    browser.shows(".todo-title", "Shed the old skin");
    browser.shows(".tag-overdue", "Overdue");
    browser.shows(".todo-facts", "python");
    browser.click(".choice a[href='/todos?show=all']");
    browser.comes_to("/todos?show=all");
    browser.click(".choice a[href='/todos?show=all&order=desc']");
    browser.comes_to("/todos?show=all&order=desc");
    browser.shows(".todo-title", "Find out who unplugged the internet");
    let id = server.sql("SELECT id FROM todos WHERE title LIKE 'Find out who%'").remove(0);
    browser.click("form[action$='/done'] button");
    browser.shows(".flash", "The todo is marked as done.");
    browser.comes_to(&format!("/todos?show=all&order=desc#todo-{id}"));
    browser.shows(".todo-done .todo-title", "Find out who unplugged the internet");
    browser.shows(".todo-done .tag", "Done");
    browser.click("form[action$='/undone'] button");
    browser.shows(".flash", "The todo is open again.");
    browser.shows(".todo-title", "Find out who unplugged the internet");
    assert!(browser.has(".todo:first-child form[action$='/done']"));
}

#[test]
fn a_long_description_unfolds_without_javascript() {
    let server = Server::seeded();
    let long = format!("{} The end.", "All work and no play. ".repeat(30));
    assert_eq!(
        server.cli(&["todo", "add", "roy", "Write a novel", "--description", &long, "--due", "1999-12-31"]).code,
        0
    );
    let browser = Browser::without_javascript(&server);
    browser.log_in("roy", "roy");
    browser.comes_to("/");
    browser.open("/todos");
    browser.shows(".todo-title", "Write a novel");
    assert!(!browser.text().contains("The end."));
    browser.click("summary");
    browser.shows(".todo-description", "The end.");
}

/// What nobody can break into lines: without care it would widen the page.
#[test]
fn long_words_fit_on_the_smallest_phone() {
    let server = Server::seeded();
    let (title, word) = ("W".repeat(200), "m".repeat(240));
    assert_eq!(server.cli(&["todo", "add", "admin", &title, "--description", &word, "--due", "1999-12-31"]).code, 0);
    let browser = Browser::at(&server);
    browser.resize(Window { width: 320, height: 568, phone: true });
    browser.log_in("admin", "password");
    let page = |path: &str, selector: &str| {
        browser.open(path);
        browser.shows(selector, "WWWW");
        assert_eq!(browser.evaluate("window.innerWidth"), 320, "{path} is zoomed out");
        assert_eq!(browser.evaluate("document.documentElement.scrollWidth"), 320, "{path}");
    };
    page("/", "section[aria-labelledby=todos-title]");
    page("/todos", ".todo-title");
    let id = server.sql("SELECT id FROM todos WHERE title LIKE 'WWW%'").remove(0);
    page(&format!("/todos/{id}/delete"), ".todo-title");
}
