//! A walk past every page, for tests that look at all of them.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::support::{Server, wait_for};
use crate::tour_of_account;

/// Every page, in the order of the walk.
pub const STOPS: [&str; 38] = [
    "login",
    "login-without-cookies",
    "api-for-strangers",
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
    "login-after-session-end",
    "todo-not-saved-yet",
    "todo-delete",
    "todos-with-flash",
    "todos-in-done",
    "todos-empty",
    "account",
    "account-name",
    "account-name-with-field-error",
    "account-with-flash",
    "account-password",
    "account-password-with-field-errors",
    "account-sessions",
    "account-activity",
    "account-delete-last-admin",
    "confirm",
    "confirm-with-field-error",
    "account-email",
    "account-delete",
    "login-after-deletion",
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
    // As after a login whose cookies the browser refuses.
    browser.evaluate("location.assign('/login?cookies=refused')");
    stop(".flash-error", "This browser refused our cookie.");
    browser.open("/api");
    stop("h1", "API");
    browser.open("/login");
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

    walk_past_todos(server, browser, &mut stop);
    tour_of_account::walk(server, browser, &mut stop);
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

/// The pages of what was refused, which a server gives only in a strait: each as it is and how to come to it.
pub const REFUSALS: [&str; 5] = ["wrong-host", "too-many-todos", "too-many-changes", "too-many-logins", "busy"];

/// Walks past the pages of refusals, each on a server of its own, and stops at each to look.
pub fn walk_past_refusals(mut look: impl FnMut(&Browser, &str)) {
    let mut names = REFUSALS.into_iter();
    let mut stop = |browser: &Browser, selector: &str, text: &str| {
        browser.shows(selector, text);
        look(browser, names.next().expect("every stop has a name"));
    };

    let server = Server::prepare().public("http://localhost:9").and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/");
    stop(&browser, ".status", "421");

    let limits = [("VESTIBULE_OPEN_TODOS_PER_ACCOUNT", "1"), ("VESTIBULE_WRITES_PER_MINUTE", "1")];
    for (limit, selector, text) in [(limits[0], ".flash-error", "already"), (limits[1], ".status", "429")] {
        let server = Server::prepare().with(limit.0, limit.1).and_seed().and_start();
        server.execute("DELETE FROM todos");
        let browser = Browser::at(&server);
        browser.keep_sources();
        browser.log_in("roy", "roy");
        browser.comes_to("/");
        for title in ["One", "Two"] {
            browser.open("/todos/new");
            browser.type_into("#title", title);
            browser.click("main button");
            browser.shows("main", if title == "One" { "The todo was added." } else { "" });
        }
        stop(&browser, selector, text);
    }

    let server = Server::prepare().with("VESTIBULE_NETWORK_LOGINS", "1").and_seed().and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.log_in("roy", "wrong");
    browser.shows(".flash", "Wrong");
    browser.log_in("roy", "wrong");
    stop(&browser, ".flash-error", "Too many attempts.");

    let narrow = [("VESTIBULE_BCRYPT_COST", "13"), ("VESTIBULE_PASSWORD_QUEUE_MILLISECONDS", "1")];
    let narrow = narrow.iter().fold(Server::prepare().and_seed(), |server, (key, value)| server.with(key, value));
    let server = narrow.and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    let flood = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while flood.load(Ordering::Relaxed) {
                    server.client().log_in("nobody", "wrong");
                }
            });
        }
        wait_for("a login that finds no place", || {
            browser.log_in("nobody", "wrong");
            browser.has("a.button[href='/login']").then_some(())
        });
        flood.store(false, Ordering::Relaxed);
    });
    stop(&browser, "h1", "Busy just now");
    assert_eq!(names.next(), None, "a stop was left out");
}

fn walk_past_todos(server: &Server, browser: &Browser, stop: &mut impl FnMut(&str, &str)) {
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
    browser.click("a[href*='/edit?']");
    stop("h1", "Edit a todo");
    browser.type_into("#title", "Oil the hinges of every door");
    server.execute("DELETE FROM sessions");
    server.let_a_second_pass();
    browser.click("main button");
    stop(".flash-error", "Your session has ended, so nothing was saved.");
    browser.type_into("#username", "admin");
    browser.type_into("#password", "password");
    browser.click("button");
    stop(".flash-error", "this is not saved yet");
    browser.open("/todos");
    browser.click("a[href*='/delete?']");
    stop("h1", "Delete this todo?");
    browser.open("/todos");
    browser.click("form[action$='/done'] button");
    stop(".flash-success", "The todo is marked as done.");
    browser.open("/todos?show=done");
    stop(".choice a[aria-current]", "Done");
    // Behind the last of all days there is nothing.
    browser.open("/todos?after=OTk5OS0xMi0zMS9mZmZmZmZmZi1mZmZmLTdmZmYtYmZmZi1mZmZmZmZmZmZmZmY");
    stop(".empty h2", "Nothing further");
}
