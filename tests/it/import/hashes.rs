//! Password hashes: kept as they are when they can be verified, wrapped when they are weak, never stored when they may
//! be passwords.

use serde_json::json;

use super::{ROY, report};
use crate::support::Server;

/// Of `password`.
const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

fn stored(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT coalesce(password_hash, 'none') FROM users WHERE username = '{name}'")).remove(0)
}

#[test]
fn the_report_counts_each_kind_and_names_those_that_can_not_be_read() {
    let server = Server::empty();
    let text = format!(
        "username,password\nanna,{ROY}\nben,hunter2\ncleo,\ndora,!\nemil,{}\nfay,pbkdf2:sha256:150000$k1\n",
        "$2b$31$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi"
    );
    let imported = server.import(&text, &["--json"]);
    let told = report(&imported);
    assert_eq!(told["imported"], 6);
    assert_eq!(told["hashes"], json!({ "Werkzeug PBKDF2-SHA256": 1, "no password": 2 }));
    assert_eq!(
        told["unreadable_hashes"],
        json!({
            "damaged or cut short (Werkzeug PBKDF2-SHA256)": 1, "of an unknown kind": 1,
            "too much work to check (bcrypt)": 1,
        })
    );
    let lines: Vec<_> = told["rows"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 6, 7]);
    assert!(imported.stderr.contains("line 3: the password hash is of an unknown kind: nobody can log in by it"));
    assert_eq!(stored(&server, "anna"), ROY);
    for name in ["ben", "cleo", "dora"] {
        assert_eq!(stored(&server, name), "none", "{name}");
    }
    for (name, why) in [("emil", "too much work to check (bcrypt)"), ("fay", "damaged or cut short (Werkzeug PBKDF2")] {
        let shown = server.cli(&["user", "show", name]).stdout;
        assert!(shown.contains(why), "{shown}");
    }
    assert!(!format!("{imported:?}").contains("hunter2"));
    assert_eq!(server.client().log_in("anna", "roy").leads_to(), (303, "/"));
    assert!(stored(&server, "anna").starts_with("$bcrypt-sha256$v=2"), "replaced at the login");
    assert_eq!(server.client().log_in("ben", "hunter2").leads_to(), (303, "/login"));
}

#[test]
fn plain_text_is_hashed_and_a_hash_beside_it_kept() {
    let server = Server::empty();
    let text = format!("username,password\nanna, hunter2 \nben,{ROY}\ncleo,{MD5}\ndora,!x\n");
    let imported = server.import(&text, &["--plain", "--json"]);
    assert_eq!(report(&imported)["hashes"], json!({ "plain text, hashed": 3, "Werkzeug PBKDF2-SHA256": 1 }));
    for name in ["anna", "cleo", "dora"] {
        assert!(stored(&server, name).starts_with("$bcrypt-sha256$v=2,t=2b,r=4$"), "{}", stored(&server, name));
    }
    for (name, password) in [("anna", " hunter2 "), ("ben", "roy"), ("cleo", MD5), ("dora", "!x")] {
        assert_eq!(server.client().log_in(name, password).leads_to(), (303, "/"), "{name}");
    }
    assert_eq!(server.client().log_in("anna", "hunter2").leads_to(), (303, "/login"), "nothing is trimmed");
}

#[test]
fn plain_text_that_begins_like_a_hash_is_hashed_as_well() {
    let server = Server::empty();
    let passwords = ["$1$abc", "{SSHA}x", "$2b$31$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi"];
    let rows: String =
        passwords.iter().zip(["anna", "ben", "cleo"]).map(|(text, name)| format!("{name},{text}\n")).collect();
    let imported = server.import(&format!("username,password\n{rows}"), &["--plain", "--json"]);
    assert_eq!(report(&imported)["hashes"], json!({ "plain text, hashed": 3 }));
    for (password, name) in passwords.into_iter().zip(["anna", "ben", "cleo"]) {
        assert!(stored(&server, name).starts_with("$bcrypt-sha256$v=2,t=2b,r=4$"), "{}", stored(&server, name));
        assert_eq!(server.client().log_in(name, password).leads_to(), (303, "/"), "{name}");
    }
}

#[test]
fn weak_hashes_are_stored_wrapped_only() {
    let server = Server::empty();
    let sha1 = "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=";
    let text = format!("username,password\nanna,{MD5}\nben,{}\ncleo,{sha1}\n", MD5.to_uppercase());
    let refused = server.import(&text, &[]);
    assert!(refused.code == 1 && refused.stderr.contains("too weak to be kept: --wrap-weak"), "{refused:?}");
    let imported = server.import(&text, &["--wrap-weak", "--json"]);
    assert_eq!(report(&imported)["hashes"], json!({ "MD5 wrapped in bcrypt": 2, "SHA-1 wrapped in bcrypt": 1 }));
    for name in ["anna", "ben", "cleo"] {
        assert!(stored(&server, name).starts_with("$bcrypt-sha256-of-"), "{}", stored(&server, name));
        assert_eq!(server.client().log_in(name, MD5).leads_to(), (303, "/login"), "the digest is no password");
        assert_eq!(server.client().log_in(name, "password").leads_to(), (303, "/"), "{name}");
        assert!(stored(&server, name).starts_with("$bcrypt-sha256$v=2"), "replaced at the login");
    }
}
