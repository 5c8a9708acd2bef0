//! What a newcomer reads: the help of every command, what is wrong with arguments, and which exit code means what.

use super::told;
use crate::support::Server;

/// The help of a command, and of all below it.
fn helps(server: &Server, command: &[String], all: &mut Vec<(String, String)>) {
    let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
    let help = server.cli(&arguments);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{command:?}");
    let below = help.stdout.split("\nCommands:\n").nth(1).unwrap_or_default();
    let below = below.lines().take_while(|line| !line.is_empty());
    let names = below.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> = names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    all.push((command.join(" "), help.stdout));
    for name in names.into_iter().filter(|name| name != "help") {
        helps(server, &[command, &[name]].concat(), all);
    }
}

#[test]
fn every_help_is_plain_and_fits_80_columns() {
    let server = Server::prepare().with("COLUMNS", "80");
    let mut all = Vec::new();
    helps(&server, &[], &mut all);
    assert!(all.len() > 30, "{}", all.len());
    for (command, help) in &all {
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{command}: {help}");
        for word in ["Whose", "e-mail", "Do not", "forget", "everyone knows", "have to do"] {
            assert!(!help.contains(word), "{command} says {word}: {help}");
        }
        if help.contains("<NAME>\n") || help.contains("  <NAME>  ") {
            assert!(help.contains("Username, email or id"), "{command}: {help}");
        }
    }
    let all: Vec<&str> = all.iter().map(|(command, _)| command.as_str()).collect();
    for command in ["user role remove", "session end", "todo add", "token issue", "key retire", "throttle clear"] {
        assert!(all.contains(&command), "{command}: {all:?}");
    }
}

#[test]
fn wrong_arguments_are_told_like_any_other_error() {
    let server = Server::prepare();
    for (arguments, said) in [
        (&["nonsense"][..], "Error: unrecognized subcommand 'nonsense'"),
        (&["user", "add"], "Error: the following required arguments were not provided"),
        (
            &["token", "issue", "roy", "--ttl", "0"],
            "Error: invalid value '0' for '--ttl <MINUTES>': use a number from 1 to 43200",
        ),
        (
            &["token", "issue", "roy", "--ttl", "soon"],
            "Error: invalid value 'soon' for '--ttl <MINUTES>': use a number from 1 to 43200",
        ),
        (
            &["user", "role", "add", "roy", "1st"],
            "Error: invalid value '1st' for '<ROLE>': A role has 1 to 32 characters",
        ),
    ] {
        let output = server.cli(arguments);
        assert!(
            output.code == 2 && output.stderr.starts_with(said) && output.stdout.is_empty(),
            "{arguments:?}: {output:?}"
        );
    }
    assert_eq!(server.cli(&["user"]).code, 2);
}

#[test]
fn each_exit_code_means_one_thing() {
    let server = Server::prepare().and_seed();
    assert_eq!(server.cli(&["user", "disable", "python"]).code, 0);
    for (arguments, code, said) in [
        (&["user", "disable", "python"][..], 0, "python is already disabled."),
        (&["user", "role", "add", "admin", "admin"], 0, "admin already has the role admin."),
        (&["throttle", "clear", "roy"], 0, "Cleared 0 records."),
        (&["user", "disable", "admin"], 1, "This is the last admin: give the role admin to someone else first."),
        (&["token", "issue", "python"], 1, "python is disabled: enable the account first"),
        (&["user", "delete", "roy"], 2, "there is no terminal to ask on: pass --yes to delete the account"),
        (&["user", "rename", "roy", "x"], 2, "A username has 2 to 32 characters"),
        (&["todo", "add", "roy", "x", "--due", "x"], 2, "invalid value 'x' for '--due <DAY>'"),
        (&["token", "issue", "nobody"], 3, "No user named \"nobody\"."),
        (&["todo", "add", "nobody", "x"], 3, "No user named \"nobody\"."),
        (&["throttle", "clear", "nobody"], 3, "No user named \"nobody\"."),
        (&["user", "show", "\u{1b}[2J"], 3, "No user named \"\\u{1b}[2J\"."),
        (&["key", "retire", "x"], 3, "No key \"x\" that is still in use: see `vestibule key list`."),
        (&["session", "end", "x"], 3, "No session \"x\": see `vestibule session list`."),
        (&["user", "rename", "roy", "admin"], 4, "This username is taken."),
        (&["seed"], 4, "There are accounts already"),
    ] {
        let output = server.cli(arguments);
        let (actual, stdout, stderr) = told(&output);
        assert!(actual == code && stdout.is_empty() && stderr.contains(said), "{arguments:?}: {output:?}");
        assert_eq!(stderr.starts_with("Error: "), code > 0, "{stderr}");
    }
    let misconfigured = server.with("ROCKET_PORT", "x").cli(&["user", "list"]);
    assert_eq!(misconfigured.code, 1, "the command itself is right");
}
