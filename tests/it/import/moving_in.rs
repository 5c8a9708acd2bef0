//! The commands of `docs/moving-in.md`, run as they are written, on files like those of the programs.

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::{Value, json};

use super::ROY;
use crate::support::{Server, python};

/// Of `password`.
pub const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

/// Hashes of the password `old secret`, by the original libraries.
fn hashes() -> BTreeMap<String, String> {
    let script = "\
import hashlib, hmac, json
from passlib.hash import apr_md5_crypt, bcrypt, django_pbkdf2_sha256, phpass, ldap_sha1
secret = 'old secret'
print(json.dumps({
    'django': django_pbkdf2_sha256.using(rounds=1000).hash(secret),
    'phpass': phpass.using(rounds=8).hash(secret),
    'php': bcrypt.using(rounds=4, ident='2y').hash(secret),
    'apr1': apr_md5_crypt.hash(secret),
    'werkzeug': 'sha256$salt$' + hmac.new(b'salt', secret.encode(), hashlib.sha256).hexdigest(),
}))";
    serde_json::from_str(&python::run(script, "")).expect("it is JSON")
}

/// The commands of a section of the page, those that are to be typed on the old system left out.
pub fn commands(section: &str) -> Vec<String> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/moving-in.md")).unwrap();
    let section = page.split("\n## ").find(|part| part.starts_with(section)).expect("the section is there");
    let blocks = section.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

impl Server {
    /// Runs a command of the page in the server's folder.
    pub fn shell(&self, command: &str) -> String {
        let programs = self.folder().join("bin");
        if !programs.exists() {
            std::fs::create_dir(&programs).unwrap();
            symlink(env!("CARGO_BIN_EXE_vestibule"), programs.join("vestibule")).unwrap();
        }
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", command])
            .current_dir(self.folder())
            .env("PATH", path)
            .env("VESTIBULE_BCRYPT_COST", "4")
            .env_remove("VESTIBULE_TEST_POSTGRES")
            .envs(self.postgres().map(|database| ("VESTIBULE_DATABASE_URL", database.url())))
            .output()
            .expect("bash runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{command}: {said}");
        said
    }
}

/// The one command with this word.
pub fn command(section: &str, word: &str) -> String {
    let found: Vec<String> = commands(section).into_iter().filter(|line| line.contains(word)).collect();
    assert_eq!(found.len(), 1, "{word}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn each_program_moves_in_by_the_commands_of_the_page() {
    let server = Server::empty();
    let hash = hashes();
    std::fs::create_dir(server.folder().join("instance")).unwrap();
    server.database(
        "instance/app.db",
        &format!(
            "CREATE TABLE account (nickname TEXT, pw TEXT);
             INSERT INTO account VALUES ('flask', '{}'), ('flask2', '{}')",
            hash["werkzeug"], hash["php"]
        ),
    );
    let user = |name: &str, is_superuser: bool| {
        json!({ "model": "auth.user", "pk": 1, "fields": {
            "username": name, "password": hash["django"], "is_superuser": is_superuser, "groups": [1] } })
    };
    let group = json!({ "model": "auth.group", "pk": 1, "fields": { "name": "Editors" } });
    server.file("dump.json", &Value::from(vec![group, user("django", true), user("django2", false)]).to_string());
    server.database(
        "db.sqlite3",
        &format!(
            "CREATE TABLE auth_user (id INTEGER, password TEXT, last_login TEXT, is_superuser INTEGER, username TEXT,
                last_name TEXT, email TEXT, is_staff INTEGER, is_active INTEGER, date_joined TEXT, first_name TEXT);
             INSERT INTO auth_user VALUES (1, '{}', NULL, 0, 'django3', 'B.', '', 1, 1, '2020-05-17 10:20:30', 'Ann')",
            hash["django"]
        ),
    );
    server.file(
        "wordpress.csv",
        &format!(
            "user_login,user_pass,user_email,display_name,user_registered,roles\n\
             Word Press,{},wp@example.com,Word,\"2020-05-17 10:20:30\",\"administrator,editor\"\n",
            hash["phpass"]
        ),
    );
    server.file(".htpasswd", &format!("apache:{}\napache2:{}\n", hash["apr1"], hash["php"]));
    let mut ran = 0;
    for section in ["From Flask", "From Django", "From WordPress", "From htpasswd"] {
        for command in commands(section) {
            server.shell(&command);
            ran += 1;
        }
    }
    assert_eq!(ran, 5);
    for name in ["flask", "flask2", "django", "django2", "django3", "Word Press", "wp@example.com", "apache", "apache2"]
    {
        assert_eq!(server.client().log_in(name, "old secret").leads_to(), (303, "/"), "{name}");
        assert_eq!(server.client().log_in(name, "new secret").leads_to(), (303, "/login"), "{name}");
    }
    let roles = |name: &str| {
        server.sql(&format!(
            "SELECT role FROM user_roles JOIN users ON id = user_id WHERE username = '{name}' ORDER BY role"
        ))
    };
    assert_eq!(roles("django"), ["admin", "editors"]);
    assert_eq!(roles("django2"), ["editors"]);
    assert_eq!(roles("django3"), ["staff"]);
    assert_eq!(roles("word-press"), ["administrator", "editor"]);
    let hashes = server.sql("SELECT password_hash FROM users");
    assert!(hashes.iter().all(|hash| hash.starts_with("$bcrypt-sha256$v=2")), "all are replaced: {hashes:?}");
}

#[test]
fn the_first_example_and_moving_out_run_as_written() {
    let server = Server::empty();
    server.file("users.csv", &format!("username,password_hash\nroy,{ROY}\n"));
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/moving-in.md")).unwrap();
    let first = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    for command in first.lines() {
        server.shell(command);
    }
    for command in commands("Moving out") {
        server.shell(&command);
    }
    for file in ["accounts.csv", "accounts.jsonl"] {
        let text = std::fs::read_to_string(server.folder().join(file)).unwrap();
        assert!(text.contains(ROY), "{file}: {text}");
    }
}
