//! Stored hashes are passlib's own format: what we write, passlib verifies, and the other way round.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{GOOD_PASSWORD, Server};

/// Passwords that other schemes stumble over.
const PASSWORDS: &[&str] = &[GOOD_PASSWORD, "Grüße, Zoë 密码", "        eight spaces", "x y\tz \u{1F511}\u{1F511} q"];

/// Runs a line of Python with passlib's `bcrypt_sha256` as `scheme` and the text of stdin as `text`.
fn python(line: &str, text: &str) -> String {
    let modules = std::env::var_os("VESTIBULE_TEST_PYTHON")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-python"), PathBuf::from);
    let program = format!(
        "import sys, warnings; warnings.simplefilter('ignore')\n\
         from passlib.hash import bcrypt_sha256 as scheme\n\
         text = sys.stdin.buffer.read().decode()\n{line}"
    );
    let mut child = Command::new("python3")
        .args(["-c", &program])
        .env("PYTHONPATH", modules)
        .env("PYTHONWARNINGS", "ignore")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 is there; scripts/test says what to install");
    child.stdin.take().unwrap().write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "passlib is missing or failed; scripts/test installs it: \
         python3 -m pip install --target target/test-python passlib==1.7.4 'bcrypt<5'\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
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
