//! Changing one's own password on a page.

use crate::support::{Client, GOOD_PASSWORD, Reply, Server};

fn change(browser: &mut Client, current: &str, new: &str, repeated: &str) -> Reply {
    let fields = [("current_password", current), ("new_password", new), ("repeated_password", repeated)];
    browser.act("/account/password", &fields)
}

#[test]
fn a_new_password_ends_every_other_login_and_makes_all_browsers_unknown() {
    let server = Server::seeded();
    let (mut roy, mut other) = (server.signed_in("roy", "roy"), server.signed_in("roy", "roy"));
    let (mut program, mut python) = (server.client().program("roy", "roy"), server.signed_in("python", "python"));
    let mut copy = server.client();
    copy.jar = roy.jar.clone();
    assert_eq!(change(&mut roy, "roy", GOOD_PASSWORD, GOOD_PASSWORD).leads_to(), (303, "/account"));
    assert!(roy.get("/account").says("Your password was changed, and everything else was logged out."));
    assert!(!other.is_signed_in() && !copy.is_signed_in() && python.is_signed_in());
    assert_eq!(program.get("/api/v1/me").status, 401);
    let devices = "SELECT count(*) FROM devices JOIN users ON users.id = user_id WHERE username = 'roy'";
    assert_eq!(server.sql(devices), ["1"], "the browser that changed it");
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"));
    let audit = server.audit();
    assert!(audit.iter().any(|event| event == "password.set") && audit.iter().any(|event| event.contains("3 of the")));
}

#[test]
fn whoever_clicked_twice_is_not_told_that_nothing_was_saved() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let (token, before) = (roy.csrf(), roy.clone());
    let passwords =
        [("current_password", "roy"), ("new_password", GOOD_PASSWORD), ("repeated_password", GOOD_PASSWORD)];
    let fields = [&[("csrf", token.as_str())], &passwords[..]].concat();
    assert_eq!(roy.post("/account/password", &fields).leads_to(), (303, "/account"));
    let mut late = before.clone();
    assert_eq!(late.post("/account/password", &fields).leads_to(), (303, "/login"));
    let page = late.get("/login");
    assert!(page.says("If you clicked twice, your password was changed: log in with the new one."), "{}", page.body);
    let mut renewed = before.having(&roy);
    let refused = renewed.post("/account/password", &fields);
    assert!(refused.status == 403 && refused.says("the first time was enough"), "{}", refused.body);

    let (token, new) = (roy.csrf(), "another good passphrase");
    let passwords = [("current_password", GOOD_PASSWORD), ("new_password", new), ("repeated_password", new)];
    let fields = [&[("csrf", token.as_str())], &passwords[..]].concat();
    let both: Vec<Reply> = std::thread::scope(|scope| {
        let send = || scope.spawn(|| roy.clone().post("/account/password", &fields));
        [send(), send()].map(|sent| sent.join().unwrap()).into()
    });
    let mut places: Vec<_> = both.iter().map(Reply::leads_to).collect();
    places.sort_unstable();
    assert_eq!(places, [(303, "/account"), (303, "/login")], "at the same time, too");
}

#[test]
fn remember_me_holds_for_the_session_after_it() {
    let server = Server::seeded();
    let mut roy = server.client().browsing();
    roy.post("/login", &[("username", "roy"), ("password", "roy"), ("remember", "on")]);
    let changed = change(&mut roy, "roy", GOOD_PASSWORD, GOOD_PASSWORD);
    let session = changed.all("set-cookie").find(|cookie| cookie.starts_with("session=")).unwrap().to_owned();
    assert!(session.contains("Expires="), "{session}");
    assert_eq!(server.sql("SELECT count(*) FROM sessions WHERE remembered"), ["1"]);
}

#[test]
fn nothing_changes_unless_all_is_right_and_each_field_says_what_is_wrong() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    assert!(roy.get("/account/password").says("At least 8 characters"), "the rule is told before it is broken");
    for (current, new, repeated, message) in [
        ("", "", "", "Enter your current password."),
        ("roy", "", "", "Enter a new password."),
        ("roy", GOOD_PASSWORD, "other", "This differs from the new password. Repeat it."),
        ("roy", "short", "short", "8 characters"),
        ("wrong", GOOD_PASSWORD, GOOD_PASSWORD, "This is not your password. Try again."),
    ] {
        let refused = change(&mut roy, current, new, repeated);
        assert!(refused.status == 422 && refused.says(message), "{message}: {}", refused.body);
        assert!(!refused.body.contains(GOOD_PASSWORD), "no password comes back");
    }
    assert_eq!(server.signed_in("roy", "roy").get("/").status, 200);
}

#[test]
fn password_managers_find_the_page() {
    let server = Server::seeded();
    let found = server.client().get("/.well-known/change-password");
    assert_eq!(found.leads_to(), (303, "/account/password"));
    assert_eq!(server.client().browsing().get("/account/password").leads_to().1, "/login?next=%2Faccount%2Fpassword");
}
