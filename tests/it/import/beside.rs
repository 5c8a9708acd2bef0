//! What goes on beside an import.

use std::io::Write;
use std::process::Stdio;

use super::many;
use crate::support::{Server, wait_for};

#[test]
fn people_log_in_while_an_import_runs_and_one_import_runs_at_a_time() {
    let server = Server::seeded();
    let mut import = server.command(&["user", "import", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut pipe = import.stdin.take().unwrap();
    let text = many(2000);
    let (first, rest) = text.split_at(text.len() / 2);
    pipe.write_all(first.as_bytes()).unwrap();
    wait_for("the first rows", || server.sql("SELECT count(*) FROM staged_users").pop().filter(|count| count != "0"));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "between its steps");
    let second = server.import("username\nzoe\n", &[]);
    assert_eq!(
        (second.code, second.stderr.trim_end()),
        (1, "Error: another import is going on: wait until it is done")
    );
    assert_eq!(server.cli(&["user", "add", "user1", "--random"]).code, 0, "names are free until it checks them");
    pipe.write_all(rest.as_bytes()).unwrap();
    drop(pipe);
    let mut logins = 0;
    while import.try_wait().unwrap().is_none() {
        assert_eq!(server.client().log_in("python", "python").leads_to(), (303, "/"));
        logins += 1;
    }
    let ended = import.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(logins > 0 && said.contains("line 2: user1 belongs to the account user1 already"), "{logins}: {said}");
    assert_eq!(ended.status.code(), Some(1), "and then it is told of the clash");
    assert_eq!(server.usernames(), ["admin", "jumpiness", "python", "roy", "user1"]);
    assert!(server.nothing_is_staged());
}

#[test]
fn a_terminal_shows_how_far_it_is_and_a_pipe_does_not() {
    let server = Server::migrated().with("TERM", "xterm");
    server.file("users.csv", &many(1500));
    let (code, screen) = server.in_terminal(&["user", "import", "users.csv"]).end();
    assert_eq!(code, 0, "{screen}");
    for part in ["rows read, ", "accounts made, ", " a second, ", " left", "%"] {
        assert!(screen.contains(part), "{part}: {screen:?}");
    }
    let piped = server.cli(&["user", "import", "users.csv", "--on-conflict", "update"]);
    assert!(!piped.stderr.contains(" left") && !piped.stderr.contains('\u{1b}'), "{piped:?}");
}
