//! A walk past what admins read of a server, for tests that look at all of it.

use crate::browser::Browser;
use crate::support::Server;

/// Every page, in the order of the walk.
pub const STOPS: [&str; 6] = [
    "admin-overview",
    "admin-overview-of-a-new-server",
    "admin-audit",
    "admin-audit-with-field-errors",
    "admin-audit-empty",
    "admin-settings",
];

/// Walks past the pages, and stops at each to look.
pub fn walk(mut look: impl FnMut(&Browser, &str)) {
    let mut names = STOPS.into_iter();
    let mut stop = |browser: &Browser, selector: &str, text: &str| {
        browser.shows(selector, text);
        look(browser, names.next().expect("every stop has a name"));
    };

    let server = lived_in();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/admin");
    stop(&browser, "#waiting-title ~ p", "3 accounts:");
    let new = Server::seeded();
    let another = Browser::at(&new);
    another.keep_sources();
    another.log_in("admin", "password");
    another.comes_to("/");
    another.open("/admin");
    stop(&another, "#failures-title ~ p:last-child", "No login has failed");
    browser.click(".sections a[href='/admin/audit']");
    stop(&browser, "h1", "Audit");
    browser.open("/admin/audit?user=nobody&address=somewhere&event=login");
    stop(&browser, "#address-error", "This has to be an IP address");
    browser.open("/admin/audit?event=key.rotated");
    stop(&browser, ".empty h2", "Nothing found");
    browser.click(".sections a[href='/admin/settings']");
    stop(&browser, "h1", "Settings");
    assert_eq!(names.next(), None, "a stop was left out");
}

/// A server with a month behind it: logins, an attack, people who wait, and mail that was given up.
pub fn lived_in() -> Server {
    let server = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").and_seed();
    let later = server.time("+10 minutes");
    for number in 1..=3 {
        server.add_user(&format!("newcomer{number}"));
    }
    server.execute("UPDATE users SET waits_for = 'approval' WHERE username LIKE 'newcomer%'");
    let today = chrono::Utc::now().date_naive();
    for (ago, day) in today.iter_days().rev().skip(1).take(29).enumerate() {
        let (logins, failures) = (40 + ago * 37 % 61, if ago == 11 { 912 } else { ago * 5 % 17 });
        server.execute(&format!("INSERT INTO login_counts (day, logins) VALUES ('{day}', {logins})"));
        server.execute(&format!(
            "INSERT INTO refusal_counts (day, event, about_account, recorded, unrecorded) \
             VALUES ('{day}', 'login.failed', TRUE, {failures}, 0)"
        ));
    }
    server.execute(&format!(
        "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, give_up_at, given_up_at, tries) \
         VALUES ('m1', 'new_device', 'a@b.example', 'x', '2026-02-01 10:00:00', {later}, {later}, 9)"
    ));
    server.cli(&["user", "role", "add", "roy", "keeper-of-the-longest-role-names"]);
    let server = server.and_start();
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1";
    server.client().with("User-Agent", phone).log_in("roy", "wrong");
    server.client().with("User-Agent", phone).log_in("roy", "roy");
    server
}
