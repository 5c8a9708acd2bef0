//! Lists: they fit 80 columns, can be searched, and take no more memory than a page of them.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use unicode_width::UnicodeWidthStr;

use crate::support::Server;

const LISTS: [[&str; 2]; 4] = [["user", "list"], ["session", "list"], ["todo", "list"], ["throttle", "list"]];

/// A server with accounts, sessions, todos and attempts whose texts are long, or wider than they have characters.
fn wordy() -> Server {
    let server = Server::seeded();
    server.add_user_with("a-name.of-thirty-two-characters_", &["--email", "somebody.with.a.long@address.example.com"]);
    let mut browser = server.client().with("User-Agent", &format!("Browser/1.0 {}", "x".repeat(200)));
    browser.log_in("roy", "roy");
    server.client().with("User-Agent", "Firefox on a Phone").log_in("python", "python");
    for name in ["roy", "a-name.of-thirty-two-characters_", "a name that nobody has"] {
        server.client().log_in(name, "wrong");
    }
    server.cli(&["todo", "add", "roy", &"密码 and so on ".repeat(20)]);
    server.cli(&["todo", "add", "python", "Paint the Fence"]);
    let wide = "密码".repeat(12);
    server.execute(&format!(
        "UPDATE users SET display_name = '{wide}', display_name_folded = '{wide}' WHERE username = 'roy'"
    ));
    let combining = "e\u{301}".repeat(40);
    server.execute(&format!("UPDATE users SET display_name = '{combining}' WHERE username = 'python'"));
    server
}

#[test]
fn they_fit_80_columns_unless_all_is_asked_for() {
    let server = wordy();
    for arguments in LISTS {
        let listed = server.cli(&arguments);
        assert_eq!((listed.code, listed.stderr.as_str()), (0, ""), "{arguments:?}");
        let lines: Vec<&str> = listed.stdout.lines().collect();
        assert!(lines.len() > 2, "{arguments:?}: {lines:#?}");
        assert!(lines.iter().all(|line| line.width() <= 80), "{arguments:?}: {lines:#?}");
        let wide = server.cli(&[&arguments[..], &["--wide"]].concat()).stdout;
        assert_eq!(wide.lines().count(), lines.len(), "{arguments:?}");
        assert!(!wide.contains('…'), "{wide}");
    }
    let users = server.cli(&["user", "list"]).stdout;
    let headings = users.lines().next().unwrap();
    let email = headings.find("EMAIL").unwrap();
    for line in users.lines().skip(1) {
        let before: String = line
            .chars()
            .scan(0, |width, c| {
                *width += c.to_string().width();
                (*width <= email).then_some(c)
            })
            .collect();
        assert!(before.ends_with("  "), "the column begins where its heading does: {users}");
    }
    assert!(users.contains("a-name.of-thirty-two-characters_ "), "names are whole: {users}");
    let wide = server.cli(&["user", "list", "--wide"]).stdout;
    assert!(wide.contains("somebody.with.a.long@address.example.com") && wide.contains("CREATED (UTC)"), "{wide}");
    assert!(wide.contains(&server.sql("SELECT id FROM users WHERE username = 'roy'")[0]), "{wide}");
    let sessions = server.cli(&["session", "list", "--wide"]).stdout;
    assert!(sessions.contains("ADDRESS") && sessions.contains("Browser"), "{sessions}");
    let both = server.cli(&["user", "list", "--wide", "--json"]);
    assert_eq!(both.code, 2, "JSON has everything");
}

