//! `vestibule audit`: what happened, for those who run the server.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::Server;

/// A server with some events of two users.
fn eventful() -> Server {
    let server = Server::seeded();
    server.client().with("User-Agent", &"Browser ".repeat(20)).log_in("roy", "wrong");
    server.client().log_in("nobody-at-all", "wrong");
    server.signed_in("python", "python").act("/account/name", &[("name", "Monty")]);
    server.cli(&["user", "role", "add", "roy", "staff"]);
    server
}

fn lines(server: &Server, arguments: &[&str]) -> Vec<String> {
    let output = server.cli(&[&["audit"], arguments].concat());
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{arguments:?}");
    output.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn it_tells_in_names_and_fits_80_columns() {
    let server = eventful();
    let table = lines(&server, &[]);
    assert!(table[0].starts_with("TIME (UTC)") && table[0].contains("EVENT"), "{}", table[0]);
    assert!(table.iter().all(|line| line.width() <= 80), "{table:#?}");
    let of = |words: &[&str]| table.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(of(&["role.added", "operator", "roy", "staff"]), "{table:#?}");
    assert!(of(&["user.changed", "python"]), "{table:#?}");
    assert!(table.last().unwrap().contains("role.added"), "the latest comes last");
    assert!(!table.concat().contains("nobody-at-all"));
    let wide = lines(&server, &["--wide", "--event", "login.failed"]);
    assert!(wide[0].contains("ADDRESS") && wide[1].contains("127.0.0.1") && wide[1].contains("Browser Browser"));
}

#[test]
fn it_is_narrowed_down_to_a_user_and_to_events() {
    let server = eventful();
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    let logins = lines(&server, &["--event", "login"]);
    assert!(logins.len() > 3 && logins[1..].iter().all(|line| line.contains("login.")), "{logins:#?}");
    let failed = lines(&server, &["--event", "login.failed", "--user", "roy"]);
    assert_eq!(failed.len(), 2, "{failed:#?}");
    assert_eq!(lines(&server, &["--event", "log%"]).len(), 1, "no pattern: the heading alone");
    let before = lines(&server, &["--user", "roy"]).len();
    assert_eq!(lines(&server, &["--user", &roy]).len(), before);
    server.cli(&["user", "delete", "roy", "--yes"]);
    assert_eq!(lines(&server, &["--user", &roy]).len(), before + 1, "one who is gone is still found by the id");
    let unknown = server.cli(&["audit", "--user", "roy"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (3, ""), "{unknown:?}");
}

#[test]
fn json_is_an_object_on_each_line_and_pages_are_not_seen() {
    let server = eventful();
    server.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) \
         INSERT INTO audit_events (id, at, event, request_id, detail) \
         SELECT '0' || (100000000 + i), '2026-01-01 00:00:00', 'todo.created', '-', '\u{1b}[31m' FROM n",
    );
    let count: usize = server.sql("SELECT count(*) FROM audit_events")[0].parse().unwrap();
    let output = server.cli(&["audit", "--json"]).stdout;
    assert!(!output.contains('\u{1b}'), "nothing steers the terminal");
    let events: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), count);
    let last = events.last().unwrap();
    assert_eq!(
        (&last["event"], &last["actor"], &last["target_name"]),
        (&"role.added".into(), &"operator".into(), &"roy".into())
    );
    assert!(last["at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(server.cli(&["audit", "--json", "--wide"]).code, 2);
}

#[test]
fn it_follows_what_happens() {
    let server = eventful();
    let mut following =
        server.command(&["audit", "--follow", "--json", "--user", "python"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    while next()["event"] != "user.changed" {}
    server.client().log_in("roy", "wrong");
    server.client().log_in("python", "wrong");
    let first = next();
    assert_eq!((&first["event"], &first["target_name"]), (&"login.failed".into(), &"python".into()));
    server.cli(&["user", "disable", "python"]);
    assert_eq!(next()["event"], "user.disabled");
    following.kill().unwrap();
    following.wait().unwrap();
}

#[test]
fn whoever_is_followed_stays_the_same_whatever_their_name_is() {
    let server = eventful();
    let mut following =
        server.command(&["audit", "--follow", "--json", "--user", "roy"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    while next()["event"] != "role.added" {}
    let mut after = |arguments: &[&str]| {
        assert_eq!(server.cli(arguments).code, 0, "{arguments:?}");
        next()["event"].as_str().unwrap().to_owned()
    };
    assert_eq!(after(&["user", "rename", "roy", "royal"]), "user.renamed");
    assert_eq!(server.cli(&["user", "rename", "python", "roy"]).code, 0);
    assert_eq!(after(&["user", "disable", "royal"]), "user.disabled", "not what happens to who has the name now");
    assert_eq!(after(&["user", "delete", "royal", "--yes"]), "user.deleted");
    following.kill().unwrap();
    following.wait().unwrap();
}

#[test]
fn columns_are_as_wide_as_they_can_be_although_what_comes_first_is_little() {
    let server = eventful();
    let detail = "of some length";
    // More than a page looks through, so that the first page has no rows.
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, actor, request_id) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11000) \
         SELECT '0' || (100000000 + i), {}, 'todo.created', '{roy}', '-' FROM n",
        server.time("0 seconds")
    ));
    let table = lines(&server, &["--user", "roy", "--event", "login.failed"]);
    assert_eq!(table.len(), 2, "{table:#?}");
    assert!(table[1].contains("login.failed") && table[1].ends_with("wrong password"), "{table:#?}");

    let mut following =
        server.command(&["audit", "--follow", "--event", "made.up"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, request_id, detail) \
         VALUES ('f', {}, 'made.up', '-', '{detail}')",
        server.time("0 seconds")
    ));
    let mut next = || lines.next().unwrap().unwrap();
    assert!(next().starts_with("TIME (UTC)"));
    let first = next();
    assert!(first.contains("made.up") && first.contains("of some"), "{first}");
    following.kill().unwrap();
    following.wait().unwrap();
}

