//! A walk past every page, for tests that look at all of them.

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::support::Server;

/// Every page, in the order of the walk.
pub const STOPS: [&str; 20] = [
    "login",
    "login-with-field-errors",
    "home-first-time",
    "logged-out",
    "login-with-flash",
    "home-with-failed-attempts",
    "home",
    "todos",
    "todos-in-all",
    "todo-new",
    "todo-with-field-errors",
    "todo-edit",
    "todo-delete",
    "todos-with-flash",
    "todos-in-done",
    "todos-empty",
    "log-out",
    "api",
    "not-found",
    "forbidden",
];

/// Walks past every page of a seeded server and stops at each to look.
pub fn walk(server: &Server, browser: &Browser, mut look: impl FnMut(&str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |selector: &str, text: &str| {
        browser.shows(selector, text);
        look(names.next().expect("every stop has a name"));
    };

    browser.open("/login");
    stop("h1", "Log in");
    browser.click("button");
    stop(".field-error", "Enter your");
    browser.log_in("admin", "password");
    stop("section[aria-labelledby=last-login-title]", "This is your first login");
    browser.click("a[href='/logout']");
    stop(".flash-success", "You’re logged out.");

    browser.log_in("admin", "wrong");
    browser.shows(".flash-error", "Wrong username/email or password.");
    browser.log_in("admin", "wrong again");
    stop(".flash-error", "Wrong username/email or password.");
    browser.log_in("admin", "password");
    stop(".warning", "2 failed login attempts since your last login");
    browser.click("a[href='/logout']");
    browser.comes_to("/login");
    browser.log_in("admin", "password");
    stop(".reassurance", "No failed attempts since then.");

    walk_past_todos(browser, &mut stop);
    browser.open("/logout");
    stop("h1", "Log out?");
    browser.open("/api");
    stop("h1", "API");
    browser.open("/nothing-here");
    stop("h1", "Page not found");
    let form =
        format!("<form action='http://127.0.0.1:{}/logout' method='post'><button>Win!</button></form>", server.port);
    browser.open(&Elsewhere::open().with("/", &form).next_door("/"));
    browser.click("button");
    stop("h1", "Not allowed");
    assert_eq!(names.next(), None, "a stop was left out");
}

fn walk_past_todos(browser: &Browser, stop: &mut impl FnMut(&str, &str)) {
    browser.open("/todos");
    stop(".tag-overdue", "Overdue");
    browser.open("/todos?show=all");
    stop(".tag-done", "Done");
    browser.click(".head-button");
    stop("h1", "Add a todo");
    browser.type_into("#title", &"long ".repeat(50));
    browser.type_into("#description", "Milk, bread, and a door handle.");
    browser.click("main button");
    stop(".field-error", "A title has at most 200 characters.");
    browser.open("/todos");
    browser.click("a[href$='/edit']");
    stop("h1", "Edit a todo");
    browser.open("/todos");
    browser.click("a[href$='/delete']");
    stop("h1", "Delete this todo?");
    browser.open("/todos");
    browser.click("form[action$='/done'] button");
    stop(".flash-success", "The todo is marked as done.");
    browser.click(".choice a[href='/todos?show=done']");
    stop(".choice a[aria-current]", "Done");
    // Behind the last of all days there is nothing.
    browser.open("/todos?after=OTk5OS0xMi0zMS9mZmZmZmZmZi1mZmZmLTdmZmYtYmZmZi1mZmZmZmZmZmZmZmY");
    stop(".empty h2", "Nothing further");
}
