//! What is exported and imported again is the same.

use serde_json::Value;

use super::ROY;
use crate::support::Server;

/// Accounts with all that one can have.
fn full() -> Server {
    let server = Server::prepare().and_seed();
    let text = format!(
        "{{\"username\": \"Zoë Q.\", \"name\": \"=cmd|' /C calc'!A0\", \"email\": \"+x@example.com\", \"password\": \"{ROY}\", \
           \"roles\": [\"b\", \"a\"], \"data\": {{\"a\": [1, 2.5, null, \"ü\\u0007\"]}}, \"created\": \"2020-05-17T10:20:30.123456Z\"}}\n\
         {{\"username\": \"ben\", \"name\": \"'=x, \\\"y\\\"\", \"active\": false, \"data\": \"123\"}}\n\
         {{\"username\": \"cleo\", \"name\": \"-1\", \"data\": -5, \"deletes_at\": \"2100-01-01\"}}\n\
         {{\"username\": \"dora\", \"data\": null}}\n"
    );
    let imported = server.import(&text, &[]);
    assert_eq!(imported.code, 0, "{imported:?}");
    server
}

/// All that belongs to accounts, in the order of their ids.
fn everything(server: &Server) -> Vec<String> {
    let roles = server.joined("role", "user_roles WHERE user_id = users.id");
    server.sql(&format!(
        "SELECT id || '|' || username || '|' || coalesce(former_name, '') || '|' || display_name || '|' ||
                display_name_folded || '|' || coalesce(email, '') || '|' || coalesce(email_canonical, '') || '|' ||
                coalesce(password_hash, '') || '|' || CASE WHEN disabled_at IS NULL THEN 1 ELSE 0 END || '|' || created_at || '|' ||
                coalesce(CAST(deletes_at AS TEXT), '') || '|' || coalesce(waits_for, '') || '|' ||
                coalesce({roles}, '') || '|' || coalesce((SELECT data FROM user_data WHERE user_id = users.id), 'none')
         FROM users ORDER BY id"
    ))
}

#[test]
fn export_wipe_and_import_bring_everything_back() {
    for format in ["csv", "jsonl"] {
        let mut server = full();
        server.execute("UPDATE users SET waits_for = 'approval' WHERE username = 'jumpiness'");
        let before = everything(&server);
        assert_eq!(before.len(), 8);
        let exported = server.cli(&["user", "export", "--format", format]);
        assert_eq!(exported.code, 0, "{exported:?}");
        assert_eq!(
            exported.stderr.trim_end(),
            "Exported 8 accounts with their password hashes: keep them as safe as the database."
        );
        assert_eq!(server.audit().last().unwrap(), "users.exported");
        server.execute("DELETE FROM users");
        let imported = server.import(&exported.stdout, &[]);
        assert_eq!(imported.code, 0, "{format}: {imported:?}");
        assert_eq!(everything(&server), before, "{format}");
        let again = server.cli(&["user", "export", "--format", format]);
        assert_eq!(again.stdout, exported.stdout);
        server.start(&["serve"]);
        for (name, password) in
            [("admin", "password"), ("python", "python"), ("Zoë Q.", "roy"), ("+x@example.com", "roy")]
        {
            assert_eq!(server.client().log_in(name, password).leads_to(), (303, "/"), "{format}: {name}");
        }
        assert_eq!(server.client().log_in("ben", "roy").leads_to(), (303, "/login"));
        let mut waiting = server.client();
        waiting.log_in("jumpiness", "python");
        assert!(!waiting.is_signed_in(), "it waits still");
        assert_eq!(server.cli(&["user", "approve", "jumpiness"]).code, 0);
    }
}

#[test]
fn an_account_can_wait_for_approval_only() {
    let server = Server::migrated();
    let failed = server.import("username,waits_for\nanna,rain\n", &[]);
    assert_eq!(failed.code, 1);
    assert!(failed.stderr.contains("line 2: an account can't wait for \"rain\", only for \"approval\""), "{failed:?}");
}

#[test]
fn nothing_in_an_export_is_a_formula_or_steers_a_terminal() {
    let server = full();
    let csv = server.cli(&["user", "export"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names[..4], ["id", "username", "former_name", "email"]);
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    let jsonl = server.cli(&["user", "export", "--format", "jsonl"]).stdout;
    assert!(jsonl.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["username"].is_string()));
    assert!(!csv.contains('\u{7}') && !jsonl.contains('\u{7}'));
}

#[test]
fn an_empty_database_is_a_heading() {
    let server = Server::migrated();
    assert_eq!(server.cli(&["user", "export"]).stdout.lines().count(), 1);
    assert_eq!(server.cli(&["user", "export", "--format", "jsonl"]).stdout, "");
}
