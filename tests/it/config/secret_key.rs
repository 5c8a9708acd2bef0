//! The secret key: made at the first start, kept from everyone else, and never printed.

use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::refused;
use crate::support::Server;

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn write(path: &Path, content: &str, mode: u32) {
    std::fs::write(path, content).unwrap();
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn it_is_made_once_for_our_own_eyes_only() {
    let mut server = Server::empty();
    let data = server.folder().join("data");
    assert_eq!((mode(&data), mode(&data.join("secret_key"))), (0o700, 0o600));
    let key = std::fs::read_to_string(data.join("secret_key")).unwrap();
    assert_eq!(STANDARD.decode(key.trim()).unwrap().len(), 64);
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    assert_eq!(server.cli(&["user", "list"]).code, 0);
    assert_eq!(std::fs::read_to_string(data.join("secret_key")).unwrap(), key, "the same after a restart");
    let other = Server::empty();
    assert_ne!(std::fs::read_to_string(other.folder().join("data/secret_key")).unwrap(), key, "no default secret");
    let names: Vec<_> = std::fs::read_dir(data).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().contains("secret_key.")), "no draft stays: {names:?}");
}

#[test]
fn two_first_starts_at_once_agree_on_one() {
    let server = Server::prepare();
    let first: Vec<_> =
        (0..4).map(|_| server.command(&["seed", "--force"]).stdout(Stdio::null()).spawn().unwrap()).collect();
    for child in first {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let key = std::fs::read_to_string(server.folder().join("data/secret_key")).unwrap();
    assert_eq!(STANDARD.decode(key.trim()).unwrap().len(), 64);
}

#[test]
fn a_configured_key_is_used_and_none_is_made() {
    let key = STANDARD.encode([7; 64]);
    let by_variable = Server::prepare().with("VESTIBULE_SECRET_KEY", &key);
    let by_rocket = Server::prepare().with("ROCKET_SECRET_KEY", &format!("\"{key}\""));
    let by_file = Server::prepare().with("VESTIBULE_SECRET_KEY_FILE", "key");
    write(&by_file.folder().join("key"), &format!("{key}\n"), 0o600);
    for server in [by_variable, by_rocket, by_file] {
        let mut server = server.and_seed().and_start();
        assert!(!server.folder().join("data/secret_key").exists());
        let jar = server.signed_in("roy", "roy").jar;
        assert_eq!(server.terminate(), 0);
        let mut server = server.with("VESTIBULE_SECRET_KEY", &key).without("VESTIBULE_SECRET_KEY_FILE").and_start();
        let mut browser = server.client();
        browser.jar = jar;
        assert!(browser.is_signed_in(), "it is the same key");
        assert!(!server.stderr().contains(&key[..20]));
        assert_eq!(server.terminate(), 0);
        let other = server.with("VESTIBULE_SECRET_KEY", &STANDARD.encode([8; 64]));
        let server = other.with("VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE", "true").and_start();
        let jar = std::mem::take(&mut browser.jar);
        browser = server.client();
        browser.jar = jar;
        assert!(!browser.is_signed_in(), "another key opens no cookie");
    }
}

#[test]
fn a_key_that_is_none_stops_the_start_and_is_not_repeated() {
    let short = STANDARD.encode([7; 32]);
    let zero = STANDARD.encode([0; 64]);
    for bad in ["", "hunter2hunter2", &short, &zero, &format!("{}x", STANDARD.encode([7; 64]))] {
        for variable in ["VESTIBULE_SECRET_KEY", "ROCKET_SECRET_KEY", "VESTIBULE_SECRET_KEY_FILE"] {
            let file = variable.ends_with("_FILE");
            let server = Server::prepare().with(variable, if file { "key" } else { bad });
            write(&server.folder().join("key"), bad, 0o600);
            let output = server.refuses_to_start(&["serve"]);
            assert!(output.code == 1 && output.stderr.contains("secret_key"), "{variable}={bad}: {output:?}");
            assert!(bad.is_empty() || !output.stderr.contains(bad), "{variable}={bad}: {output:?}");
        }
    }
    let missing = Server::prepare().with("VESTIBULE_SECRET_KEY_FILE", "nowhere");
    refused(&missing, &["VESTIBULE_SECRET_KEY_FILE", "nowhere"]);
}

#[test]
fn a_broken_key_file_stops_the_start() {
    for broken in ["", "hunter2hunter2", "\u{0}"] {
        let mut server = Server::empty();
        assert_eq!(server.terminate(), 0);
        std::fs::write(server.folder().join("data/secret_key"), broken).unwrap();
        refused(&server, &["data/secret_key does not hold a secret key"]);
        assert_eq!(
            std::fs::read_to_string(server.folder().join("data/secret_key")).unwrap(),
            broken,
            "it is left alone"
        );
    }
}

#[test]
fn a_key_that_others_can_read_stops_the_start() {
    let mut server = Server::empty();
    assert_eq!(server.terminate(), 0);
    let file = server.folder().join("data/secret_key");
    for open in [0o644, 0o604, 0o602, 0o606, 0o666] {
        std::fs::set_permissions(&file, Permissions::from_mode(open)).unwrap();
        refused(&server, &["data/secret_key", &format!("mode {open:o}"), "chmod 600"]);
        assert_eq!(server.cli(&["user", "list"]).code, 1);
        assert_eq!(mode(&file), open, "it stays as it is");
    }
    for fine in [0o600, 0o400, 0o640, 0o660] {
        std::fs::set_permissions(&file, Permissions::from_mode(fine)).unwrap();
        assert_eq!(server.cli(&["user", "list"]).code, 0, "{fine:o}");
    }
}

#[test]
fn a_configured_key_file_that_others_can_read_stops_the_start_too() {
    let server = Server::prepare().with("VESTIBULE_SECRET_KEY_FILE", "key");
    let (file, key) = (server.folder().join("key"), STANDARD.encode([7; 64]));
    write(&file, &key, 0o644);
    refused(&server, &["VESTIBULE_SECRET_KEY_FILE", "key", "mode 644", "chmod 600 key"]);
    assert!(!server.folder().join("data").exists(), "nothing was made");
    write(&file, &key, 0o440);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    // A pipe has no mode that means anything.
    let mut piped = server.command(&["migrate"]);
    let mut piped = piped.env("VESTIBULE_SECRET_KEY_FILE", "/dev/stdin").stdin(Stdio::piped()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(key.as_bytes()).unwrap();
    assert!(piped.wait().unwrap().success());
}
