//! Inviting people on pages: making an invitation, its link, which is shown once, and taking it back.

use super::link_in;
use crate::support::{GOOD_PASSWORD, Server};

fn server() -> Server {
    Server::prepare().with("VESTIBULE_SIGN_UP_SECONDS", "0").and_seed().and_start()
}

#[test]
fn somebody_is_invited_signs_up_and_has_the_roles() {
    let server = server();
    let mut admin = server.admin();
    assert!(admin.get("/admin/invitations").says("No invitations"));
    let terms = [("note", "The new one"), ("roles", "staff writers"), ("uses", "2"), ("days", "3"), ("email", "")];
    let made = admin.act("/admin/invitations/new", &terms);
    assert_eq!(made.status, 200);
    assert!(made.says("nobody can look it up later"), "{}", made.body);
    let mut zoe = server.opened(&link_in(&made));
    assert_eq!(zoe.sign_up_as("zoe").leads_to(), (303, "/"));
    assert_eq!(
        server.sql("SELECT role FROM user_roles JOIN users ON id = user_id WHERE username = 'zoe' ORDER BY role"),
        ["staff", "writers"]
    );
    let list = admin.get("/admin/invitations");
    for text in ["The new one", "1 of 2", "staff", ">admin</a>"] {
        assert!(list.says(text), "{text}: {}", list.body);
    }
    assert!(!list.body.contains("invite?token"), "the link is told once");
}

#[test]
fn an_invitation_is_revoked_after_a_question() {
    let server = server();
    let mut admin = server.admin();
    let link = link_in(&admin.act("/admin/invitations/new", &[("note", "For Ben"), ("uses", "1"), ("days", "7")]));
    let id = server.sql("SELECT id FROM invitations").remove(0);
    let path = format!("/admin/invitations/{id}/revoke");
    assert!(admin.get(&path).says("Revoke this invitation?"));
    let mut ben = server.opened(&link);
    assert!(ben.get("/signup").says("You have an invitation."));
    assert_eq!(admin.act(&path, &[]).leads_to(), (303, "/admin/invitations"));
    assert!(admin.get("/admin/invitations").says("The invitation no longer works."));
    assert_eq!(ben.get("/signup").status, 403, "who has opened it before");
    assert_eq!(server.client().browsing().get(&link).status, 403);
    assert_eq!(admin.get(&path).status, 404);
    assert_eq!(admin.act(&path, &[]).status, 303, "it is gone, as it was wanted");
}

#[test]
fn an_invitation_is_worth_nothing_once_its_maker_is_no_admin() {
    let server = server();
    server.add_user_with("boss", &["--role", "admin"]);
    let mut boss = server.signed_in("boss", GOOD_PASSWORD);
    let link = link_in(&boss.act("/admin/invitations/new", &[("uses", "1"), ("days", "7")]));
    assert_eq!(server.cli(&["user", "role", "remove", "boss", "admin"]).code, 0);
    let opened = server.client().browsing().get(&link);
    assert!(opened.status == 403 && opened.says("This link does not work"), "{}", opened.body);
}

#[test]
fn what_can_be_no_invitation_is_told_by_its_field() {
    let server = server();
    let mut admin = server.admin();
    let long = "x".repeat(201);
    for (field, value) in [
        ("note", long.as_str()),
        ("email", "no address"),
        ("roles", "1st"),
        ("uses", "0"),
        ("days", "366"),
        ("days", "soon"),
    ] {
        let mut terms = vec![("uses", "1"), ("days", "7")];
        terms.retain(|(name, _)| *name != field);
        terms.push((field, value));
        let refused = admin.act("/admin/invitations/new", &terms);
        assert_eq!(refused.status, 422, "{field}: {value}");
        assert!(refused.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", refused.body);
    }
    assert_eq!(server.sql("SELECT count(*) FROM invitations"), ["0"]);
}
