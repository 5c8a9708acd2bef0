//! What an admin does to an account by a button: saying yes or no, keeping out, logging out, deleting.

use super::{id_of, link_in, page_of};
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn those_who_wait_are_listed_approved_and_rejected() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "approval")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .and_seed()
        .and_start();
    let mut admin = server.admin();
    assert!(!admin.get("/admin/users").says("for approval."));
    for name in ["zoe", "ben"] {
        server.client().sign_up_as(name);
    }
    assert!(admin.get("/admin/users").says("2 accounts wait for approval."));
    let list = "/admin/users?state=waiting";
    let waiting = admin.get(list);
    assert!(waiting.says("zoe") && waiting.says("ben") && !waiting.says("roy"), "{}", waiting.body);

    let (zoe, ben) = (page_of(&server, "zoe"), page_of(&server, "ben"));
    assert!(admin.get(&zoe).says("This account waits for approval"));
    let approved = admin.act(&format!("{zoe}/approve"), &[("next", list)]);
    assert_eq!(approved.leads_to(), (303, list));
    assert!(admin.get(list).says("zoe can log in now."));
    server.signed_in("zoe", GOOD_PASSWORD);
    assert!(admin.get(&format!("{ben}/reject")).says("Reject this account?"));
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'ben'"), ["1"], "asking changes nothing");
    assert_eq!(admin.act(&format!("{ben}/reject"), &[]).leads_to(), (303, "/admin/users"));
    assert!(admin.get("/admin/users").says("ben was rejected, and the account is gone."));
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'ben'"), ["0"]);
    for act in ["approve", "reject"] {
        let again = admin.act(&format!("{zoe}/{act}"), &[]);
        assert_eq!(again.status, 409);
        assert!(again.says("zoe does not wait for approval."), "{}", again.body);
        assert_eq!(admin.act(&format!("{ben}/{act}"), &[]).status, 404);
    }
    assert!(admin.get(list).says("Nobody waits"));
    let events = server.audit();
    assert!(events.contains(&"user.approved".to_owned()) && events.contains(&"user.rejected: ben".to_owned()));
}

#[test]
fn an_account_is_disabled_and_enabled() {
    let server = Server::seeded();
    let (mut admin, mut roy) = (server.admin(), server.signed_in("roy", "roy"));
    let path = page_of(&server, "roy");
    assert!(admin.get(&format!("{path}/disable")).says("Disable this account?") && roy.is_signed_in());
    assert_eq!(admin.act(&format!("{path}/disable"), &[]).leads_to(), (303, path.as_str()));
    let page = admin.get(&path);
    assert!(page.says("roy can no longer log in") && page.says("Disabled"), "{}", page.body);
    assert!(!roy.is_signed_in());
    roy.log_in("roy", "roy");
    assert!(!roy.is_signed_in());
    let no_link = admin.act(&format!("{path}/reset-link"), &[]);
    assert!(no_link.status == 409 && no_link.says("roy is disabled: enable the account first."), "{}", no_link.body);
    assert_eq!(admin.act(&format!("{path}/enable"), &[]).leads_to(), (303, path.as_str()));
    assert!(admin.get(&path).says("roy can log in again."));
    server.signed_in("roy", "roy");
}

