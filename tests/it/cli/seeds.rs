//! `vestibule seed`: accounts for trying out, which say so.

use serde_json::json;

use super::told;
use crate::support::Server;

const WARNING: &str = "Sample accounts with well-known passwords, for trying out only: \
                       admin/password (an admin), python/python, jumpiness/python, roy/roy.";

#[test]
fn a_database_without_users_gets_four_sample_accounts() {
    let server = Server::migrated();
    let seeded = server.cli(&["seed"]);
    let table = "USERNAME   PASSWORD  STATE\nadmin      password  created\npython     python    created\n\
                 jumpiness  python    created\nroy        roy       created";
    assert_eq!(told(&seeded), (0, table, WARNING));
    let server = server.and_start();
    for (name, password) in [("admin", "password"), ("python", "python"), ("jumpiness", "python"), ("roy", "roy")] {
        assert_eq!(server.client().log_in(name, password).leads_to(), (303, "/"), "{name}");
    }
    assert_eq!(server.sql("SELECT username || role FROM users JOIN user_roles ON user_id = id"), ["adminadmin"]);
}

#[test]
fn a_database_with_users_is_refused_unless_one_insists() {
    let server = Server::prepare();
    server.add_user("roy");
    let hash = server.sql("SELECT password_hash FROM users");
    let refused = server.cli(&["seed"]);
    assert!(refused.code == 4 && refused.stderr.contains("--force") && refused.stdout.is_empty(), "{refused:?}");
    assert_eq!(server.sql("SELECT username FROM users"), ["roy"]);

    let forced = server.cli(&["seed", "--force", "--json"]);
    assert_eq!((forced.code, forced.stderr.trim()), (0, WARNING));
    let value: serde_json::Value = serde_json::from_str(&forced.stdout).unwrap();
    let sample = |name: &str, password: &str, created: bool| json!({ "username": name, "password": password, "created": created });
    let all = [
        sample("admin", "password", true),
        sample("python", "python", true),
        sample("jumpiness", "python", true),
        sample("roy", "roy", false),
    ];
    assert_eq!(value, json!(all));
    assert_eq!(server.sql("SELECT password_hash FROM users WHERE username = 'roy'"), hash, "left as it is");
}

#[test]
fn no_account_is_there_by_default() {
    let server = Server::empty();
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["0"]);
    for (name, password) in [("admin", "password"), ("admin", "admin"), ("roy", "roy"), ("root", "root")] {
        assert_eq!(server.client().log_in(name, password).leads_to(), (303, "/login"), "{name}");
    }
}
