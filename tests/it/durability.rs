//! What was acknowledged stays, whatever happens to the process.

use std::net::TcpStream;

use crate::support::{GOOD_PASSWORD, Server, wait_for};

#[test]
fn a_login_that_was_answered_survives_kill_9() {
    let mut server = Server::seeded();
    for round in 1..=3 {
        let mut browser = server.signed_in("roy", "roy");
        server.kill();
        server.start(&["serve"]);
        let jar = std::mem::take(&mut browser.jar);
        browser = server.client();
        browser.jar = jar;
        assert!(browser.is_signed_in());
        assert_eq!(server.sessions(), round);
        let logins = server.sql("SELECT count(*) FROM audit_events WHERE event = 'login.succeeded'");
        assert_eq!(logins, [round.to_string()], "and so does its record");
    }
}

#[test]
fn a_logout_that_was_answered_survives_kill_9() {
    let mut server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let mut thief = browser.clone();
    browser.get("/logout");
    server.kill();
    server.start(&["serve"]);
    let jar = std::mem::take(&mut thief.jar);
    thief = server.client();
    thief.jar = jar;
    assert!(!thief.is_signed_in());
}

#[test]
fn an_account_that_was_made_survives_kill_9_of_the_server() {
    let mut server = Server::empty();
    server.add_user_with("zoe", &["--role", "admin"]);
    server.kill();
    server.start(&["serve"]);
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
    assert_eq!(server.sql("SELECT role FROM user_roles"), ["admin"]);
}

#[test]
fn a_command_killed_at_the_commit_leaves_all_or_nothing() {
    // No server, which would sweep at its start, and wait for the lock as the command does.
    let server = Server::migrated();
    std::fs::write(server.folder().join("password"), GOOD_PASSWORD).unwrap();
    for round in 0..6 {
        let name = format!("user{round}");
        let arguments = ["user", "add", &name, "--role", "admin", "--role", "staff", "--password-file", "password"];
        // Half of them wait for the lock when they are killed, the others have just committed.
        let mut lock = server.connection();
        let held = round % 2 == 0;
        if held {
            lock.lock();
        }
        let mut command = server.command(&arguments).spawn().unwrap();
        if held {
            server.wait_until_they_wait(&[command.id()]);
        } else {
            let found = format!("SELECT id FROM users WHERE username = '{name}'");
            wait_for("the account", || server.sql(&found).pop());
        }
        command.kill().unwrap();
        command.wait().unwrap();
        if held {
            lock.roll_back();
        }
        let facts = server.sql(&format!(
            "SELECT (SELECT count(*) FROM user_roles WHERE user_id = users.id) || ' roles, ' ||
                    (SELECT count(*) FROM audit_events WHERE target = users.id) || ' records'
             FROM users WHERE username = '{name}'"
        ));
        assert_eq!(facts, if held { vec![] } else { vec!["2 roles, 3 records"] }, "{name}");
    }
}

#[test]
fn sigterm_ends_the_server_with_0() {
    let mut server = Server::seeded();
    for _ in 0..5 {
        assert_eq!(server.terminate(), 0, "at any moment, even the first");
        server.start(&["serve"]);
    }
    let _idle = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    server.admin();
    assert_eq!(server.terminate(), 0, "a connection that says nothing does not matter");
}

#[test]
fn sigterm_lets_a_running_login_finish() {
    let mut server = Server::seeded();
    let mut lock = server.connection();
    lock.lock();
    let (mut client, mut stranger) = (server.client(), server.client());
    let port = server.port;
    let login = std::thread::spawn(move || client.log_in("roy", "roy"));
    // What came later was answered, so the login is being worked on.
    (0..10).for_each(|_| assert_eq!(stranger.get("/login").status, 200));
    let ending = std::thread::spawn(move || {
        let code = server.terminate();
        (code, server)
    });
    wait_for("the server to take nobody in any more", || {
        TcpStream::connect(("127.0.0.1", port)).is_err().then_some(())
    });
    assert!(!login.is_finished(), "it waits for the lock");
    lock.roll_back();
    let reply = login.join().unwrap();
    assert_eq!(reply.leads_to(), (303, "/"));
    let (code, server) = ending.join().unwrap();
    assert_eq!((code, server.sessions()), (0, 1));
}