#[test]
fn they_are_searched() {
    let server = wordy();
    let found = |arguments: &[&str]| {
        let listed = server.cli(arguments);
        assert_eq!(listed.code, 0, "{listed:?}");
        listed.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    for (arguments, expected) in [
        (&["user", "list", "YTHO"][..], "python"),
        (&["user", "list", "密码"], "roy"),
        (&["user", "list", "LONG@address"], "a-name.of"),
        (&["session", "list", "--search", "on a phone"], "python"),
        (&["session", "list", "--search", "ROY"], "roy"),
        (&["session", "list", "python", "--search", "127.0.0.1"], "python"),
        (&["todo", "list", "--search", "the fence"], "python"),
        (&["throttle", "list", "ROY"], "roy"),
    ] {
        let lines = found(arguments);
        assert!(lines.len() == 1 && lines[0].contains(expected), "{arguments:?}: {lines:#?}");
    }
    for nothing in [
        &["user", "list", "%"][..],
        &["user", "list", "ghost"],
        &["session", "list", "--search", "%"],
        &["session", "list", "roy", "--search", "phone"],
        &["todo", "list", "--search", "_"],
        &["throttle", "list", "100%"],
    ] {
        assert_eq!(found(nothing), [] as [&str; 0], "{nothing:?}");
    }
    assert_eq!(server.cli(&["user", "list", "ghost", "--json"]).stdout, "[]\n");
}

/// Adds accounts straight into the database.
fn add_many(server: &Server, count: u32) {
    server.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO users (id, username, display_name, display_name_folded, created_at) \
         SELECT '01a21000-0000-7000-8000-' || (100000000000 + i), 'user' || (100000 + i), 'Somebody', 'somebody', \
         '2026-11-01 00:00:00' FROM n"
    ));
}

#[test]
fn a_long_one_comes_page_by_page_and_complete() {
    let server = Server::prepare().and_seed();
    add_many(&server, 1_203);
    let names = |listed: &str| -> Vec<String> {
        let list: serde_json::Value = serde_json::from_str(listed).unwrap();
        list.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    let all = server.sql("SELECT username FROM users ORDER BY username");
    assert_eq!(names(&server.cli(&["user", "list", "--json"]).stdout), all);
    let table = server.cli(&["user", "list"]).stdout;
    let first: Vec<&str> = table.lines().skip(1).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(first, all);
    assert_eq!(table.matches("USERNAME").count(), 1, "one heading");
    server.execute(
        "INSERT INTO sessions (id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at, \
         idle_expires_at, expires_at, kind) SELECT id, id, id, FALSE, created_at, created_at, created_at, \
         '2100-01-01 00:00:00', '2100-01-01 00:00:00', 'browser' FROM users WHERE username LIKE 'user%'",
    );
    let sessions = server.cli(&["session", "list", "--json"]).stdout;
    let newest_first: Vec<String> = all.iter().filter(|name| name.starts_with("user")).rev().cloned().collect();
    assert_eq!(names(&sessions), newest_first);
}

/// How many KiB of addresses the program needs to list a few accounts: what is linked into it takes most of them.
fn needed_for_a_few() -> u32 {
    let mut server = Server::prepare().with("MALLOC_ARENA_MAX", "1").and_seed();
    let mut enough = 400_000;
    loop {
        let less = enough - 4_000;
        server = server.with_limit(&format!("-v {less}"));
        if server.cli(&["user", "list", "--json"]).code != 0 {
            return enough;
        }
        enough = less;
    }
}

#[test]
fn a_long_one_takes_little_memory_and_ends_when_nobody_reads_it() {
    // One arena, so that what is counted as memory is what is used.
    let server = Server::prepare().with("MALLOC_ARENA_MAX", "1").and_seed();
    add_many(&server, 15_000);
    server.execute(&format!("UPDATE users SET display_name = '{}'", "0".repeat(1000)));
    // The accounts as a whole, as rows and as JSON, would need 30 MB and more.
    let server = server.with_limit(&format!("-v {}", needed_for_a_few() + 16_000));
    let mut child =
        server.command(&["user", "list", "--json"]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.filter(|line| line.contains("\"username\"")).count(), 15_004);
    assert!(child.wait().unwrap().success());
    for format in [&[][..], &["--json"], &["--wide"]] {
        let arguments = [&["user", "list"], format].concat();
        let mut child = server.command(&arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut head = BufReader::new(child.stdout.take().unwrap());
        head.read_line(&mut String::new()).unwrap();
        drop(head);
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{format:?}"
        );
    }
}
