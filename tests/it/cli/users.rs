//! `vestibule user add | list | show`

use serde_json::{Value, json};

use super::told;
use crate::support::{GOOD_PASSWORD, Server};

fn as_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn an_account_is_added_and_shown() {
    let server = Server::migrated();
    let arguments = ["user", "add", "Zoe", "--name", "Zoë Q.", "--email", "Zoe@Example.com", "--role", "STAFF"];
    let arguments = [&arguments[..], &["--role", "admin", "--password-stdin"]].concat();
    let added = server.cli_with_stdin(&arguments, GOOD_PASSWORD);
    assert_eq!(told(&added), (0, "", "Added zoe."));

    let id = server.sql("SELECT id FROM users").remove(0);
    let created = server.sql("SELECT created_at FROM users").remove(0);
    let created = format!("{}T{}Z", &created[..10], &created[11..19]);
    let account = json!({
        "id": id, "username": "zoe", "name": "Zoë Q.", "email": "Zoe@Example.com", "email_confirmed": true,
        "roles": ["admin", "staff"],
        "enabled": true, "has_password": true, "password_usable": true, "created_at": created,
        "deletes_at": null, "waits_for": null,
    });
    let listed = server.cli(&["user", "list", "--json"]);
    assert_eq!((listed.code, as_json(&listed.stdout), listed.stderr.as_str()), (0, json!([account]), ""));
    let mut shown = account;
    shown["sessions"] = 0.into();
    shown["former_name"] = Value::Null;
    shown["email_to_confirm"] = Value::Null;
    for name in ["zoe", "ZOE", " ｚｏｅ ", "zoe@example.com", "ZOE@EXAMPLE.COM", &id] {
        let show = server.cli(&["user", "show", name, "--json"]);
        assert_eq!((show.code, as_json(&show.stdout)), (0, shown.clone()), "{name}");
    }
    let show = server.cli(&["user", "show", "zoe"]);
    for line in [
        "username  zoe",
        "name      Zoë Q.",
        "email     Zoe@Example.com",
        "roles     admin, staff",
        "state     enabled",
    ] {
        assert!(show.stdout.contains(line), "{line}: {}", show.stdout);
    }
    let everything = format!("{}{}{}", listed.stdout, show.stdout, server.cli(&["user", "list"]).stdout);
    assert!(!everything.contains("bcrypt") && !everything.contains("horse"), "{everything}");
}

#[test]
fn a_plain_account_is_called_by_its_username() {
    let server = Server::migrated();
    let added = server.cli_with_stdin(&["user", "add", "Zoe", "--password-stdin", "--json"], GOOD_PASSWORD);
    let user = &as_json(&added.stdout)["user"];
    assert_eq!((added.code, added.stderr.as_str()), (0, ""));
    assert_eq!(user["name"], "Zoe");
    assert_eq!((&user["username"], &user["email"], &user["roles"]), (&json!("zoe"), &Value::Null, &json!([])));
    assert_eq!(as_json(&added.stdout).as_object().unwrap().keys().collect::<Vec<_>>(), ["user"], "no password");
    assert!(server.cli(&["user", "show", "zoe"]).stdout.contains("roles     none"));
}

#[test]
fn a_name_or_an_address_is_given_once() {
    let server = Server::migrated();
    server.add_user_with("zoe", &["--email", "zoe@example.com"]);
    for (arguments, message) in [
        (&["zoe"][..], "Error: This username is taken."),
        (&["ZOE"], "Error: This username is taken."),
        (&["zoe2", "--email", "zoe@example.com"], "Error: This email address belongs to another account."),
        (&["zoe2", "--email", "ZOE@EXAMPLE.COM"], "Error: This email address belongs to another account."),
        (&["zoe2", "--email", "zoe@EXAMPLE。com"], "Error: This email address belongs to another account."),
    ] {
        let arguments = [&["user", "add", "--password-stdin"], arguments].concat();
        let output = server.cli_with_stdin(&arguments, GOOD_PASSWORD);
        assert_eq!(told(&output), (4, "", message), "{arguments:?}");
    }
    assert_eq!(server.sql("SELECT username FROM users"), ["zoe"], "nothing is left half done");
    assert_eq!(server.sql("SELECT count(*) FROM audit_events WHERE event = 'user.created'"), ["1"]);
}

#[test]
fn the_list_is_by_name_and_can_be_by_role() {
    let server = Server::prepare().and_seed();
    let names = |arguments: &[&str]| -> Vec<String> {
        let listed = server.cli(&[&["user", "list", "--json"], arguments].concat());
        assert_eq!(listed.code, 0, "{listed:?}");
        let list = as_json(&listed.stdout);
        list.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["admin", "jumpiness", "python", "roy"]);
    assert_eq!(names(&["--role", "admin"]), ["admin"]);
    assert_eq!(names(&["--role", "ADMIN"]), ["admin"]);
    assert_eq!(names(&["--role", "staff"]), [""; 0]);
    let table = server.cli(&["user", "list"]);
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(
        lines[..2],
        ["USERNAME   NAME       EMAIL  ROLES  STATE", "admin      Admin             admin  enabled",]
    );
    assert_eq!(lines.len(), 5, "{table:?}");
}

#[test]
fn an_empty_list_is_a_heading_or_an_empty_array() {
    let server = Server::prepare();
    assert_eq!(server.cli(&["migrate"]).code, 0);
    assert_eq!(told(&server.cli(&["user", "list", "--json"])), (0, "[]", ""));
    assert_eq!(server.cli(&["user", "list"]).stdout.lines().count(), 1);
    assert_eq!(told(&server.cli(&["session", "list", "--json"])), (0, "[]", ""));
    assert_eq!(server.cli(&["session", "list"]).stdout.lines().count(), 1);
}
