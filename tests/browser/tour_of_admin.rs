//! A walk past the pages of admins, for tests that look at all of them.

use crate::browser::Browser;
use crate::support::{GOOD_PASSWORD, Server};

/// Every page, in the order of the walk.
pub const STOPS: [&str; 22] = [
    "admin-users",
    "admin-users-waiting",
    "admin-users-with-flash",
    "admin-users-nobody",
    "admin-user-waiting",
    "admin-user-reject",
    "admin-user",
    "admin-user-edit",
    "admin-user-edit-with-field-errors",
    "admin-user-edit-last-admin",
    "admin-user-disable",
    "admin-user-disabled",
    "admin-user-reset-link",
    "admin-user-delete",
    "admin-user-delete-last-admin",
    "admin-sessions",
    "admin-sessions-nobody",
    "admin-session-end",
    "admin-invitations-empty",
    "admin-invitation-new",
    "admin-invitation-link",
    "admin-invitations",
];

/// A server with people of all kinds.
pub fn server() -> Server {
    let server = Server::prepare()
        .with_real_limits()
        .with("VESTIBULE_REGISTRATION", "approval")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .and_seed()
        .and_start();
    let roles = ["--role", "staff", "--role", "keeper-of-the-longest-role-names"];
    server.add_user_with("zoe", &[&["--name", "Zoë Example", "--email", "zoe@example.com"][..], &roles].concat());
    let long = "W".repeat(60);
    server.add_user_with("long", &["--name", &long, "--email", &format!("{long}@{}.example", "m".repeat(60))]);
    for name in ["ben", "cleo"] {
        server.client().sign_up_as(name);
    }
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1";
    server.client().with("User-Agent", iphone).log_in("zoe", GOOD_PASSWORD);
    server.client().with("User-Agent", "curl/8.5.0").pair("zoe", GOOD_PASSWORD);
    for _ in 0..3 {
        server.client().log_in("zoe", "wrong");
    }
    server
}

/// Walks past the pages, and stops at each to look.
pub fn walk(server: &Server, browser: &Browser, mut look: impl FnMut(&str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |selector: &str, text: &str| {
        browser.shows(selector, text);
        look(names.next().expect("every stop has a name"));
    };
    let page = |name: &str| {
        let id = server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0);
        format!("/admin/users/{id}")
    };

    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.click("a[href='/admin']");
    browser.comes_to("/admin");
    browser.click(".sections a[href='/admin/users']");
    stop(".warning", "2 accounts wait for approval.");
    browser.click(".warning a");
    stop("td form", "Approve");
    browser.click("form[action$='/approve'] button");
    stop(".flash-success", "ben can log in now.");
    browser.open("/admin/users?start=nobody");
    stop(".empty h2", "Nobody found");
    browser.open(&page("cleo"));
    stop("#decision-title", "This account waits for approval");
    browser.click("a[href$='/reject']");
    stop("h1", "Reject this account?");

    let zoe = page("zoe");
    browser.open(&zoe);
    stop("h1", "Zoë Example");
    browser.click(".head-button");
    stop("h1", "Edit an account");
    browser.type_into("#username", "no such thing!");
    browser.type_into("#roles", "1st");
    browser.click("main button");
    stop("#roles-error", "A role has");
    browser.open(&format!("{}/edit", page("admin")));
    browser.type_into("#roles", "staff");
    browser.click("main form.panel button");
    stop("#roles-error", "This is the last admin");
    browser.open(&zoe);
    browser.click("a[href$='/disable']");
    stop("h1", "Disable this account?");
    browser.click("main button");
    stop(".flash-success", "zoe can no longer log in");
    browser.click("form[action$='/enable'] button");
    browser.shows(".flash-success", "zoe can log in again.");
    browser.click("a[href$='/reset-link']");
    browser.shows("h1", "Make a link");
    browser.click("main button");
    stop("h1", "Link for a new password");
    browser.open(&format!("{zoe}/delete"));
    stop("h1", "Delete this account?");
    browser.open(&format!("{}/delete", page("admin")));
    stop(".flash-error", "This is the last admin");

    server.client().with("User-Agent", "curl/8.5.0").pair("zoe", GOOD_PASSWORD);
    browser.open("/admin/sessions");
    stop("td .tag-done", "This one");
    browser.open("/admin/sessions?whose=nobody");
    stop(".empty h2", "No such account");
    browser.open(&format!("/admin/sessions/{}/end", server.sql("SELECT max(id) FROM sessions").remove(0)));
    stop("h1", "End this session?");

    browser.open("/admin/invitations");
    stop(".empty h2", "No invitations");
    browser.click(".head-button");
    stop("h1", "Invite people");
    browser.type_into("#note", "The new colleagues");
    browser.type_into("#roles", "staff");
    browser.click("main button");
    stop("h1", "Your invitation");
    server.invite(&["--email", &format!("{}@example.com", "w".repeat(60)), "--uses", "20"]);
    browser.click("main a.button");
    stop("td .tag", "staff");
    assert_eq!(names.next(), None, "a stop was left out");
}
