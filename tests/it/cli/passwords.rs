//! Where a new password comes from, and which are refused.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::told;
use crate::support::{GOOD_PASSWORD, Output, Server};

fn add(server: &Server, name: &str, password: &str) -> Output {
    server.cli_with_stdin(&["user", "add", name, "--password-stdin"], password)
}

#[test]
fn from_stdin_the_first_line_counts() {
    let server = Server::empty();
    for (name, stdin) in [
        ("lf", "horse battery 1\n"),
        ("crlf", "horse battery 1\r\n"),
        ("bare", "horse battery 1"),
        ("more", "horse battery 1\nsecond line"),
    ] {
        assert_eq!(told(&add(&server, name, stdin)), (0, "", format!("Added {name}.").as_str()));
        assert_eq!(server.client().log_in(name, "horse battery 1").leads_to(), (303, "/"), "{name}");
    }
    assert_eq!(add(&server, "spaces", "  horse battery  \n").code, 0);
    assert_eq!(server.client().log_in("spaces", "  horse battery  ").leads_to(), (303, "/"), "spaces are part of it");
    for empty in ["", "\n", "\r\n", "\nsecond line"] {
        assert_eq!(told(&add(&server, "nobody", empty)), (1, "", "Error: there is no password in stdin"));
    }
}

#[test]
fn from_a_file_the_first_line_counts() {
    let server = Server::empty();
    let file = |content: &[u8]| std::fs::write(server.folder().join("password"), content).unwrap();
    let add = |name: &str| server.cli(&["user", "add", name, "--password-file", "password"]);
    file(b"horse battery 1\nsecond line\n");
    assert_eq!(told(&add("zoe")), (0, "", "Added zoe."));
    assert_eq!(server.client().log_in("zoe", "horse battery 1").leads_to(), (303, "/"));
    for broken in [b"".as_slice(), b"\n", b"\xff\xfe horse battery\n"] {
        file(broken);
        let refused = add("nobody");
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
    }
    std::fs::remove_file(server.folder().join("password")).unwrap();
    let missing = add("nobody");
    assert!(missing.code == 1 && missing.stderr.starts_with("Error: password can't be read: "), "{missing:?}");
    std::fs::create_dir(server.folder().join("password")).unwrap();
    assert_eq!(add("nobody").code, 1, "a folder is no file");
}

#[test]
fn by_chance_it_is_printed_once() {
    let server = Server::empty();
    let added = server.cli(&["user", "add", "zoe", "--random"]);
    let first = added.stdout.trim().to_owned();
    assert_eq!(added.stderr, "Random password, shown only once:\nAdded zoe.\n");
    assert!(first.len() >= 20 && first.bytes().all(|b| b.is_ascii_graphic()), "{first}");
    assert_eq!(added.stdout, format!("{first}\n"), "stdout holds nothing else");
    assert_eq!(server.client().log_in("zoe", &first).leads_to(), (303, "/"));

    let set = server.cli(&["user", "set-password", "zoe", "--random"]);
    let second = set.stdout.trim();
    assert_ne!(first, second);
    assert_eq!(server.client().log_in("zoe", &first).leads_to(), (303, "/login"));
    assert_eq!(server.client().log_in("zoe", second).leads_to(), (303, "/"));

    let json = server.cli(&["user", "add", "roy", "--random", "--json"]);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((value["user"]["username"].as_str(), json.stderr.as_str()), (Some("roy"), ""));
    assert_eq!(server.client().log_in("roy", value["password"].as_str().unwrap()).leads_to(), (303, "/"));
}

