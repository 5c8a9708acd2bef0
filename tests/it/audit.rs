//! The audit: a row and a JSON line for everything that happens, and nothing that a thief could use.

use std::path::Path;

use serde_json::Value;

use crate::support::{Server, wait_for};

/// The JSON lines of the log that tell of an event.
fn lines(server: &Server, event: &str) -> Vec<Value> {
    let log = server.stderr();
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["event"] == event).collect()
}

fn row(server: &Server, event: &str) -> Vec<String> {
    let columns = ["actor", "target", "address", "user_agent", "request_id", "detail"];
    let columns = columns.map(|column| format!("coalesce({column}, 'none')")).join(" || ' | ' || ");
    server.sql(&format!("SELECT {columns} FROM audit_events WHERE event = '{event}' ORDER BY at"))
}

fn id_of(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0)
}

#[test]
fn logins_failures_logouts_and_refusals_are_recorded_and_logged() {
    let server = Server::seeded();
    let roy = id_of(&server, "roy");
    let mut browser = server.client().browsing().with("User-Agent", "Browser/1.0");
    browser.log_in("roy", "wrong");
    browser.log_in("roy", "roy");
    let session = server.sql("SELECT id FROM sessions").remove(0);
    browser.clone().with("Origin", "null").with("Sec-Fetch-Site", "cross-site").post("/logout", &[]);
    browser.post("/logout", &[]);
    for (event, actor, target, detail) in [
        ("login.failed", "none", roy.as_str(), "wrong password"),
        ("login.succeeded", "", &roy, &session),
        ("logout", &roy, &roy, "none"),
    ] {
        let rows = row(&server, event);
        let cells: Vec<&str> = rows[0].split(" | ").collect();
        assert_eq!(rows.len(), 1, "{event}: {rows:?}");
        assert_eq!((cells[1], cells[5]), (target, detail), "{event}");
        assert!(actor.is_empty() || cells[0] == actor, "{event}: {rows:?}");
        assert_eq!((cells[2], cells[3]), ("127.0.0.1", "Browser/1.0"), "{event}");
        let line = wait_for("the line in the log", || lines(&server, event).pop());
        assert_eq!((&line["target"], &line["address"]), (&target.into(), &"127.0.0.1".into()), "{event}");
        assert_eq!(line["request_id"], cells[4], "the row and the line are of one request: {event}");
        let time = line["timestamp"].as_str().unwrap();
        assert!(time.ends_with('Z') && time.contains('T'), "UTC: {time}");
    }
    let refused = wait_for("the refusal", || row(&server, "request.refused").pop());
    assert!(refused.ends_with("POST /logout from another site"), "{refused}");
    assert_eq!(lines(&server, "request.refused").len(), 1);
}

#[test]
fn a_failure_names_the_account_but_never_an_unknown_name() {
    let server = Server::seeded();
    server.execute("UPDATE users SET password_hash = NULL WHERE username = 'python'");
    server.cli(&["user", "disable", "jumpiness"]);
    for name in ["roy", "python", "jumpiness", "Nobody", "nobody ", "ｎｏｂｏｄｙ", "somebody"] {
        server.client().log_in(name, "wrong");
    }
    let details = server.sql("SELECT detail FROM audit_events WHERE event = 'login.failed' ORDER BY at, id");
    assert_eq!(details[..3], ["wrong password", "account without a password", "disabled account"]);
    let digest = |place: usize| details[place].strip_prefix("unknown name, name:").unwrap();
    assert_eq!(digest(3), digest(4), "repetitions show");
    assert_eq!(digest(3), digest(5), "whatever the spelling");
    assert_ne!(digest(3), digest(6));
    assert!(digest(3).len() >= 16 && digest(3).bytes().all(|b| b.is_ascii_hexdigit()));
    let targets = server.sql("SELECT count(target) FROM audit_events WHERE event = 'login.failed'");
    assert_eq!(targets, ["3"], "known accounts are named by their id");

    let other = Server::seeded();
    other.client().log_in("nobody", "wrong");
    let theirs = other.sql("SELECT detail FROM audit_events WHERE event = 'login.failed'");
    assert_ne!(theirs[0], details[3], "another server's key makes another digest");
}

