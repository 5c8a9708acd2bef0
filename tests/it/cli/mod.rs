//! The command line: data on stdout, messages on stderr, and an exit code that a script can go by.

mod changes;
mod copies;
mod edits;
mod last_admin;
mod lists;
mod output;
mod passwords;
mod prompts;
mod seeds;
mod serving;
mod sessions;
mod usage;
mod users;

use crate::support::{Output, Server};

/// The exit code, what is on stdout, and what is on stderr.
fn told(output: &Output) -> (i32, &str, &str) {
    (output.code, output.stdout.trim_end(), output.stderr.trim_end())
}

#[test]
fn whatever_prints_data_prints_json_too() {
    let server = Server::prepare().and_seed();
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = server.cli(arguments);
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{arguments:?}");
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    };
    assert_eq!(json(&["version", "--json"])["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(json(&["token", "issue", "roy", "--ttl", "2", "--json"])["expires_in"], 120);
    assert_eq!(json(&["todo", "add", "roy", "Repair the gate", "--json"])["title"], "Repair the gate");
    let changed = json(&["user", "set-password", "roy", "--random", "--json"]);
    assert_eq!((changed["username"].as_str(), changed["password"].as_str().map(str::len)), (Some("roy"), Some(24)));
}

#[test]
fn help_reads_well_and_version_tells_the_version() {
    let server = Server::prepare();
    let help = server.cli(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    for word in ["serve", "seed", "user", "session", "migrate", "version", "Exit codes: 0 done", "VESTIBULE_<KEY>"] {
        assert!(help.stdout.contains(word), "{word}: {}", help.stdout);
    }
    assert!(help.stdout.lines().all(|line| line.len() <= 100), "{}", help.stdout);
    for command in [
        &["serve"][..],
        &["seed"],
        &["user"],
        &["user", "add"],
        &["user", "list"],
        &["user", "show"],
        &["user", "set-password"],
        &["user", "rename"],
        &["user", "role"],
        &["user", "role", "add"],
        &["user", "role", "remove"],
        &["user", "import"],
        &["user", "export"],
        &["user", "enable"],
        &["user", "disable"],
        &["user", "delete"],
        &["session"],
        &["session", "list"],
        &["session", "end"],
        &["db"],
        &["db", "copy"],
        &["backup"],
        &["restore"],
        &["check"],
        &["secret"],
        &["secret", "rotate"],
        &["completions"],
        &["man"],
        &["migrate"],
        &["version"],
    ] {
        let help = server.cli(&[command, &["--help"]].concat());
        assert!(help.code == 0 && help.stdout.contains("Usage: vestibule"), "{command:?}: {help:?}");
    }
    for (asked, flag) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "user"], &["user", "--help"]),
        (&["help", "user", "add"], &["user", "add", "--help"]),
        (&["user", "help", "role"], &["user", "role", "--help"]),
    ] {
        let (asked, flag) = (server.cli(asked), server.cli(flag));
        assert_eq!((told(&asked).0, told(&asked).1), (0, told(&flag).1));
    }
    let version = server.cli(&["version"]);
    assert_eq!(told(&version), (0, concat!("vestibule ", env!("CARGO_PKG_VERSION")), ""));
    assert!(!server.folder().join("data").exists(), "asking for help makes nothing");
}

#[test]
fn wrong_usage_is_2() {
    let server = Server::prepare();
    for arguments in [
        &["nonsense"][..],
        &["--nonsense"],
        &["user"],
        &["user", "add"],
        &["user", "show"],
        &["user", "rename", "roy"],
        &["user", "role", "add", "roy"],
        &["user", "role", "add", "roy", "no role"],
        &["user", "role", "add", "roy", "1st"],
        &["user", "list", "--role", ""],
        &["user", "add", "x", "--random"],
        &["user", "add", "two words", "--random"],
        &["user", "add", "ünal", "--random"],
        &["user", "add", "roy@example.com", "--random"],
        &["user", "add", "roy", "--email", "nonsense", "--random"],
        &["user", "add", "roy", "--name", "a\u{202e}b", "--random"],
        &["user", "add", "roy", "--name", " ", "--random"],
        &["user", "add", "roy", "--random", "--password-stdin"],
        &["user", "add", "roy", "--random", "--password-file", "x"],
        &["user", "rename", "roy", "x"],
        &["user", "import"],
        &["user", "import", "x.csv", "--format", "xml"],
        &["user", "import", "x.csv", "--on-conflict", "merge"],
        &["user", "import", "x.csv", "--map", "login"],
        &["user", "import", "x.csv", "--map", "login=nickname"],
        &["user", "import", "-", "--format", "sqlite"],
        &["user", "import", "-", "--table", "users"],
        &["user", "export", "--format", "xml"],
        &["session", "end"],
        &["session", "end", "x", "--all"],
        &["session", "end", "--user", "roy", "--all"],
        &["serve", "x"],
        &["backup", "--force"],
        &["restore"],
        &["check", "x"],
        &["secret"],
        &["completions"],
        &["completions", "tcsh"],
        &["man", "user"],
        &["version", "x"],
    ] {
        let output = server.cli(arguments);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{arguments:?}: {output:?}");
        assert!(!output.stderr.is_empty() && !output.stderr.contains("panicked"), "{arguments:?}: {output:?}");
    }
}

#[test]
fn who_is_not_there_is_3_for_every_command() {
    let server = Server::prepare().and_seed();
    for arguments in [
        &["user", "show", "nobody"][..],
        &["user", "show", "nobody@example.com"],
        &["user", "show", "00000000-0000-7000-8000-000000000000"],
        &["user", "show", ""],
        &["user", "show", "%"],
        &["user", "set-password", "nobody", "--random"],
        &["user", "rename", "nobody", "somebody"],
        &["user", "role", "add", "nobody", "staff"],
        &["user", "role", "remove", "nobody", "staff"],
        &["user", "enable", "nobody"],
        &["user", "disable", "nobody"],
        &["user", "delete", "nobody", "--yes"],
        &["session", "list", "nobody"],
        &["session", "end", "--user", "nobody"],
    ] {
        let output = server.cli(arguments);
        let name = arguments.iter().skip(2).find(|argument| !["add", "remove", "--user"].contains(argument)).unwrap();
        assert_eq!(told(&output), (3, "", format!("Error: No user named {name:?}.").as_str()), "{arguments:?}");
    }
    assert_eq!(
        told(&server.cli(&["session", "end", "x"])),
        (3, "", "Error: No session \"x\": see `vestibule session list`.")
    );
    let role = server.cli(&["user", "role", "remove", "roy", "staff"]);
    assert_eq!(told(&role), (3, "", "Error: roy does not have the role staff."));
}

#[test]
fn migrate_tells_what_it_did() {
    let server = Server::prepare();
    let first = server.cli(&["migrate"]);
    assert!(first.code == 0 && first.stderr.contains("Migrations that ran: 2026"), "{first:?}");
    assert_eq!(told(&server.cli(&["migrate"])), (0, "", "The database is up to date."));
}
