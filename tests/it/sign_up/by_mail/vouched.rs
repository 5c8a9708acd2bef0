//! The word of an admin or operator for an address that somebody has entered, and nobody confirmed.

use serde_json::json;

use super::confirmed::with_zoe;
use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// The accounts with their addresses, and whether these are confirmed.
fn addresses(server: &Server) -> Vec<String> {
    let marked = "CASE WHEN email_confirmed_at IS NULL THEN ' ?' ELSE '' END";
    server.sql(&format!("SELECT username || ' ' || coalesce(email, 'none') || {marked} FROM users ORDER BY id"))
}

#[test]
fn an_operator_gives_an_address_that_a_stranger_had_entered() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    server.add_user_with("mary", &["--email", "zoe@example.com"]);
    assert_eq!(addresses(&server), ["zoe none ?", "mary zoe@example.com"]);
    assert!(server.audit().contains(&"user.changed: email: confirmed by someone else".to_owned()));
    let taken = ["user", "add", "eve", "--email", "ZOE@example.com", "--password-stdin"];
    let refused = server.cli_with_stdin(&taken, "a password of her own\n");
    assert!(
        refused.code != 0 && refused.stderr.contains("belongs to another account"),
        "a confirmed one stays: {}",
        refused.stderr
    );
}

#[test]
fn an_operator_confirms_an_address_by_entering_it_again() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    assert_eq!(server.cli(&["user", "edit", "zoe", "--name", "Zoe"]).code, 0);
    assert_eq!(addresses(&server), ["zoe zoe@example.com ?"]);
    assert_eq!(server.cli(&["user", "edit", "zoe", "--email", "zoe@example.com"]).code, 0);
    assert_eq!(addresses(&server), ["zoe zoe@example.com"]);
    assert!(server.audit().contains(&"email.confirmed".to_owned()));
}

#[test]
fn an_admin_gives_it_to_a_new_account_and_to_one_that_is_there() {
    let mail = MailServer::start();
    let server = with_zoe(&mail);
    server.add_user_with("boss", &["--role", "admin"]);
    let mut boss = server.client().program("boss", GOOD_PASSWORD);
    let body = json!({ "username": "mary", "email": "zoe@example.com", "password": GOOD_PASSWORD });
    let made = boss.call("POST", "/api/v1/users", &body);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(addresses(&server), ["zoe none ?", "boss none ?", "mary zoe@example.com"]);

    server.execute("UPDATE users SET email_confirmed_at = NULL WHERE username = 'mary'");
    let id = server.sql("SELECT id FROM users WHERE username = 'zoe'").remove(0);
    let given = boss.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "email": "zoe@example.com" }));
    assert_eq!(given.status, 200, "{}", given.body);
    assert_eq!(addresses(&server), ["zoe zoe@example.com", "boss none ?", "mary none ?"]);
}
