//! Who may do nothing of it: strangers, users, forms without the token of the session; and admins whose password was
//! asked for too long ago are asked again first.

use super::{id_of, page_of};
use crate::support::Server;

/// The pages of acts, each with a form of its own address.
fn acts(server: &Server) -> Vec<String> {
    server.invite(&["--note", "Somebody"]);
    let roy = page_of(server, "roy");
    let acts =
        ["edit", "approve", "reject", "disable", "enable", "end-sessions", "reset-link", "lift-throttle", "delete"];
    let of_session = server.sql("SELECT id FROM sessions").remove(0);
    let invitation = server.sql("SELECT id FROM invitations").remove(0);
    let others = [
        format!("/admin/sessions/{of_session}/end"),
        "/admin/invitations/new".to_owned(),
        format!("/admin/invitations/{invitation}/revoke"),
    ];
    acts.iter().map(|act| format!("{roy}/{act}")).chain(others).collect()
}

/// All that an act could have changed.
fn state(server: &Server) -> Vec<String> {
    [
        "SELECT username || display_name || coalesce(CAST(disabled_at AS TEXT), '') FROM users ORDER BY id",
        "SELECT user_id || role FROM user_roles ORDER BY user_id, role",
        "SELECT id FROM sessions ORDER BY id",
        "SELECT id FROM invitations ORDER BY id",
        "SELECT token_hash FROM one_time_links ORDER BY token_hash",
    ]
    .iter()
    .flat_map(|query| server.sql(query))
    .collect()
}

#[test]
fn users_are_refused_and_strangers_have_to_log_in() {
    let server = Server::seeded();
    let (mut python, mut stranger) = (server.signed_in("python", "python"), server.client().browsing());
    assert!(!python.get("/").body.contains("href=\"/admin\""));
    let acts = acts(&server);
    let before = state(&server);
    let roy = page_of(&server, "roy");
    for list in ["/admin", "/admin/users", "/admin/sessions", "/admin/invitations", roy.as_str()] {
        assert_eq!(python.get(list).status, 403, "{list}");
        assert!(stranger.get(list).leads_to().1.starts_with("/login?next="), "{list}");
    }
    for act in &acts {
        assert_eq!(python.get(act).status, 403, "{act}");
        let refused = python.act(act, &[]);
        assert!(refused.status == 403 && refused.says("Admins only!"), "{act}: {}", refused.body);
        assert!(stranger.get(act).leads_to().1.starts_with("/login?next="), "{act}");
        assert!(stranger.post(act, &[]).leads_to().1.starts_with("/login"), "{act}");
    }
    assert_eq!(state(&server), before);
}

#[test]
fn a_form_without_the_token_of_its_session_is_refused() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let acts = acts(&server);
    let before = state(&server);
    for act in &acts {
        for fields in [&[][..], &[("csrf", "x")]] {
            assert_eq!(admin.post(act, fields).status, 403, "{act}");
        }
        let token = admin.csrf();
        let elsewhere =
            server.client().with("Sec-Fetch-Site", "cross-site").having(&admin).post(act, &[("csrf", &token)]);
        assert_eq!(elsewhere.status, 403, "{act}");
    }
    assert_eq!(state(&server), before);
}

#[test]
fn whoever_was_asked_for_the_password_long_ago_is_asked_again_before_any_act() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let acts = acts(&server);
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    let before = state(&server);
    for list in ["/admin/users", "/admin/sessions", "/admin/invitations"] {
        assert_eq!(admin.get(list).status, 200, "looking needs no password: {list}");
    }
    for act in &acts {
        let confirm: String = url::form_urlencoded::byte_serialize(act.as_bytes()).collect();
        let way = format!("/confirm?next={confirm}");
        assert_eq!(admin.get(act).leads_to(), (303, way.as_str()));
        assert_eq!(admin.act(act, &[]).leads_to(), (303, way.as_str()));
    }
    assert_eq!(state(&server), before);
    let disable = format!("{}/disable", page_of(&server, "roy"));
    let confirmed = admin.act("/confirm", &[("password", "password"), ("next", &disable)]);
    assert_eq!(confirmed.leads_to(), (303, disable.as_str()));
    assert!(admin.get(&disable).says("Disable this account?"));
    assert_eq!(admin.act(&disable, &[]).status, 303);
    assert_eq!(
        server.sql(&format!(
            "SELECT count(*) FROM users WHERE id = '{}' AND disabled_at IS NOT NULL",
            id_of(&server, "roy")
        )),
        ["1"]
    );
}

#[test]
fn a_button_leads_back_to_pages_of_ours_only() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let roy = page_of(&server, "roy");
    for elsewhere in ["//evil.example", "https://evil.example/", "/\\evil.example", ""] {
        let sent = admin.act(&format!("{roy}/enable"), &[("next", elsewhere)]);
        assert_eq!(sent.leads_to(), (303, roy.as_str()), "{elsewhere}");
    }
}