/// Lets an event of this time and number be in the audit, by the clock of whoever made it.
fn event(server: &Server, hours_ahead: f64, number: usize, detail: &str) {
    let seconds = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs_f64() + hours_ahead * 3600.0;
    let time = (seconds * 1000.0) as u64;
    let id = format!("{:08x}-{:04x}-7000-8000-{number:012x}", time >> 16, time & 0xffff);
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, request_id, detail) VALUES ('{id}', {}, 'todo.created', '-', '{detail}')",
        server.time("0 seconds")
    ));
}

#[test]
fn what_nodes_with_other_clocks_write_is_followed_too_and_told_once() {
    let server = eventful();
    let mut following = server.command(&["audit", "--follow", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let mut until = |last: &str| -> Vec<String> {
        let mut told = Vec::new();
        while told.last().is_none_or(|detail| detail != last) {
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
            told.push(line["detail"].as_str().unwrap_or_default().to_owned());
        }
        told
    };
    until("staff");
    event(&server, 1.0, 1, "of a clock that is an hour ahead");
    assert_eq!(until("of a clock that is an hour ahead").len(), 1);
    event(&server, -0.002, 2, "of a slow commit");
    event(&server, 2.0, 3, "the next");
    assert_eq!(until("the next"), ["of a slow commit", "the next"]);
    server.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) \
         INSERT INTO audit_events (id, at, event, request_id, detail) \
         SELECT substr(max_id, 1, 24) || (100000000000 + i), {}, 'todo.created', '-', 'many' FROM n \
         CROSS JOIN (SELECT max(id) AS max_id FROM audit_events) AS latest",
        server.time("0 seconds")
    ));
    event(&server, 3.0, 4, "the last");
    let told = until("the last");
    assert_eq!(told.iter().filter(|detail| *detail == "many").count(), 1200);
    assert_eq!(told.len(), 1201, "each once");
    following.kill().unwrap();
    following.wait().unwrap();
}
