//! `vestibule check` names what is wrong, says what to do, and changes nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use crate::support::{Output, Server};

/// A subject, the state that it is in, and what is said of it.
pub(super) type Finding = (String, String, String);

pub(super) fn check_with(server: &Server, arguments: &[&str]) -> (Output, Vec<Finding>) {
    let output = server.cli(&[&["check", "--json"], arguments].concat());
    let list: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = list.as_array().unwrap().iter();
    let findings = findings.map(|f| (text(f, "about"), text(f, "state"), text(f, "says"))).collect();
    (output, findings)
}

pub(super) fn check(server: &Server) -> (Output, Vec<Finding>) {
    check_with(server, &[])
}

/// What is said of one subject: each state with its sentence.
pub(super) fn about(server: &Server, arguments: &[&str], subject: &str) -> Vec<(String, String)> {
    let (_, findings) = check_with(server, arguments);
    findings.into_iter().filter(|finding| finding.0 == subject).map(|(_, state, says)| (state, says)).collect()
}

/// Fails unless just one thing is wrong, and what is said of it has all these parts.
#[track_caller]
pub(super) fn one_is_wrong(server: &Server, about: &str, parts: &[&str]) {
    let (output, findings) = check(server);
    let wrong: Vec<_> = findings.iter().filter(|(_, state, _)| state == "wrong").collect();
    assert_eq!((output.code, wrong.len()), (1, 1), "{findings:#?}");
    assert_eq!(wrong[0].0, about, "{wrong:?}");
    for part in parts {
        assert!(wrong[0].2.contains(part), "{part}: {wrong:?}");
    }
    assert!(output.stderr.contains("one thing is wrong"), "{output:?}");
}

#[track_caller]
pub(super) fn nothing_is_wrong(server: &Server) -> Vec<Finding> {
    let (output, findings) = check(server);
    assert_eq!((output.code, output.stderr.as_str()), (0, "Nothing is wrong.\n"), "{findings:#?}");
    findings
}

/// A server that is not running, in good order.
pub(super) fn in_order() -> Server {
    let server = Server::on_sqlite().and_seed();
    assert_eq!(server.cli(&["backup"]).code, 0);
    nothing_is_wrong(&server);
    server
}

#[test]
fn it_says_of_each_thing_how_it_is_beside_a_running_server_and_without() {
    let mut server = Server::seeded();
    let findings = nothing_is_wrong(&server);
    for about in
        ["configuration", "data folder", "secret key", "database", "backups", "clock", "passwords", "address", "mail"]
    {
        assert!(findings.iter().any(|finding| finding.0 == about), "{about}: {findings:#?}");
    }
    let says = |findings: &[Finding], part: &str| findings.iter().any(|finding| finding.2.contains(part));
    assert!(says(&findings, "a server runs on this data folder") && says(&findings, "public_url"), "{findings:#?}");
    assert!(
        says(&findings, "bcrypt_cost 4, so") && says(&findings, "is the highest that takes less than half"),
        "{findings:#?}"
    );
    assert!(says(&findings, "bcrypt_cost is below 10"), "what a start warns of: {findings:#?}");
    assert_eq!(server.terminate(), 0);
    assert!(says(&nothing_is_wrong(&server), "is free for the server"));
    let text = server.cli(&["check"]);
    assert!(text.stdout.lines().all(|line| ["ok ", "note "].iter().any(|state| line.starts_with(state))), "{text:?}");
}

#[test]
fn it_says_whether_people_who_forget_their_password_get_mail() {
    let server = Server::on_sqlite().and_seed();
    let of_mail = |server: &Server| {
        let found = nothing_is_wrong(server).into_iter().filter(|finding| finding.0 == "mail").collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].1.clone(), found[0].2.clone())
    };
    let (state, says) = of_mail(&server);
    assert!(
        state == "note" && says.contains("needs a link from an admin") && says.contains("mail_transport"),
        "{says}"
    );
    let server = server
        .with("VESTIBULE_MAIL_TRANSPORT", "smtp")
        .with("VESTIBULE_MAIL_FROM", "login@example.com")
        .with("VESTIBULE_SMTP_URL", "smtps://name:s3cret@mail.example.com");
    let (state, says) = of_mail(&server);
    assert!(
        state == "ok" && says.contains("smtps://mail.example.com:465, from Vestibule <login@example.com>"),
        "{says}"
    );
    assert!(!says.contains("s3cret"), "{says}");
}

#[test]
fn in_a_new_folder_it_makes_nothing() {
    let server = Server::on_sqlite();
    let findings = nothing_is_wrong(&server);
    assert!(
        findings.iter().filter(|finding| finding.2.contains("the first start makes it")).count() >= 3,
        "{findings:#?}"
    );
    assert_eq!(fs::read_dir(server.folder()).unwrap().count(), 0);
    let server = Server::on_sqlite().and_seed();
    let names = |server: &Server| fs::read_dir(server.folder().join("data")).unwrap().count();
    let (before, rows) = (names(&server), server.row_counts());
    nothing_is_wrong(&server);
    assert_eq!((names(&server), server.row_counts()), (before, rows));
}

