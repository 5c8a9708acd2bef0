//! Accounts from the files of web servers and systems: the commands make the hashes here.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{PASSWORD, each_moves_in};

/// What a command prints that reads the password on its stdin.
#[track_caller]
fn printed(command: &str, arguments: &[&str]) -> String {
    let mut child = Command::new(command)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command} is needed, and scripts/test installs it: {error}"));
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn accounts_of_htpasswd_move_in() {
    let made = [&["-niB", "-C", "4", "zoe"][..], &["-nim", "zoe"], &["-ni2", "zoe"], &["-ni5", "zoe"]];
    let made = made.map(|arguments| {
        let line = printed("htpasswd", arguments);
        line.strip_prefix("zoe:").unwrap_or_else(|| panic!("{line}")).to_owned()
    });
    for (hash, beginning) in made.iter().zip(["$2y$04$", "$apr1$", "$5$", "$6$"]) {
        assert!(hash.starts_with(beginning), "{hash}");
    }
    each_moves_in(&made);
}

#[test]
fn accounts_of_openssl_passwd_move_in() {
    each_moves_in(&["-1", "-5", "-6", "-apr1"].map(|kind| printed("openssl", &["passwd", kind, "-stdin"])));
}