#[test]
fn sessions_end_one_by_one_and_all_at_once() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let mut firefox = server.client().browsing().with("User-Agent", "Firefox/1");
    let mut other = server.client().browsing().with("User-Agent", "Other/1");
    for browser in [&mut firefox, &mut other] {
        browser.log_in("roy", "roy");
    }
    let one = server.sql("SELECT id FROM sessions WHERE user_agent = 'Firefox/1'").remove(0);
    let path = format!("/admin/sessions/{one}/end");
    let roy = page_of(&server, "roy");
    let in_markup = |text: &str| text.replace('/', "&#x2F;");
    for here in [roy.as_str(), "/admin/sessions?whose=roy"] {
        let next: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
        let link = format!("{path}?next={next}");
        assert!(admin.get(here).body.contains(&format!("href=\"{}\"", in_markup(&link))), "{here} asks first");
        let asked = admin.get(&link);
        for way in ["name=\"next\" value", "<a class=\"quiet-link\" href"] {
            assert!(asked.body.contains(&format!("{way}=\"{}\"", in_markup(here))), "{way}: {}", asked.body);
        }
    }
    let elsewhere = admin.get(&format!("{path}?next=https://example.com/"));
    assert!(elsewhere.status == 200 && !elsewhere.body.contains("example.com"));
    assert!(admin.get(&path).says("End this session?") && firefox.is_signed_in());
    assert_eq!(admin.act(&path, &[]).leads_to(), (303, "/admin/sessions"));
    assert!(admin.get("/admin/sessions").says("The session was ended."));
    assert!(!firefox.is_signed_in() && other.is_signed_in());
    assert_eq!(admin.act(&path, &[]).status, 303, "it is gone, as it was wanted");
    assert_eq!(admin.get(&path).status, 404);

    assert_eq!(admin.act(&format!("{roy}/end-sessions"), &[]).leads_to(), (303, roy.as_str()));
    assert!(admin.get(&roy).says("roy was logged out everywhere."));
    assert!(!other.is_signed_in() && admin.is_signed_in());
}

#[test]
fn a_reset_link_is_shown_once_and_is_worth_nothing_without_its_maker() {
    let server = Server::seeded();
    server.add_user_with("boss", &["--role", "admin"]);
    let mut boss = server.signed_in("boss", GOOD_PASSWORD);
    let path = format!("{}/reset-link", page_of(&server, "roy"));
    assert!(boss.get(&path).says("Make a link for a new password?"));
    assert_eq!(server.sql("SELECT count(*) FROM one_time_links"), ["0"], "asking makes none");
    let link = link_in(&boss.act(&path, &[]));
    assert_eq!(server.opened(&link).reset_to(GOOD_PASSWORD).leads_to(), (303, "/login"));
    server.signed_in("roy", GOOD_PASSWORD);

    let link = link_in(&boss.act(&path, &[]));
    assert_eq!(server.cli(&["user", "role", "remove", "boss", "admin"]).code, 0);
    let opened = server.client().browsing().get(&link);
    assert!(opened.status == 403 && opened.says("This link does not work"), "its maker is no admin any more");
}

#[test]
fn attempts_are_told_and_forgotten() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let mut admin = server.admin();
    let path = page_of(&server, "roy");
    assert!(admin.get(&path).says("None are used up."));
    for _ in 0..5 {
        server.client().log_in("roy", "wrong");
    }
    let page = admin.get(&path);
    assert!(page.says("5 attempts used up, 5 within 24 hours."), "{}", page.body);
    assert!(page.says("Browsers and programs that the account doesn’t know") && page.says("Login failed"));
    assert_eq!(admin.act(&format!("{path}/lift-throttle"), &[]).leads_to(), (303, path.as_str()));
    let page = admin.get(&path);
    assert!(page.says("Nobody has to wait any more to log in as roy.") && page.says("None are used up."));
    assert!(
        server
            .sql(&format!("SELECT subject FROM throttles WHERE subject = 'user:{}'", id_of(&server, "roy")))
            .is_empty()
    );
}

#[test]
fn an_account_is_deleted_with_all_that_belongs_to_it() {
    let server = Server::seeded();
    let (mut admin, mut roy) = (server.admin(), server.signed_in("roy", "roy"));
    let (path, id) = (page_of(&server, "roy"), id_of(&server, "roy"));
    assert!(admin.get(&format!("{path}/delete")).says("Delete this account?") && roy.is_signed_in());
    assert_eq!(admin.act(&format!("{path}/delete"), &[]).leads_to(), (303, "/admin/users"));
    assert!(admin.get("/admin/users").says("roy was deleted."));
    assert!(!roy.is_signed_in());
    for table in ["todos", "sessions", "user_roles"] {
        assert_eq!(server.sql(&format!("SELECT count(*) FROM {table} WHERE user_id = '{id}'")), ["0"], "{table}");
    }
    assert_eq!(admin.get(&path).status, 404);
    assert_eq!(admin.act(&format!("{path}/delete"), &[]).status, 404);
}
