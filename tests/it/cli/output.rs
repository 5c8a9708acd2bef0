//! Where the output goes: a closed pipe is no panic, and nobody's text moves the cursor.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::support::{Server, wait_for};

#[test]
fn a_closed_stdout_is_no_panic() {
    let server = Server::prepare().and_seed();
    for arguments in [
        &["--help"][..],
        &["user", "--help"],
        &["version"],
        &["user", "list"],
        &["user", "list", "--json"],
        &["user", "show", "roy"],
        &["user", "role", "add", "roy", "staff"],
        &["session", "list"],
        &["seed", "--force"],
        &["migrate"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = server.command(arguments).stdin(Stdio::null()).stdout(writer).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
    assert!(server.cli(&["user", "show", "roy"]).stdout.contains("staff"), "the work was done");
}

#[test]
fn a_closed_stderr_changes_no_exit_code() {
    let server = Server::prepare().and_seed();
    for (arguments, code) in [
        (&["user", "show", "nobody"][..], 3),
        (&["user", "role", "add", "roy", "staff"], 0),
        (&["user", "nonsense"], 2),
        (&["seed"], 4),
        (&["user", "disable", "admin"], 1),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status =
            server.command(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(writer).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_server_goes_on_when_nobody_reads_what_it_says() {
    let server = Server::prepare().and_seed();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = server.command(&["serve"]).stdin(Stdio::null()).stdout(writer).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let ready = lines.find_map(|line| line.ok()?.split("ready at http://127.0.0.1:").nth(1).map(str::to_owned));
    let port: u16 = ready.unwrap().parse().unwrap();
    // From here on stderr is closed, too.
    drop(lines);
    let mut client = crate::support::Client::new(port);
    for _ in 0..3 {
        assert_eq!(client.log_in("roy", "wrong").leads_to(), (303, "/login"), "this writes to the log");
        assert_eq!(client.log_in("roy", "roy").leads_to(), (303, "/"));
        assert_eq!(client.get("/").status, 200);
    }
    assert!(child.try_wait().unwrap().is_none(), "it still runs");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn what_a_stranger_wrote_cannot_steer_the_terminal() {
    let server = Server::seeded();
    let evil = "\u{9b}31m\u{85}\u{202e}evil\u{2066}\u{200f}";
    server.client().with("User-Agent", evil).log_in("roy", "roy");
    server.signed_in("python", "python");
    let agent = "\u{1b}]0;owned\u{7}\u{8}\r\nx";
    server.execute(&format!("UPDATE sessions SET user_agent = '{agent}' WHERE user_agent IS NULL"));
    let name = "\u{1b}[2J\u{202e}x\u{7f}\u{9b}\u{61c}ü";
    server.execute(&format!("UPDATE users SET display_name = '{name}' WHERE username = 'python'"));
    for arguments in [
        &["session", "list"][..],
        &["user", "list"],
        &["user", "show", "python"],
        &["user", "list", "--json"],
        &["session", "list", "--json"],
    ] {
        let output = server.cli(arguments);
        let steers = |c: &char| {
            c.is_control() && *c != '\n' || ('\u{200e}'..='\u{202e}').contains(c) || *c == '\u{2066}' || *c == '\u{61c}'
        };
        assert_eq!(output.stdout.chars().find(steers), None, "{arguments:?}: {:?}", output.stdout);
        assert!(output.code == 0 && !output.stdout.is_empty());
    }
    assert_eq!(server.cli(&["session", "list"]).stdout.lines().count(), 3, "a line for each and no more");
    let shown = server.cli(&["session", "list", "roy", "--json"]).stdout;
    assert!(shown.contains("evil"), "{shown}");
    let python: serde_json::Value =
        serde_json::from_str(&server.cli(&["user", "show", "python", "--json"]).stdout).expect("it is still JSON");
    assert_eq!(python["name"], format!("\u{1b}[2J\u{202e}x\u{7f}\u{9b}\u{61c}ü"), "and says what it said");
}

#[test]
fn nothing_of_a_command_goes_to_the_wrong_stream() {
    let server = Server::prepare();
    let mut child = server.command(&["serve"]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    wait_for("the server", || {
        lines.read_line(&mut said).unwrap();
        said.contains("ready at").then_some(())
    });
    child.kill().unwrap();
    child.wait().unwrap();
    let mut stdout = String::new();
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    assert_eq!(stdout, "", "the log is talk");
}
