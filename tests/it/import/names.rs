//! Names that nobody could sign up by: whoever logged in with one still does.

use super::ROY;
use crate::support::Server;

#[test]
fn whatever_someone_typed_before_still_logs_them_in() {
    let server = Server::empty();
    let text = format!(
        "username,email,password_hash\n\
         Zoë Q.,,{ROY}\n\
         x,,{ROY}\n\
         ROY,,{ROY}\n\
         anna@example.com,,{ROY}\n\
         ben@example.com,ben@home.example,{ROY}\n\
         ,cleo@example.com,{ROY}\n"
    );
    let imported = server.import(&text, &[]);
    assert_eq!(imported.code, 0, "{imported:?}");
    assert_eq!(server.usernames(), ["anna", "ben", "cleo", "roy", "userx", "zoe-q"]);
    for name in [
        "Zoë Q.",
        "zoë q.",
        " ZOË Q. ",
        "zoe-q",
        "x",
        "X",
        "userx",
        "roy",
        "Roy",
        "anna@example.com",
        "anna",
        "ben@example.com",
        "BEN@example.com",
        "ben@home.example",
        "cleo@example.com",
        "cleo",
    ] {
        assert_eq!(server.client().log_in(name, "roy").leads_to(), (303, "/"), "{name}");
    }
    for name in ["zoe q.", "y", "dora@example.com", "@"] {
        assert_eq!(server.client().log_in(name, "roy").leads_to(), (303, "/login"), "{name}");
    }
    let shown = server.cli(&["user", "show", "ZOË Q."]);
    assert!(shown.stdout.contains("zoë q. (the name before the import)"), "{shown:?}");
    assert_eq!(server.sql("SELECT display_name FROM users WHERE username = 'zoe-q'"), ["Zoë Q."]);
    assert_eq!(server.sql("SELECT email FROM users WHERE username = 'anna'"), ["anna@example.com"]);
}

#[test]
fn one_budget_counts_for_both_spellings() {
    let server = Server::empty();
    server.import(&format!("username,password_hash\nZoë Q.,{ROY}\n"), &[]);
    for name in ["Zoë Q.", "zoe-q", "ZOË Q."] {
        assert_eq!(server.client().log_in(name, "wrong").leads_to(), (303, "/login"));
    }
    assert_eq!(server.sql("SELECT count(*) FROM throttles"), ["1"]);
}

#[test]
fn a_made_name_gives_way_to_one_that_stands_in_the_file_or_exists() {
    let server = Server::migrated();
    server.add_user("cleo");
    let text = "username,email\n,anna@one.example\n,anna@two.example\n,cleo@one.example\nanna,\n,root@one.example\n";
    let imported = server.import(text, &[]);
    assert_eq!(imported.code, 0, "{imported:?}");
    let name = |email: &str| server.sql(&format!("SELECT username FROM users WHERE email = '{email}'")).remove(0);
    assert_eq!(server.sql("SELECT username FROM users WHERE email IS NULL ORDER BY 1"), ["anna", "cleo"]);
    assert_eq!(name("anna@one.example"), "anna2");
    assert_eq!(name("anna@two.example"), "anna3");
    assert_eq!(name("cleo@one.example"), "cleo2");
    assert_eq!(name("root@one.example"), "member", "not a name that others would trust");
}

#[test]
fn nobody_takes_a_former_name_for_their_address() {
    let server = Server::empty();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    server.import(&format!("username,email,password_hash\nroy@corp.example,roy@home.example,{ROY}\n"), &[]);
    let taken = server.cli(&["user", "edit", "zoe", "--email", "roy@corp.example"]);
    assert_eq!(taken.code, 4, "{taken:?}");
    let own = server.cli(&["user", "edit", "roy", "--email", "roy@corp.example"]);
    assert_eq!(own.code, 0, "their own they may: {own:?}");
    assert_eq!(server.client().log_in("roy@corp.example", "roy").leads_to(), (303, "/"));
    let other = server.import("username,email\nzoe@example.com,other@example.com\n", &[]);
    assert!(other.stderr.contains("zoe@example.com belongs to the account zoe already"), "{other:?}");
}
