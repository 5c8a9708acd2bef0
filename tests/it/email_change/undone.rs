//! The former address undoes a change, and locks out whoever made it.

use serde_json::json;

use super::{CHANGED, CONFIRM, ask, change, with_people};
use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// Another good password.
const OTHER_PASSWORD: &str = "another horse battery staple";

#[test]
fn an_undo_restores_the_address_locks_everyone_out_and_leads_to_a_new_password() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let (mut thief, mut intruder) = (server.program_of("zoe"), server.signed_in("zoe", GOOD_PASSWORD));
    let told = change(&server, &mail, &mut thief, "thief@example.org");
    assert_eq!(told.to(), ["zoe@example.com"]);
    ask(&mut thief, "next@example.org");
    let next = mail.letter("next@example.org", CONFIRM).link();

    let mut owner = server.opened(&told.link());
    let page = owner.get("/email/undo");
    assert!(page.says("gets the address <strong>zoe@example.com</strong> again, in place of thief@example.org"));
    assert_eq!(server.email_of("zoe"), "thief@example.org", "opening it changes nothing");
    assert!(intruder.is_signed_in());
    let undone = owner.undo();
    assert_eq!(undone.leads_to(), (303, "/reset"));
    assert_eq!(server.email_of("zoe"), "zoe@example.com");
    assert_eq!(thief.get("/api/v1/me").status, 401);
    assert!(!intruder.is_signed_in());
    assert_eq!(server.sql("SELECT count(*) FROM devices"), ["0"]);
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/login"), "the password is known");
    assert_eq!(server.client().get(&next).status, 403, "so is what waited");
    let told = mail.letter("thief@example.org", "A change of your email address was undone");
    assert!(!told.text().contains("token="), "an undo is not undone: {}", told.text());

    let page = owner.get("/reset");
    assert!(
        page.says("The account has its former address again") && page.says("For the account zoe."),
        "{}",
        page.body
    );
    assert_eq!(owner.reset_to(OTHER_PASSWORD).leads_to(), (303, "/login"));
    assert_eq!(owner.log_in("zoe@example.com", OTHER_PASSWORD).leads_to(), (303, "/"));
    assert!(owner.get("/account/activity").says("Former email address restored by a link"));
    assert_eq!(owner.undo().status, 403, "it works once");
}

#[test]
fn an_undo_outlives_new_passwords_and_further_changes_for_a_week() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut thief = server.program_of("zoe");
    let first = change(&server, &mail, &mut thief, "thief@example.org").link();
    let second = change(&server, &mail, &mut thief, "other@example.org").link();
    let new = json!({ "current_password": GOOD_PASSWORD, "new_password": OTHER_PASSWORD });
    assert_eq!(thief.call("PUT", "/api/v1/me/password", &new).status, 200);
    let reset = server.reset_link("zoe");
    assert_eq!(server.opened(&reset).reset_to(GOOD_PASSWORD).status, 303);
    let none = json!({ "email": null });
    assert_eq!(server.program_of("zoe").call("PATCH", "/api/v1/me", &none).status, 200);
    server.execute(&format!("UPDATE one_time_links SET expires_at = {}", server.moved("expires_at", "-10000 minutes")));
    assert_eq!(server.opened(&first).undo().leads_to(), (303, "/reset"), "of a week some minutes are left");
    assert_eq!(server.email_of("zoe"), "zoe@example.com");
    assert_eq!(server.client().get(&second).status, 403, "what came later is worthless");
    assert_eq!(server.sql("SELECT count(*) FROM one_time_links WHERE purpose = 'email_undo'"), ["0"]);
}

#[test]
fn the_earliest_address_of_a_week_has_the_last_word() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut zoe = server.program_of("zoe");
    let first = change(&server, &mail, &mut zoe, "thief@example.org").link();
    let second = change(&server, &mail, &mut zoe, "other@example.org").link();
    assert_eq!(server.opened(&second).undo().status, 303);
    assert_eq!(server.email_of("zoe"), "thief@example.org");
    assert_eq!(server.opened(&first).undo().status, 303);
    assert_eq!(server.email_of("zoe"), "zoe@example.com");
}

