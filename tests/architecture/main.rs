//! The rules of the house, checked on the text of the sources: which floor may use what, how long a file may be.

mod circles;
mod files;
mod imports;
mod texts;

use std::fs;
use std::path::Path;

use files::files;

/// The floors from the ground up. A file may use what is on its own floor only where it is the same room, and
/// everything below; `api` and `web` are on one floor and don't know each other.
const FLOORS: &[&[&str]] = &[
    &["config", "db", "mail", "metrics", "notation", "texts"],
    &["accounts", "todos", "home", "export", "backup", "check"],
    &["http"],
    &["api", "web"],
    &["server"],
    &["cli"],
];

/// Rooms that use another one on their own floor, and never the other way round: the configuration checks the address
/// of the database and those of mail, the texts, and for characters that no name may have; letters are made of texts; the database counts who waits for it; what
/// people have to do belongs to accounts, home and the export show something of both, a restore ends logins, and a check
/// looks at accounts and backups.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("config", "db"),
    ("config", "mail"),
    ("config", "notation"),
    ("config", "texts"),
    ("mail", "texts"),
    ("db", "metrics"),
    ("todos", "accounts"),
    ("home", "accounts"),
    ("home", "todos"),
    ("export", "accounts"),
    ("export", "todos"),
    ("backup", "accounts"),
    ("check", "accounts"),
    ("check", "backup"),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Fails when a room names a crate that it must not know.
fn never(rooms: &[&str], crates: &[&str]) {
    for file in files("src", ".rs").iter().filter(|file| rooms.contains(&file.room())) {
        for name in crates {
            assert_eq!(file.mentions(name), [""; 0], "{} knows {name}", file.path);
        }
    }
}

#[test]
fn imports_go_down_only() {
    for file in files("src", ".rs") {
        let room = file.room();
        if ["main", "lib"].contains(&room) {
            continue;
        }
        let own = floor(room).unwrap_or_else(|| panic!("{}: on which floor is {room}?", file.path));
        for used in file.uses() {
            let Some(other) = floor(used) else { continue };
            let fine = other < own || used == room || NEIGHBOURS.contains(&(room, used));
            assert!(fine, "{} uses crate::{used}", file.path);
        }
    }
}

#[test]
fn each_floor_knows_its_own_crates_only() {
    never(
        &["accounts", "todos", "home", "export", "backup", "check", "db", "mail"],
        &["rocket", "rocket_dyn_templates", "hyper"],
    );
    never(&["web", "api", "http", "server", "cli", "config"], &["diesel", "diesel_migrations", "libsqlite3_sys"]);
    never(&["db", "config", "http", "web", "api", "server"], &["clap", "rpassword"]);
    never(&["accounts", "db", "config", "http", "api", "cli"], &["tera", "rocket_dyn_templates"]);
    for file in files("src", ".rs").iter().filter(|file| !file.path.starts_with("src/accounts/password/")) {
        for name in ["bcrypt", "argon2", "scrypt", "pbkdf2"] {
            assert_eq!(file.mentions(name), [""; 0], "{} knows {name}", file.path);
        }
    }
}

#[test]
fn handlers_ask_and_never_query() {
    for file in files("src", ".rs").iter().filter(|file| ["web", "api", "http"].contains(&file.room())) {
        let queries = file.code().into_iter().filter(|line| line.contains("sql_query") || line.contains("schema::"));
        assert_eq!(queries.collect::<Vec<_>>(), [""; 0], "{}", file.path);
    }
}

#[test]
fn doors_see_no_connection() {
    for file in files("src", ".rs").iter().filter(|file| ["web", "api", "http", "server", "cli"].contains(&file.room()))
    {
        let words = ["DbConnection", "Work<", "work::Work", ".db.", "accounts.read(", "accounts.write(", "pool::"];
        let sees = |line: &str| words.iter().any(|word| line.contains(word));
        let seen: Vec<&str> = file.code().into_iter().filter(|line| sees(line)).collect();
        assert_eq!(seen, [""; 0], "{}: let accounts or todos do it", file.path);
    }
}

#[test]
fn files_are_short() {
    let generated = ["src/db/schema.rs"];
    for file in [files("src", ".rs"), files("tests", ".rs"), files("benches", ".rs")].concat() {
        let lines = file.text.lines().count();
        assert!(lines <= 250 || generated.contains(&file.path.as_str()), "{} has {lines} lines", file.path);
    }
}

