//! What ends or changes a session acts on the next request of the process that did it, and within a second in others.

use crate::support::{GOOD_PASSWORD, Output, Server};

/// Waits until the server has noticed what a command has done.
fn done(server: &Server, output: &Output) {
    assert_eq!(output.code, 0, "{output:?}");
    server.let_a_second_pass();
}

#[test]
fn a_session_survives_a_restart() {
    let mut server = Server::seeded();
    let jar = server.signed_in("roy", "roy").jar;
    for stop in [|server: &mut Server| assert_eq!(server.terminate(), 0), Server::kill] {
        stop(&mut server);
        server.start(&["serve"]);
        let mut browser = server.client();
        browser.jar = jar.clone();
        assert!(browser.get("/").says("Hello, Roy!"));
    }
}

#[test]
fn the_command_line_ends_one_session_by_its_id() {
    let server = Server::seeded();
    let (mut one, mut other) = (server.signed_in("roy", "roy"), server.signed_in("roy", "roy"));
    let id = server.sql("SELECT id FROM sessions ORDER BY created_at LIMIT 1").remove(0);
    done(&server, &server.cli(&["session", "end", &id]));
    assert!(!one.is_signed_in());
    assert!(other.is_signed_in());
    assert_eq!(server.cli(&["session", "end", &id]).code, 3, "it is gone");
}

#[test]
fn the_command_line_ends_all_sessions_of_a_user_or_of_everyone() {
    let server = Server::seeded();
    let (mut roy, mut roy_too) = (server.signed_in("roy", "roy"), server.signed_in("roy", "roy"));
    let mut python = server.signed_in("python", "python");
    done(&server, &server.cli(&["session", "end", "--user", "roy"]));
    assert!(!roy.is_signed_in() && !roy_too.is_signed_in());
    assert!(python.is_signed_in());
    let mut admin = server.admin();
    done(&server, &server.cli(&["session", "end", "--all"]));
    assert!(!python.is_signed_in() && !admin.is_signed_in());
}

#[test]
fn what_happens_to_the_account_ends_its_sessions_and_no_others() {
    for command in [
        &["user", "disable", "roy"][..],
        &["user", "delete", "roy", "--yes"],
        &["user", "set-password", "roy", "--password-stdin"],
    ] {
        let server = Server::seeded();
        let (mut roy, mut python) = (server.signed_in("roy", "roy"), server.signed_in("python", "python"));
        done(&server, &server.cli_with_stdin(command, GOOD_PASSWORD));
        assert!(!roy.is_signed_in(), "{command:?}");
        assert!(python.is_signed_in(), "{command:?}");
        assert_eq!(server.sessions(), 1, "{command:?}");
    }
}

#[test]
fn enabling_an_account_again_does_not_bring_its_sessions_back() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    done(&server, &server.cli(&["user", "disable", "roy"]));
    done(&server, &server.cli(&["user", "enable", "roy"]));
    assert!(!roy.is_signed_in());
    let mut roy = server.signed_in("roy", "roy");
    server.execute(&format!("UPDATE users SET disabled_at = {} WHERE username = 'roy'", server.time("0 seconds")));
    server.let_a_second_pass();
    assert!(!roy.is_signed_in(), "a session of a disabled account is none, even while its row is there");
}

#[test]
fn another_account_of_the_same_name_does_not_inherit_sessions() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    done(&server, &server.cli(&["user", "delete", "roy", "--yes"]));
    server.add_user("roy");
    assert!(!roy.is_signed_in());
}

#[test]
fn roles_and_names_are_those_of_now() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    assert!(!roy.get("/").says("Your roles"));
    done(&server, &server.cli(&["user", "role", "add", "roy", "staff"]));
    assert!(roy.get("/").body.contains(r#"<li class="badge">staff</li>"#));
    done(&server, &server.cli(&["user", "role", "remove", "roy", "staff"]));
    assert!(!roy.get("/").says("Your roles"));
    done(&server, &server.cli(&["user", "rename", "roy", "royal"]));
    assert!(roy.get("/").says("royal"), "the session goes on under the new name");
}
