//! The page of an account, and the form that changes it.

use super::{hidden, page_of, save, typed};
use crate::support::Server;

#[test]
fn the_page_tells_who_someone_is_where_they_are_logged_in_and_what_happened() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--name", "Zoe", "--email", "zoe@example.com", "--role", "staff"]);
    server.client().with("User-Agent", "curl/8.5.0").pair("zoe", crate::support::GOOD_PASSWORD);
    let page = server.admin().get(&page_of(&server, "zoe"));
    for text in ["Zoe", "zoe@example.com", "staff", "Active", "Set", "curl", "By token", "Logged in", "Account made"] {
        assert!(page.says(text), "{text}: {}", page.body);
    }
    let zoe = super::id_of(&server, "zoe");
    assert!(page.says(&format!("href=\"/admin/audit?user={zoe}\"")), "{}", page.body);
    let all = server.admin().get(&format!("/admin/audit?user={zoe}"));
    assert!(all.status == 200 && all.says("user.created"), "{}", all.body);
    assert!(page.says("by whoever runs this server"), "the command line has made it: {}", page.body);
    assert_eq!(server.admin().get("/admin/users/nobody").status, 404);
}

#[test]
fn names_address_and_roles_are_saved_together() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let roy = page_of(&server, "roy");
    let changes =
        [("name", "Roy B"), ("username", "roy.b"), ("email", "roy@example.com"), ("roles", "staff, writers staff")];
    assert_eq!(save(&mut admin, &roy, &changes).leads_to(), (303, roy.as_str()));
    let page = admin.get(&roy);
    for text in ["roy.b was saved.", "Roy B", "roy@example.com", "staff", "writers"] {
        assert!(page.says(text), "{text}: {}", page.body);
    }
    let form = admin.get(&format!("{roy}/edit"));
    let held = ["name", "username", "email", "roles"].map(|name| typed(&form, name));
    assert_eq!(held, ["Roy B", "roy.b", "roy@example.com", "staff writers"]);
    save(&mut admin, &roy, &[("email", ""), ("roles", "writers")]);
    let row = server.sql("SELECT username || coalesce(email, '-') FROM users WHERE display_name = 'Roy B'");
    assert_eq!(row, ["roy.b-"]);
    assert_eq!(
        server.sql("SELECT role FROM user_roles JOIN users ON id = user_id WHERE username = 'roy.b'"),
        ["writers"]
    );
    let events: Vec<String> = server.audit().into_iter().filter(|event| event.starts_with("role.")).collect();
    let last = &events[events.len() - 3..];
    assert_eq!(last, ["role.added: staff", "role.added: writers", "role.removed: staff"]);
}

#[test]
fn what_is_wrong_stands_by_its_field_and_nothing_is_saved() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    let mut admin = server.admin();
    let roy = page_of(&server, "roy");
    let state = || server.sql("SELECT username || display_name || coalesce(email, '') FROM users ORDER BY id");
    let before = state();
    for (field, value, status) in [
        ("name", "  ", 422),
        ("username", "no such thing!", 422),
        ("email", "no address", 422),
        ("roles", "Staff 1st", 422),
        ("username", "zoe", 409),
        ("email", "ZOE@example.com", 409),
    ] {
        let refused = save(
            &mut admin,
            &roy,
            &[("name", "Another"), (field, value), ("roles", if field == "roles" { value } else { "staff" })],
        );
        assert_eq!(refused.status, status, "{field}: {value}");
        assert!(refused.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", refused.body);
        assert_eq!(
            (state(), server.sql("SELECT count(*) FROM user_roles WHERE role = 'staff'")),
            (before.clone(), vec!["0".to_owned()])
        );
    }
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let roy = page_of(&server, "roy");
    let at = format!("{roy}/edit");
    let form = admin.get(&at);
    let version = hidden(&form, "version");
    assert_eq!(server.cli(&["user", "role", "add", "roy", "staff"]).code, 0);
    let fields = |version: &str| {
        [("username", "roy"), ("name", "Roy B"), ("email", ""), ("roles", ""), ("version", version)]
            .map(|(a, b)| (a, b.to_owned()))
    };
    let send = |admin: &mut crate::support::Client, version: &str| {
        let fields = fields(version);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        admin.act(&at, &fields)
    };
    let stale = send(&mut admin, &version);
    assert_eq!(stale.status, 409);
    assert!(stale.says("This was changed in the meantime") && typed(&stale, "name") == "Roy B", "{}", stale.body);
    assert!(!form.says("What is saved now") && stale.says("What is saved now"), "{}", stale.body);
    assert!(stale.says("<dt>Roles</dt><dd>staff</dd>") && typed(&stale, "roles").is_empty(), "{}", stale.body);
    assert_eq!(server.sql("SELECT role FROM user_roles WHERE role = 'staff'"), ["staff"]);
    let again = send(&mut admin, &hidden(&stale, "version"));
    assert_eq!(again.leads_to(), (303, roy.as_str()), "who saves once more means it");
    assert!(server.sql("SELECT role FROM user_roles WHERE role = 'staff'").is_empty());
}

#[test]
fn an_admin_who_gives_the_role_up_is_led_home() {
    let server = Server::seeded();
    server.add_user_with("boss", &["--role", "admin"]);
    let mut admin = server.admin();
    let own = page_of(&server, "admin");
    assert!(admin.get(&own).says("your own account"));
    assert_eq!(save(&mut admin, &own, &[("roles", "")]).leads_to(), (303, "/"));
    assert_eq!(admin.get("/").status, 200);
    assert_eq!(admin.get("/admin/users").status, 403);
    assert!(!admin.get("/").says("href=\"/admin\""));
}