#[test]
fn what_the_command_line_does_is_recorded_as_the_operators() {
    let server = Server::prepare().and_seed().and_start();
    let before = server.audit().len();
    server.signed_in("roy", "roy");
    server.add_user_with("zoe", &["--role", "staff"]);
    let zoe = id_of(&server, "zoe");
    for command in [
        &["user", "rename", "zoe", "zora"][..],
        &["user", "role", "add", "zora", "boss"],
        &["user", "role", "remove", "zora", "boss"],
        &["user", "set-password", "zora", "--random"],
        &["user", "disable", "zora"],
        &["user", "enable", "zora"],
        &["user", "delete", "zora", "--yes"],
        &["session", "end", "--user", "roy"],
        &["session", "end", "--all"],
    ] {
        assert_eq!(server.cli(command).code, 0, "{command:?}");
    }
    let audit = server.audit();
    let tail: Vec<&str> = audit[before + 1..].iter().map(String::as_str).collect();
    assert_eq!(
        tail,
        [
            "user.created: zoe",
            "role.added: staff",
            "user.renamed: zoe to zora",
            "role.added: boss",
            "role.removed: boss",
            "password.set",
            "user.disabled",
            "user.enabled",
            "user.deleted: zora",
            "session.ended: 1 of the user",
            "session.ended: 0 of everyone",
        ]
    );
    let who = "SELECT DISTINCT actor || coalesce(address, '') FROM audit_events WHERE event NOT LIKE 'login%'";
    assert_eq!(server.sql(who), ["operator"]);
    let named = format!("SELECT count(*) FROM audit_events WHERE target = '{zoe}'");
    assert_eq!(server.sql(&named), ["9"], "its id still finds all that was done to it");
}

#[test]
fn no_password_token_or_unknown_name_is_on_the_disk_or_in_the_log() {
    const NAME: &str = "marker-name-7d1f";
    const PASSWORD: &str = "marker-password-93ab";
    let mut server = Server::seeded();
    let mut browser = server.client().browsing();
    browser.log_in(NAME, PASSWORD);
    browser.get("/login");
    browser.log_in("roy", PASSWORD);
    browser.log_in(PASSWORD, "roy");
    browser.log_in(&format!("{NAME}@example.com"), PASSWORD);
    browser.json().post("/login", &[("username", NAME), ("password", PASSWORD)]);
    browser.json().send(
        "POST",
        "/login",
        Some("application/json"),
        &format!(r#"{{"username":"{NAME}","password":"{PASSWORD}"}}"#),
    );
    browser.post("/login", &[("username", NAME), ("password", PASSWORD), (NAME, PASSWORD)]);
    browser.post("/login", &[("username", ""), ("password", PASSWORD)]);
    browser.with("Host", "evil.example").log_in(NAME, PASSWORD);
    browser.with("Sec-Fetch-Site", "cross-site").log_in(NAME, PASSWORD);
    server.cli_with_stdin(&["user", "set-password", "python", "--password-stdin"], PASSWORD);
    assert_eq!(browser.log_in("python", PASSWORD).leads_to(), (303, "/"));
    let random = server.cli(&["user", "set-password", "roy", "--random"]).stdout.trim().to_owned();
    let jar = browser.jar.clone();

    let traces: Vec<String> =
        [NAME, PASSWORD, &random].map(str::to_owned).into_iter().chain(jar.into_values()).collect();
    let search = |server: &Server, when: &str| {
        let mut files = files_below(server.folder());
        match server.postgres() {
            Some(_) => files.push(("the database".to_owned(), server.all_values().join("\n").into_bytes())),
            None => assert!(files.iter().any(|(name, bytes)| name.ends_with("vestibule.db") && bytes.len() > 4096)),
        }
        for trace in &traces {
            assert!(!server.stderr().contains(trace.as_str()), "{when}: {trace} is in the log");
            for (name, bytes) in &files {
                let found = bytes.windows(trace.len()).any(|window| window.eq_ignore_ascii_case(trace.as_bytes()));
                assert!(!found, "{when}: {trace} is in {name}");
            }
        }
    };
    search(&server, "while it runs, with the write-ahead log");
    assert_eq!(server.terminate(), 0);
    search(&server, "afterwards");
}

#[test]
fn a_debug_log_tells_no_secret_either() {
    const PASSWORD: &str = "marker-password-93ab";
    let server = Server::prepare().and_seed().with("ROCKET_LOG_LEVEL", "debug").and_start();
    let mut browser = server.client().browsing();
    browser.log_in("marker-name-7d1f", PASSWORD);
    server.cli_with_stdin(&["user", "set-password", "python", "--password-stdin"], PASSWORD);
    assert_eq!(browser.log_in("python", PASSWORD).leads_to(), (303, "/"));
    browser.get("/");
    let key = std::fs::read_to_string(server.folder().join("data/secret_key")).unwrap();
    let log = server.stderr();
    assert!(log.len() > 2000, "it does tell a lot");
    for secret in [PASSWORD, "marker-name-7d1f", key.trim(), &browser.jar["session"], "$bcrypt-sha256"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| match path.is_dir() {
        true => files_below(&path),
        false => vec![(path.display().to_string(), std::fs::read(&path).unwrap())],
    };
    entries.flat_map(read).collect()
}
