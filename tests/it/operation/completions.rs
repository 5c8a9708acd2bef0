//! The completions load in each shell, and complete.

use std::process::Command;

use crate::support::Server;

fn script(shell: &str) -> String {
    let server = Server::prepare();
    let output = server.cli(&["completions", shell]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{output:?}");
    assert_eq!(std::fs::read_dir(server.folder()).unwrap().count(), 0, "nothing is made");
    output.stdout
}

/// What a shell answers to a script.
fn run(shell: &str, arguments: &[&str], script: &str) -> String {
    let output = Command::new(shell).args(arguments).arg(script).env("HOME", "/nonexistent").output();
    let output =
        output.unwrap_or_else(|error| panic!("{shell} is needed for this test (apt install {shell}): {error}"));
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn in_bash() {
    let ask = "COMP_WORDS=(vestibule us); COMP_CWORD=1; _vestibule vestibule us vestibule; echo \"${COMPREPLY[@]}\"";
    assert_eq!(run("bash", &["--norc", "-c"], &(script("bash") + ask)).trim(), "user");
}

#[test]
fn in_zsh() {
    // Loaded as a function of the completion system is: by its name.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("_vestibule"), script("zsh")).unwrap();
    let ask = format!(
        "fpath=({} $fpath); autoload -Uz compinit && compinit -u -D && echo ${{_comps[vestibule]}} && \
         autoload +X _vestibule && echo loaded",
        folder.path().display()
    );
    assert_eq!(run("zsh", &["-f", "-c"], &ask).trim(), "_vestibule\nloaded");
}

#[test]
fn in_fish() {
    let ask = script("fish") + "complete -C 'vestibule us'";
    let answer = run("fish", &["--no-config", "-c"], &ask);
    assert!(answer.starts_with("user\t"), "{answer}");
}
