//! Rows whose account exists already.

use serde_json::json;

use super::{ROY, report};
use crate::support::Server;

const TEXT: &str = "username,email,name,roles,active,data\n\
                    anna,,,,,\n\
                    ROY,roy@example.com,Roy B.,staff,no,{\"a\": 1}\n\
                    ben,,,,,\n";

#[test]
fn an_account_that_exists_is_named_and_nothing_is_imported() {
    let server = Server::prepare().and_seed();
    let failed = server.import(TEXT, &[]);
    assert_eq!(failed.code, 1);
    assert!(
        failed.stderr.contains("line 3: roy belongs to the account roy already: use --on-conflict skip"),
        "{failed:?}"
    );
    assert!(failed.stderr.contains("Error: 1 row can't be imported, so nothing was."), "{failed:?}");
    assert_eq!(server.usernames(), ["admin", "jumpiness", "python", "roy"]);
    assert!(server.nothing_is_staged());
}

#[test]
fn it_is_left_as_it_is_with_skip() {
    let server = Server::prepare().and_seed();
    let skipped = server.import(TEXT, &["--on-conflict", "skip", "--json"]);
    let told = report(&skipped);
    assert_eq!((&told["imported"], &told["skipped"], &told["wrong"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(server.usernames(), ["admin", "anna", "ben", "jumpiness", "python", "roy"]);
    assert_eq!(server.sql("SELECT display_name FROM users WHERE username = 'roy'"), ["Roy"]);
}

#[test]
fn it_becomes_as_the_row_says_with_update() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let updated = server.import(TEXT, &["--on-conflict", "update", "--json"]);
    let told = report(&updated);
    assert_eq!((&told["imported"], &told["updated"]), (&json!(2), &json!(1)));
    let shown = server.cli(&["user", "show", "roy", "--json"]).stdout;
    for part in ["\"name\": \"Roy B.\"", "roy@example.com", "\"staff\"", "\"enabled\": false"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    server.let_a_second_pass();
    assert!(!browser.is_signed_in(), "a disabled account is logged out");
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
    let back = format!("username,password_hash,active\nroy,{ROY},true\n");
    assert_eq!(server.import(&back, &["--on-conflict", "update"]).code, 0);
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
    let facts = "SELECT display_name || (SELECT count(*) FROM user_roles WHERE user_id = users.id) ||
                 (SELECT data FROM user_data WHERE user_id = users.id) FROM users WHERE username = 'roy'";
    assert_eq!(server.sql(facts), ["Roy B.1{\"a\":1}"], "what the row does not tell stays");
    let audit = server.audit();
    for event in ["user.changed: name", "user.changed: email", "user.disabled", "role.added: staff", "password.set"] {
        assert!(audit.iter().any(|line| line == event), "{event}: {audit:?}");
    }
}

#[test]
fn the_last_admin_is_not_locked_out() {
    let server = Server::prepare().and_seed();
    let text = "username,name,active\nadmin,The Admin,false\n";
    assert_eq!(server.import(text, &["--on-conflict", "update"]).code, 0);
    assert_eq!(
        server.sql("SELECT display_name FROM users WHERE disabled_at IS NULL AND username = 'admin'"),
        ["The Admin"]
    );
}

#[test]
fn a_row_that_means_two_accounts_is_wrong() {
    let server = Server::prepare().and_seed();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let failed = server.import("username,email\nroy,zoe@example.com\n", &["--on-conflict", "update"]);
    assert!(failed.stderr.contains("line 2: its name, address or id belong to 2 different accounts"), "{failed:?}");
    assert_eq!(failed.code, 1);
}

#[test]
fn two_rows_that_mean_one_account_are_wrong() {
    let server = Server::prepare().and_seed();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let text = "username,email,name\nzoe,,Zoe One\n,zoe@example.com,Zoe Two\nben,,\n";
    let failed = server.import(text, &["--on-conflict", "update"]);
    for line in ["line 2", "line 3"] {
        assert!(failed.stderr.contains(&format!("{line}: another row means the same account")), "{failed:?}");
    }
    assert_eq!(failed.code, 1);
    let others = server.import(text, &["--on-conflict", "update", "--keep-going", "--json"]);
    let told = report(&others);
    assert_eq!((&told["imported"], &told["updated"], &told["wrong"]), (&json!(1), &json!(0), &json!(2)));
    assert!(server.usernames().contains(&"ben".to_owned()) && server.nothing_is_staged());
}

#[test]
fn an_address_that_someone_chose_as_a_username_gives_them_no_account() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    for text in [
        format!("username,password_hash\nZoe@Example.com,{ROY}\n"),
        format!("username,email,password_hash\nzoe@example.com,other@example.com,{ROY}\n"),
    ] {
        let failed = server.import(&text, &["--on-conflict", "update"]);
        assert_eq!(failed.code, 1, "{failed:?}");
        assert!(failed.stderr.contains("line 2: zoe@example.com is the address of the account zoe"), "{failed:?}");
        assert!(failed.stderr.contains("--map COLUMN=email"), "{failed:?}");
    }
    assert_eq!(server.client().log_in("zoe", "roy").leads_to(), (303, "/login"));
    let mapped = format!("username,password_hash\nzoe@example.com,{ROY}\n");
    assert_eq!(server.import(&mapped, &["--on-conflict", "update", "--map", "username=email"]).code, 0);
    assert_eq!(server.client().log_in("zoe", "roy").leads_to(), (303, "/"), "it is an address, as the operator says");
}
