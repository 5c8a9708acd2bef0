//! Stored hashes are passlib's own format: what we write, passlib verifies, and the other way round.

use crate::support::{GOOD_PASSWORD, Server, python};

/// Passwords that other schemes stumble over.
const PASSWORDS: &[&str] = &[GOOD_PASSWORD, "Grüße, Zoë 密码", "        eight spaces", "x y\tz \u{1F511}\u{1F511} q"];

/// Runs a line of Python with passlib's `bcrypt_sha256` as `scheme` and the text of stdin as `text`.
fn python(line: &str, text: &str) -> String {
    let script = format!(
        "import sys\n\
         from passlib.hash import bcrypt_sha256 as scheme\n\
         text = sys.stdin.buffer.read().decode()\n{line}"
    );
    python::run(&script, text).trim_end().to_owned()
}

#[test]
fn a_row_of_the_users_table_verifies_with_passlib() {
    let server = Server::prepare();
    for (place, password) in PASSWORDS.iter().enumerate() {
        let name = format!("user{place}");
        let added = server.cli_with_stdin(&["user", "add", &name, "--password-stdin"], password);
        assert_eq!(added.code, 0, "{}", added.stderr);
        let stored = server.sql(&format!("SELECT password_hash FROM users WHERE username = '{name}'")).remove(0);
        let verify = |typed: &str| python(&format!("print(scheme.verify(text, '{stored}'))"), typed);
        assert_eq!(verify(password), "True", "{password}: {stored}");
        assert_eq!(verify(&format!("{password}x")), "False", "{password}: {stored}");
        assert_eq!(python(&format!("print(scheme.identify('{stored}'))"), ""), "True");
    }
}

#[test]
fn a_hash_made_by_passlib_logs_in() {
    let server = Server::seeded();
    for password in PASSWORDS {
        for rounds in [4, 5] {
            let made = python(&format!("print(scheme.using(rounds={rounds}).hash(text))"), password);
            assert!(made.starts_with(&format!("$bcrypt-sha256$v=2,t=2b,r={rounds}$")), "{made}");
            server.execute(&format!("UPDATE users SET password_hash = '{made}' WHERE username = 'roy'"));
            assert_eq!(server.client().log_in("roy", password).leads_to(), (303, "/"), "{password}: {made}");
        }
    }
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
}