#[test]
fn one_that_nobody_can_read_changes_nothing() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let run = |arguments: &[&str], stdout: Stdio| {
        let output = server.command(arguments).stdin(Stdio::null()).stdout(stdout).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let unread = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    let full = || Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    for json in [&[][..], &["--json"]] {
        for arguments in
            [&["user", "add", "zoe", "--role", "admin", "--random"][..], &["user", "set-password", "roy", "--random"]]
        {
            let arguments = [arguments, json].concat();
            for stdout in [unread(), full()] {
                let (code, said) = run(&arguments, stdout);
                assert_eq!(code, Some(1), "{arguments:?}: {said}");
                assert!(said.contains("stdout can't be written (") && said.contains("Nothing was changed."), "{said}");
            }
            // As a shell closes it.
            let mut closed = Command::new("sh");
            let command = server.command(&arguments);
            closed.args(["-c", r#"exec "$0" "$@" >&-"#]).arg(command.get_program()).args(command.get_args());
            closed.current_dir(server.folder()).env_clear();
            closed.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
            let output = closed.stdin(Stdio::null()).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.code() == Some(1) && said.contains("Nothing was changed."), "{arguments:?}: {said}");
        }
    }
    assert_eq!(server.cli(&["user", "show", "zoe"]).code, 3);
    assert!(browser.is_signed_in() && server.client().log_in("roy", "roy").leads_to() == (303, "/"));
    assert_eq!(run(&["user", "add", "zoe", "--random"], Stdio::null()).0, Some(0), "whoever redirects it knows why");
}

#[test]
fn a_line_without_an_end_is_not_read_for_ever() {
    let server = Server::prepare().and_seed();
    let endless = || Stdio::from(std::fs::File::open("/dev/zero").unwrap());
    let arguments = ["user", "add", "zoe", "--password-stdin"];
    let output = server.command(&arguments).stdin(endless()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the first line of stdin has 4096 bytes or more, so it is no password"), "{said}");
    let long = "x".repeat(4096);
    let file = server.cli(&["user", "add", "zoe", "--password-file", "/dev/zero"]);
    assert!(file.code == 1 && file.stderr.contains("the first line of /dev/zero has 4096 bytes or more"), "{file:?}");
    assert!(add(&server, "zoe", &long).stderr.contains("4096 bytes or more"));
    assert!(add(&server, "zoe", &format!("{}\n", &long[1..])).stderr.contains("use at most 128 characters"));
    assert_eq!(add(&server, "zoe", &format!("{GOOD_PASSWORD}\n{long}")).code, 0, "later lines are not looked at");
}

#[test]
fn it_is_never_an_argument() {
    let server = Server::prepare().and_seed();
    for arguments in [
        &["user", "add", "zoe", "--password", "horse battery 1"][..],
        &["user", "add", "zoe", "--password=horse battery 1"],
        &["user", "add", "zoe", "horse battery 1"],
        &["user", "add", "zoe", "--password-stdin=horse battery 1"],
        &["user", "add", "zoe", "--random=horse battery 1"],
        &["user", "set-password", "roy", "horse battery 1"],
        &["user", "set-password", "roy", "--password", "horse battery 1"],
        &["seed", "--password", "horse battery 1"],
    ] {
        assert_eq!(server.cli(arguments).code, 2, "{arguments:?}");
    }
    for command in ["add", "set-password"] {
        let help = server.cli(&["user", command, "--help"]).stdout;
        assert!(!help.contains("--password <") && !help.contains("--password="), "{help}");
    }
    let asked = server.cli(&["user", "add", "zoe"]);
    assert_eq!(asked.code, 2);
    assert!(asked.stderr.contains("--password-stdin, --password-file or --random"), "{asked:?}");
}

#[test]
fn a_weak_one_is_refused_and_told_why() {
    let server = Server::prepare();
    let short = "Error: The password is too short: use at least 8 characters; several words are a good way.";
    let long = "Error: The password is too long: use at most 128 characters.";
    let common = "Error: This password is among the most common ones, which are tried first: choose another one.";
    let personal = "Error: The password is too close to the name or email address: \
                    without them it has to be long enough by itself.";
    server.add_user_with("existing", &["--email", "someone@example.com"]);
    for (password, sentence) in [
        ("seven77", short),
        ("ééééééé", short),
        ("e\u{301}e\u{301}e\u{301}e\u{301}", short),
        (&"x".repeat(129), long),
        ("password", common),
        ("PassWord1", common),
        ("ｐａｓｓｗｏｒｄ１", common),
        ("12345678", common),
        ("qwertyuiop", common),
        ("jumpiness", personal),
        ("Jumpiness123!", personal),
        ("jumpinessjumpiness", personal),
        ("jump.roy@example.com", personal),
        ("Jump Roy The Third", personal),
        ("ssenipmuj", personal),
        ("my jumpiness", personal),
        ("Driht-jumpiness", personal),
        ("vestibule", personal),
        ("Vestibule2024!", personal),
    ] {
        let arguments = ["user", "add", "jumpiness", "--name", "Jump Roy the Third", "--email", "jump.roy@example.com"];
        let refused = server.cli_with_stdin(&[&arguments[..], &["--password-stdin"]].concat(), password);
        assert_eq!(told(&refused), (1, "", sentence), "{password}");
    }
    let reset = |password| server.cli_with_stdin(&["user", "set-password", "existing", "--password-stdin"], password);
    assert_eq!(told(&reset("someone@example.com")), (1, "", personal));
    assert_eq!(told(&reset("short")), (1, "", short));
    assert_eq!(server.sql("SELECT username FROM users"), ["existing"]);
    assert_eq!(add(&server, "fine", "    ää 密码    ").code, 0, "no rules about which characters");
}

#[test]
fn the_least_length_is_a_setting() {
    let server = Server::prepare().with("VESTIBULE_PASSWORD_MIN_LENGTH", "20");
    let refused = add(&server, "zoe", "nineteen characters");
    assert!(refused.code == 1 && refused.stderr.contains("use at least 20 characters"), "{refused:?}");
    assert_eq!(add(&server, "zoe", GOOD_PASSWORD).code, 0);
    assert_eq!(server.cli(&["user", "set-password", "zoe", "--random"]).code, 0);
}
