//! A new address counts once the link was opened that went to it.

use serde_json::json;

use super::{CHANGED, CONFIRM, ask, change, with_people};
use crate::support::{GOOD_PASSWORD, MailServer, Server};

#[test]
fn a_new_address_counts_once_whoever_got_its_link_has_confirmed_it() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut browser = server.signed_in("zoe", GOOD_PASSWORD);
    assert!(browser.get("/account/email").says("A new address gets a message with a link"));
    assert_eq!(browser.act("/account/email", &[("email", "New@example.org")]).leads_to(), (303, "/account"));
    let account = browser.get("/account");
    for says in ["We sent a message to the new address.", "Not confirmed yet: <strong>New@example.org</strong>."] {
        assert!(account.says(says), "{says}: {}", account.body);
    }
    assert_eq!(server.email_of("zoe"), "zoe@example.com", "nothing has changed yet");
    let letter = mail.letter("New@example.org", CONFIRM);
    assert!(letter.text().contains("the email address of the account zoe at http://127.0.0.1:"), "{}", letter.text());

    // On another device, where nobody is logged in.
    let state = || (server.sql("SELECT token_hash FROM one_time_links"), server.audit(), server.email_of("zoe"));
    let before = state();
    let mut other = server.opened(&letter.link());
    let page = other.get("/email/confirm");
    assert!(page.says("<strong>New@example.org</strong> becomes the address of the account zoe"), "{}", page.body);
    assert_eq!(state(), before);
    assert_eq!(other.confirm().leads_to(), (303, "/login"));
    assert!(other.get("/login").says("The address was confirmed"));
    assert_eq!(server.email_of("zoe"), "New@example.org");
    assert!(browser.is_signed_in() && !browser.get("/account").says("Not confirmed yet"));
    assert_eq!(other.confirm().status, 403, "a link works once");
    assert_eq!(server.client().log_in("zoe@example.com", GOOD_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("new@example.org", GOOD_PASSWORD).leads_to(), (303, "/"));

    let told = mail.letter("zoe@example.com", CHANGED);
    assert!(told.text().contains("was changed to New@example.org") && told.link().starts_with("/email/undo?"));
    let activity = browser.get("/account/activity");
    assert!(activity.says("Another email address asked for") && activity.says("Email address changed"));
}

#[test]
fn programs_are_told_that_it_waits_and_can_cancel_it() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut zoe = server.program_of("zoe");
    assert_eq!(zoe.get("/api/v1/me/email-change").status, 404);
    let asked = zoe.call("PATCH", "/api/v1/me", &json!({ "name": "Zoe B.", "email": "new@example.org" }));
    assert_eq!((asked.status, asked.header("location")), (202, Some("/api/v1/me/email-change")));
    let account = asked.json();
    assert_eq!((&account["name"], &account["email"]), (&json!("Zoe B."), &json!("zoe@example.com")));
    assert_eq!(asked.header("etag"), zoe.get("/api/v1/me").header("etag"));
    let waiting = zoe.get("/api/v1/me/email-change").json();
    assert_eq!(waiting["email"], "new@example.org");
    assert!(waiting["expires_at"].as_str().unwrap().ends_with('Z'), "{waiting}");
    let link = mail.letter("new@example.org", CONFIRM).link();
    for _ in 0..2 {
        assert_eq!(zoe.bare("DELETE", "/api/v1/me/email-change").status, 204);
    }
    assert_eq!(zoe.get("/api/v1/me/email-change").status, 404);
    assert_eq!(server.client().get(&link).status, 403);
    let cancelled = server.audit().into_iter().filter(|event| event == "email_change.cancelled").count();
    assert_eq!(cancelled, 1);
    // What is no other address is done at once.
    assert_eq!(zoe.call("PATCH", "/api/v1/me", &json!({ "email": "zoe@EXAMPLE.com" })).status, 200);
    assert_eq!(server.email_of("zoe"), "zoe@EXAMPLE.com");
}

#[test]
fn another_address_takes_a_recent_proof() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let (mut zoe, mut browser) = (server.program_of("zoe"), server.signed_in("zoe", GOOD_PASSWORD));
    let token = browser.csrf();
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    for email in [json!("new@example.org"), json!("ZOE@example.com"), json!(null)] {
        let refused = zoe.call("PATCH", "/api/v1/me", &json!({ "email": email }));
        assert_eq!(refused.status, 403, "{email}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("log in with the password again"));
    }
    let sent = browser.post("/account/email", &[("csrf", &token), ("email", "new@example.org")]);
    assert_eq!(sent.leads_to(), (303, "/confirm?next=%2Faccount%2Femail"));
    assert_eq!(zoe.get("/api/v1/me/email-change").status, 404);
    let others = json!({ "email": "zoe@example.com", "name": "Zoe B." });
    assert_eq!(zoe.call("PATCH", "/api/v1/me", &others).status, 200, "the address that it is may be sent back");
}

