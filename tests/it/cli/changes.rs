//! `vestibule user rename | role | enable | disable | delete | set-password`

use super::told;
use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn an_account_is_renamed() {
    let server = Server::seeded();
    assert_eq!(told(&server.cli(&["user", "rename", "roy", "Royal"])), (0, "", "Renamed roy to royal."));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("royal", "roy").leads_to(), (303, "/"));
    assert_eq!(told(&server.cli(&["user", "rename", "royal", "ADMIN"])), (4, "", "Error: This username is taken."));
    assert_eq!(server.cli(&["user", "rename", "royal", "royal"]).code, 0, "to what it is called already");
    let invalid = server.cli(&["user", "rename", "royal", "a b"]);
    assert!(invalid.code == 2 && invalid.stderr.contains("A username has 2 to 32 characters"), "{invalid:?}");
}

#[test]
fn roles_are_given_and_taken() {
    let server = Server::prepare().and_seed();
    let role = |verb: &str, role: &str| server.cli(&["user", "role", verb, "roy", role]);
    assert_eq!(told(&role("add", "Staff")), (0, "", "roy now has the role staff."));
    assert_eq!(told(&role("add", "staff")), (0, "", "roy already has the role staff."));
    assert_eq!(told(&role("remove", "STAFF")), (0, "", "roy no longer has the role staff."));
    assert_eq!(role("remove", "staff").code, 3);
    assert_eq!(role("add", "no role").code, 2);
    let recorded = server.audit();
    assert_eq!(recorded[recorded.len() - 2..], ["role.added: staff", "role.removed: staff"], "once each");
}

#[test]
fn an_account_is_disabled_and_enabled() {
    let server = Server::seeded();
    server.signed_in("roy", "roy");
    let disabled = server.cli(&["user", "disable", "roy"]);
    assert_eq!(told(&disabled), (0, "", "roy can no longer log in, and was logged out everywhere."));
    assert_eq!(server.cli(&["user", "disable", "roy"]).stderr.trim(), "roy is already disabled.");
    assert!(server.cli(&["user", "show", "roy"]).stdout.contains("state     disabled"));
    assert!(server.cli(&["user", "show", "roy", "--json"]).stdout.contains(r#""enabled": false"#));
    assert_eq!(told(&server.cli(&["user", "enable", "roy"])), (0, "", "roy can log in again."));
    assert_eq!(told(&server.cli(&["user", "enable", "roy"])), (0, "", "roy is already enabled."));
}

#[test]
fn an_account_is_removed_with_all_that_belongs_to_it() {
    let server = Server::seeded();
    server.signed_in("roy", "roy");
    server.cli(&["user", "role", "add", "roy", "staff"]);
    assert_eq!(told(&server.cli(&["user", "delete", "ROY", "--yes"])), (0, "", "Deleted roy."));
    assert_eq!(server.sql("SELECT username FROM users ORDER BY 1"), ["admin", "jumpiness", "python"]);
    assert_eq!((server.sessions(), server.sql("SELECT role FROM user_roles")), (0, vec!["admin".to_owned()]));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(server.audit().iter().filter(|line| *line == "user.deleted: roy").count(), 1, "the audit keeps it");
    server.add_user("roy");
    assert_eq!(server.client().log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"), "the name is free again");
}

#[test]
fn nobody_is_removed_without_being_asked() {
    let server = Server::prepare().and_seed();
    let refused = server.cli(&["user", "delete", "roy"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--yes"), "{refused:?}");
    assert_eq!(server.cli(&["user", "show", "roy"]).code, 0);
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one() {
    let server = Server::seeded();
    let set = server.cli_with_stdin(&["user", "set-password", "roy", "--password-stdin"], GOOD_PASSWORD);
    assert_eq!(told(&set), (0, "", "roy has a new password, and was logged out everywhere."));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("roy", GOOD_PASSWORD).leads_to(), (303, "/"));
    assert_eq!(server.client().log_in("python", "python").leads_to(), (303, "/"), "only this one's");
}