#[test]
fn who_removes_the_address_is_told_at_it_and_can_undo_that_too() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let none = json!({ "email": null });
    assert_eq!(server.program_of("zoe").call("PATCH", "/api/v1/me", &none).status, 200);
    let told = mail.letter("zoe@example.com", CHANGED);
    assert!(told.text().contains("was taken out on"), "{}", told.text());
    assert_eq!(server.opened(&told.link()).undo().status, 303);
    assert_eq!(server.email_of("zoe"), "zoe@example.com");
}

/// What makes an undo worthless.
type Way = (&'static str, fn(&Server));

#[test]
fn an_admin_s_word_the_end_of_a_week_and_a_disabled_account_end_an_undo() {
    let ways: &[Way] = &[
        ("an address by an operator", |server| {
            assert_eq!(server.cli(&["user", "edit", "zoe", "--email", "x@example.com"]).code, 0);
        }),
        ("a disabled account", |server| {
            assert_eq!(server.cli(&["user", "disable", "zoe"]).code, 0);
            assert_eq!(server.cli(&["user", "enable", "zoe"]).code, 0);
        }),
        ("no account", |server| assert_eq!(server.cli(&["user", "delete", "zoe", "--yes"]).code, 0)),
        ("a week", |server| {
            let week = server.moved("expires_at", "-10081 minutes");
            server.execute(&format!("UPDATE one_time_links SET expires_at = {week}"));
        }),
    ];
    let mail = MailServer::start();
    for (number, (name, way)) in ways.iter().enumerate() {
        let server = Server::prepare().mailing(&mail).and_start();
        server.add_user_with("zoe", &["--email", &format!("zoe{number}@example.com")]);
        let link = change(&server, &mail, &mut server.program_of("zoe"), &format!("new{number}@example.org")).link();
        let mut browser = server.opened(&link);
        way(&server);
        let state = || server.sql("SELECT coalesce(email, '') || coalesce(password_hash, '') FROM users");
        let before = state();
        for refused in [server.client().get(&link), browser.get("/email/undo"), browser.undo()] {
            assert!(refused.status == 403 && refused.says("<h1>This link does not work</h1>"), "{name}");
        }
        assert_eq!(state(), before, "{name}");
    }
}

#[test]
fn an_undo_changes_nothing_when_another_account_has_the_address_by_now() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let link = change(&server, &mail, &mut server.program_of("zoe"), "new@example.org").link();
    server.add_user_with("ann", &["--email", "zoe@example.com"]);
    let mut browser = server.opened(&link);
    for _ in 0..2 {
        let refused = browser.undo();
        assert!(refused.status == 409 && refused.says("Another account has this email address by now"));
    }
    assert_eq!(server.email_of("zoe"), "new@example.org");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn programs_that_open_the_links_change_nothing_and_their_tokens_are_kept_to_one_page() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut zoe = server.program_of("zoe");
    let undo = change(&server, &mail, &mut zoe, "new@example.org").link();
    ask(&mut zoe, "newer@example.org");
    let confirm = mail.letter("newer@example.org", CONFIRM).link();
    let changes = "SELECT event FROM audit_events WHERE event NOT LIKE '%.refused'";
    let state =
        || [changes, "SELECT token_hash FROM one_time_links", "SELECT email FROM users"].map(|of| server.sql(of));
    let before = state();
    for (link, page) in [(&confirm, "/email/confirm"), (&undo, "/email/undo")] {
        for _ in 0..3 {
            let moved = server.client().get(link);
            assert_eq!(moved.leads_to(), (303, page));
            let cookie = moved.header("set-cookie").expect("one cookie");
            assert!(cookie.contains(&format!("Path={page};")) && cookie.contains("HttpOnly"), "{cookie}");
            assert_eq!(server.client().bare("HEAD", link).status, 303);
            assert_eq!(server.client().get(page).status, 403, "without the cookie");
        }
        let token = link.split_once("token=").unwrap().1;
        for other in ["/reset", "/invite", "/email/confirm", "/email/undo"].iter().filter(|other| **other != page) {
            assert_eq!(server.client().get(&format!("{other}?token={token}")).status, 403, "{other}");
        }
    }
    assert_eq!(state(), before);
}