#[test]
fn what_waits_is_shown_and_cancelled_on_the_page() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut browser = server.signed_in("zoe", GOOD_PASSWORD);
    browser.act("/account/email", &[("email", "new@example.org")]);
    let link = mail.letter("new@example.org", CONFIRM).link();
    let shown = server.cli(&["user", "show", "zoe"]).stdout;
    assert!(shown.contains("new@example.org, once the link that went there is opened, until"), "{shown}");
    assert!(server.cli(&["user", "show", "zoe", "--json"]).stdout.contains(r#""email_to_confirm": "new@example.org""#));
    assert_eq!(browser.act("/account/email/cancel", &[]).leads_to(), (303, "/account"));
    let account = browser.get("/account");
    assert!(account.says("was cancelled") && !account.says("new@example.org"), "{}", account.body);
    assert_eq!(server.client().get(&link).status, 403);
}

/// What ends a change that waits.
type Way = (&'static str, fn(&Server));

#[test]
fn a_link_is_worthless_after_a_newer_one_and_after_a_change_of_the_account() {
    let ways: &[Way] = &[
        ("a newer one", |server| ask(&mut server.program_of("zoe"), "newer@example.org")),
        ("another password", |server| {
            assert_eq!(server.cli(&["user", "set-password", "zoe", "--random"]).code, 0);
        }),
        ("an address by an operator", |server| {
            assert_eq!(server.cli(&["user", "edit", "zoe", "--email", "x@example.com"]).code, 0);
        }),
        ("no address", |server| {
            let none = json!({ "email": null });
            assert_eq!(server.program_of("zoe").call("PATCH", "/api/v1/me", &none).status, 200);
        }),
        ("a disabled account", |server| {
            assert_eq!(server.cli(&["user", "disable", "zoe"]).code, 0);
            assert_eq!(server.cli(&["user", "enable", "zoe"]).code, 0);
        }),
        ("no account", |server| assert_eq!(server.cli(&["user", "delete", "zoe", "--yes"]).code, 0)),
        ("its time", |server| {
            server.execute("UPDATE one_time_links SET expires_at = '2020-01-01 00:00:00'");
        }),
    ];
    let mail = MailServer::start();
    for (number, (name, way)) in ways.iter().enumerate() {
        let (server, email) = (with_people(&mail, &["zoe"]), format!("new{number}@example.org"));
        ask(&mut server.program_of("zoe"), &email);
        let link = mail.letter(&email, CONFIRM).link();
        let mut browser = server.opened(&link);
        way(&server);
        let emails = || server.sql("SELECT coalesce(email, '') FROM users");
        let before = emails();
        for refused in [server.client().get(&link), browser.get("/email/confirm"), browser.confirm()] {
            assert!(refused.status == 403 && refused.says("<h1>This link does not work</h1>"), "{name}");
        }
        assert_eq!(emails(), before, "{name}");
    }
}

#[test]
fn the_change_of_an_admin_is_direct() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    server.add_user_with("boss", &["--role", "admin"]);
    let id = server.sql("SELECT id FROM users WHERE username = 'zoe'").remove(0);
    let mut boss = server.program_of("boss");
    let changed = boss.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "email": "new@example.org" }));
    assert_eq!((changed.status, server.email_of("zoe").as_str()), (200, "new@example.org"));
    let told = mail.letter("zoe@example.com", CHANGED);
    assert!(told.text().contains("by an administrator.") && !told.text().contains("/email/undo"), "{}", told.text());
    assert_eq!(server.cli(&["user", "edit", "zoe", "--email", "newer@example.org"]).code, 0);
    let told = mail.letter("new@example.org", CHANGED);
    assert!(told.text().contains("by the people who run this server.") && !told.text().contains("/email/undo"));
}

#[test]
fn a_first_address_waits_too_and_has_nothing_to_undo() {
    let mail = MailServer::start();
    let server = with_people(&mail, &[]);
    server.add_user("ann");
    let mut ann = server.program_of("ann");
    ask(&mut ann, "ann@example.com");
    let link = mail.letter("ann@example.com", CONFIRM).link();
    assert_eq!(server.opened(&link).confirm().status, 303);
    assert_eq!(server.email_of("ann"), "ann@example.com");
    change(&server, &mail, &mut ann, "new@example.org");
    assert_eq!(mail.taken().len(), 3, "nobody was told of the first");
}