#[test]
fn a_setting_that_cannot_be_used_is_named() {
    one_is_wrong(&in_order().with("VESTIBULE_BCRYPT_COST", "99"), "configuration", &["bcrypt_cost", "from 4 to 16"]);
}

#[test]
fn a_key_that_is_missing_short_or_open_to_others_is_named() {
    let server = in_order();
    let file = server.folder().join("data/secret_key");
    let key = fs::read(&file).unwrap();
    fs::write(&file, &key[..20]).unwrap();
    one_is_wrong(&server, "secret key", &["does not hold a secret key", "backup"]);
    fs::write(&file, &key).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    one_is_wrong(&server, "secret key", &["open to other accounts", "chmod 600"]);
    fs::remove_file(&file).unwrap();
    one_is_wrong(&server, "secret key", &["data/secret_key", "VESTIBULE_SECRET_KEY_FILE"]);
    fs::copy(in_order().folder().join("data/secret_key"), &file).unwrap();
    one_is_wrong(&server, "database", &["is used with another secret key"]);
    let server = server.with("VESTIBULE_SECRET_KEY_FILE", "nowhere/key");
    one_is_wrong(&server, "configuration", &["VESTIBULE_SECRET_KEY_FILE names nowhere/key, which can't be used"]);
}

#[test]
fn a_database_that_is_lost_damaged_newer_or_locked_is_named() {
    let server = in_order();
    let file = server.folder().join("data/vestibule.db");
    let whole = fs::read(&file).unwrap();
    let mut lock = server.connection();
    lock.batch("BEGIN EXCLUSIVE");
    one_is_wrong(&server, "database", &["locked it for longer than five seconds"]);
    drop(lock);
    nothing_is_wrong(&server);

    let mut damaged = whole.clone();
    for page in 4..whole.len() / 4096 {
        damaged[page * 4096..page * 4096 + 64].fill(0xff);
    }
    fs::write(&file, damaged).unwrap();
    one_is_wrong(&server, "database", &["damaged", "vestibule restore"]);
    fs::write(&file, "").unwrap();
    one_is_wrong(&server, "database", &["missing or empty", "vestibule restore"]);
    fs::write(&file, &whole).unwrap();
    server.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    one_is_wrong(&server, "database", &["newer version of Vestibule"]);
}

#[test]
fn an_older_database_and_old_backups_are_noted() {
    let server = in_order();
    server.execute("DROP TABLE spent_captchas");
    server.execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261128000040'");
    for file in fs::read_dir(server.folder().join("data/backups")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    fs::write(server.folder().join("data/backups/vestibule-20260101T000000.000Z-timer.db"), "").unwrap();
    let noted = nothing_is_wrong(&server);
    for part in ["of an older version", "every 24 hours"] {
        assert!(noted.iter().any(|finding| finding.1 == "note" && finding.2.contains(part)), "{part}: {noted:#?}");
    }
}

#[test]
fn a_clock_that_is_behind_is_named() {
    let server = in_order();
    server.execute("UPDATE audit_events SET at = '2099-01-01 00:00:00'");
    one_is_wrong(&server, "clock", &["2099-01-01 00:00 UTC", "set the clock"]);
}

#[test]
fn two_checks_at_once_take_each_other_for_no_server() {
    let mut server = Server::on_sqlite().and_seed().and_start();
    assert_eq!(server.terminate(), 0);
    assert_eq!(server.cli(&["backup"]).code, 0);
    let looking = fs::File::open(server.folder().join("data/serve.lock")).unwrap();
    looking.lock_shared().unwrap();
    let findings = nothing_is_wrong(&server);
    assert!(findings.iter().any(|finding| finding.2.contains("is free for the server")), "{findings:#?}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    one_is_wrong(&in_order().with("ROCKET_PORT", &port), "address", &["can't listen on 127.0.0.1", "`port`"]);
}

#[test]
fn a_full_disk_and_a_folder_that_is_read_only_are_named() {
    for (mount, why) in [
        // What is there is bound to a place from which it is copied onto a disk without room.
        (
            "cp -a data was && mount -t tmpfs -o size=1m none data && cp -a was/. data && (cat /dev/zero > data/fill || true)",
            "No space left",
        ),
        ("mount --bind data data && mount -o remount,bind,ro data", "Read-only file system"),
    ] {
        let server = in_order().with_mounts(&format!("({mount}) 2>/dev/null"));
        let (output, findings) = check(&server);
        let folder = findings.iter().find(|(about, state, _)| about == "data folder" && state == "wrong");
        let says = &folder.unwrap_or_else(|| panic!("{findings:#?}")).2;
        assert!(says.contains("can't be written") && says.contains(why), "{says}");
        assert_eq!(output.code, 1);
    }
}

#[test]
fn a_stdout_that_is_closed_or_full_is_no_success() {
    let server = in_order();
    let full = fs::File::options().write(true).open(Path::new("/dev/full")).unwrap();
    let output = server.command(&["check"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("the output can't be written"), "{output:?}");
}