#[test]
fn every_file_says_what_it_is() {
    let written = [files("src", ".rs"), files("benches", ".rs")].concat();
    for file in written.iter().filter(|file| file.path != "src/db/schema.rs") {
        assert!(file.text.starts_with("//! "), "{}", file.path);
    }
    for file in files("tests", ".rs") {
        let part_of_a_list = file.path.ends_with("/mod.rs");
        assert!(file.text.starts_with("//! ") || part_of_a_list, "{}", file.path);
    }
}

#[test]
fn tests_run_on_both_engines() {
    // Backups are SQLite files, and upgrades start from those of former versions.
    let of_sqlite =
        ["PRAGMA", "julianday(", "strftime(", "datetime('", "sqlite_schema", "BEGIN IMMEDIATE", "INSERT OR "];
    for file in files("tests", ".rs") {
        if ["tests/architecture/", "tests/support/", "tests/it/upgrade/", "tests/it/backup/"]
            .iter()
            .any(|folder| file.path.starts_with(folder))
        {
            continue;
        }
        for word in of_sqlite {
            assert!(!file.text.contains(word), "{}: {word} is SQLite's own: say it in tests/support", file.path);
        }
        let knows_the_file = ["/vestibule.db", "vestibule.db-"].iter().any(|name| file.text.contains(name));
        let says_so = file.text.contains("Server::on_sqlite()") || file.text.contains(".postgres()");
        assert!(!knows_the_file || says_so, "{}: what is it on PostgreSQL?", file.path);
    }
}

#[test]
fn what_pages_may_do_is_said_in_one_place() {
    for file in files("src", ".rs") {
        let by_hand = file.code().iter().any(|line| line.contains("Content-Security-Policy"));
        assert!(!by_hand || file.path.starts_with("src/http/headers/"), "{}", file.path);
    }
}

#[test]
fn nothing_unsafe_and_nothing_unfinished() {
    for root in ["src/lib.rs", "src/main.rs"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(root)).expect("it is text");
        assert!(text.contains("#![forbid(unsafe_code)]"), "{root}");
    }
    for file in files("src", ".rs") {
        for line in file.code() {
            for word in
                [".unwrap()", "todo!", "unimplemented!", "println!", "print!(", "dbg!", "process::exit", "unsafe "]
            {
                assert!(!line.contains(word), "{}: {word}: {line}", file.path);
            }
        }
        assert!(!file.text.contains("TODO") && !file.text.contains("FIXME"), "{}", file.path);
    }
}

#[test]
fn a_server_waits_for_nobody_who_reads_stderr() {
    let direct = ["src/cli/stderr/mod.rs", "src/cli/output.rs", "src/cli/user/change.rs"];
    for file in files("src", ".rs") {
        let words = match file.path.as_str() {
            "src/cli/serve.rs" => &["eprint", "stderr()", "output::say"][..],
            path if direct.contains(&path) => &[],
            _ => &["eprint", "stderr()"],
        };
        for word in words {
            assert!(!file.code().iter().any(|line| line.contains(word)), "{}: {word}", file.path);
        }
    }
}

#[test]
fn no_test_is_skipped_and_none_sleeps() {
    for file in files("tests", ".rs").iter().filter(|file| file.path != "tests/architecture/main.rs") {
        assert!(!file.text.contains("#[ignore"), "{}", file.path);
        let polls = file.path.starts_with("tests/support/") || file.path.starts_with("tests/browser/");
        assert!(polls || !file.text.contains("thread::sleep"), "{}", file.path);
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("it is text");
    let mut explained = false;
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
            explained = false;
        }
        let dependency = section.contains("dependencies]") && line.contains('=') && !line.starts_with('#');
        assert!(!dependency || explained, "{line}");
        // One comment may speak for the lines right below it.
        explained = line.starts_with('#') || explained && !line.is_empty();
    }
}

#[test]
fn pages_need_no_script_and_no_inline_style() {
    let inline = ["<script", "javascript:", "style=", "<style", " onclick", " onload", "| safe", "http://", "https://"];
    for file in files("templates", ".html.tera") {
        for word in inline {
            assert!(!file.text.contains(word), "{}: {word}", file.path);
        }
    }
}
