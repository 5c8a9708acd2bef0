//! What users are read from: each format says the same of them.

use serde_json::json;

use super::{ROY, report};
use crate::support::Server;

/// All that is stored of the accounts, with the ids that were given.
fn stored(server: &Server) -> Vec<String> {
    let roles = server.joined("role", "user_roles WHERE user_id = users.id");
    server.sql(&format!(
        "SELECT username || '|' || display_name || '|' || coalesce(email, '') || '|' || coalesce(password_hash, '') ||
                '|' || CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END || '|' || substr(CAST(created_at AS TEXT), 1, 10) || '|' ||
                coalesce({roles}, '') || '|' ||
                coalesce((SELECT data FROM user_data WHERE user_id = users.id), '')
         FROM users ORDER BY username"
    ))
}

fn expected() -> [String; 2] {
    [
        format!("anna|Anna Ä., \"A\"|Anna@Example.com|{ROY}|0|2020-05-17|admin,staff|{{\"colour\":\"blue\"}}"),
        "ben|ben|||1|2021-01-02||".to_owned(),
    ]
}

#[test]
fn every_format_brings_the_same_accounts() {
    let csv = format!(
        "Username;E-Mail;Full Name;password;role;is_active;created_at;data\n\
         anna;Anna@Example.com;\"Anna Ä., \"\"A\"\"\";{ROY};admin,staff;1;2020-05-17 10:00:00;\"{{\"\"colour\"\":\"\"blue\"\"}}\"\n\
         \n\
         ben;;;;;0;2021-01-02;\n"
    );
    let anna = json!({
        "username": "anna", "email": "Anna@Example.com", "name": "Anna Ä., \"A\"", "password_hash": ROY,
        "roles": ["admin", "staff"], "active": true, "created": "2020-05-17T10:00:00Z", "data": { "colour": "blue" },
    });
    let ben = json!({ "username": "ben", "active": false, "created": "2021-01-02" });
    let mut keyed = json!({ "anna": anna.clone(), "ben": ben.to_string() });
    keyed["anna"].as_object_mut().unwrap().remove("username");
    for (name, text) in [
        ("csv", csv.clone()),
        ("csv with a mark", format!("\u{FEFF}{}", csv.replace('\n', "\r\n"))),
        ("json lines", format!("{anna}\n\n{ben}\n")),
        ("one object", keyed.to_string()),
        ("one object in lines", serde_json::to_string_pretty(&keyed).unwrap()),
    ] {
        let server = Server::prepare();
        let imported = server.import(&text, &["--json"]);
        assert_eq!(report(&imported)["imported"], 2, "{name}: {imported:?}");
        assert_eq!(stored(&server), expected(), "{name}");
        assert!(server.nothing_is_staged());
    }
}

#[test]
fn a_sqlite_file_is_read_and_never_written() {
    let server = Server::prepare();
    server.database(
        "app.db",
        &format!(
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, text TEXT);
             CREATE TABLE users (
                id INTEGER PRIMARY KEY, username TEXT, email TEXT, name TEXT, password BLOB, roles TEXT, active INTEGER,
                created TEXT, data TEXT, \"odd \"\" column\" TEXT);
             INSERT INTO users VALUES
                (1, 'anna', 'Anna@Example.com', 'Anna Ä., \"A\"', CAST('{ROY}' AS BLOB), '[\"admin\", \"staff\"]', 1,
                 '2020-05-17', '{{\"colour\":\"blue\"}}', 'x'),
                (2, 'ben', NULL, NULL, NULL, NULL, 0, '2021-01-02', NULL, NULL);"
        ),
    );
    let before = std::fs::read(server.folder().join("app.db")).unwrap();
    let imported = server.cli(&["user", "import", "app.db", "--json"]);
    assert_eq!(report(&imported)["unused_columns"], json!(["odd \" column"]));
    assert_eq!(stored(&server), expected());
    assert_eq!(std::fs::read(server.folder().join("app.db")).unwrap(), before);
    let other = server.cli(&["user", "import", "app.db", "--table", "people"]);
    assert_eq!(other.code, 1);
    assert!(other.stderr.contains("it has no table people. Its tables are: posts, users"), "{other:?}");
    let posts = server.cli(&["user", "import", "app.db", "--table", "posts"]);
    assert!(posts.stderr.contains("no column tells the username or the email. There are: id, text"), "{posts:?}");
}

#[test]
fn a_django_dump_brings_groups_and_rights_along() {
    let server = Server::prepare();
    let dump = json!([
        { "model": "contenttypes.contenttype", "pk": 1, "fields": { "app_label": "admin" } },
        { "model": "auth.group", "pk": 7, "fields": { "name": "Content Editors", "permissions": [] } },
        { "model": "auth.user", "pk": 1, "fields": {
            "password": "!unusable", "last_login": null, "is_superuser": true, "username": "Anna", "first_name": "Anna",
            "last_name": "Ä.", "email": "", "is_staff": true, "is_active": true,
            "date_joined": "2020-05-17T10:20:30.123Z", "groups": [7], "user_permissions": [3] } },
        { "model": "auth.user", "pk": 2, "fields": {
            "password": "", "is_superuser": false, "username": "ben@example.com", "first_name": "", "last_name": "",
            "email": "ben@example.com", "is_staff": false, "is_active": false, "date_joined": "2021-01-02T00:00:00Z",
            "groups": [["Content Editors"]] } },
    ]);
    let imported = server.import(&serde_json::to_string_pretty(&dump).unwrap(), &["--json"]);
    assert_eq!(report(&imported)["imported"], 2);
    assert_eq!(
        stored(&server),
        [
            "anna|Anna Ä.|||0|2020-05-17|admin,content-editors,staff|",
            "ben|ben|ben@example.com||1|2021-01-02|content-editors|"
        ]
    );
    let plain = Server::prepare().import("[{\"username\": \"roy\"}]", &[]);
    assert!(plain.code == 1 && plain.stderr.contains("jq -c '.[]'"), "{plain:?}");
}

#[test]
fn their_columns_are_mapped_to_ours_and_stdin_is_read() {
    let server = Server::prepare();
    let text = format!("Kürzel,geheim,id,username\nanna,{ROY},5,a decoy\n");
    let arguments = ["user", "import", "-", "--map", "Kürzel=username,geheim=password_hash,username=", "--json"];
    let imported = server.cli_with_stdin(&arguments, &text);
    assert_eq!(report(&imported)["imported"], 1, "{imported:?}");
    assert_eq!(server.usernames(), ["anna"]);
    assert_eq!(server.sql("SELECT length(id) FROM users"), ["36"], "a counter is no id here");
    assert_eq!(server.audit().last().unwrap(), "users.imported: 1 made, 0 changed, from stdin");
}

#[test]
fn an_id_that_is_a_uuid_is_kept() {
    let server = Server::prepare();
    let id = "0c9ab3a0-54f8-4b5c-9d27-31bd1a3b8c55";
    server.import(&format!("id,public_id,username\n1,{},anna\n", id.to_uppercase()), &[]);
    assert_eq!(server.sql("SELECT id FROM users"), [id]);
}
