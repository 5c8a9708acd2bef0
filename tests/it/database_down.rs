//! A database that is busy or broken: reads go on, writes get a 503, and nobody is taken for a stranger.

use std::sync::mpsc;

use serde_json::json;

use crate::support::{Server, wait_for};

#[test]
fn while_another_process_holds_the_write_lock_pages_go_on_and_logins_get_a_503() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let mut lock = server.connection();
    lock.lock();
    std::thread::scope(|scope| {
        let logins: Vec<_> = [("roy", "roy"), ("roy", "wrong"), ("nobody", "wrong")]
            .map(|(name, password)| scope.spawn(|| server.client().log_in(name, password)))
            .into();
        let json = scope.spawn(|| server.client().json().log_in("roy", "roy"));
        while !logins[0].is_finished() {
            assert!(admin.get("/").says("Hello, Admin!"), "reads go on");
            assert_eq!(server.client().get("/login").status, 200);
        }
        for login in logins {
            let reply = login.join().unwrap();
            assert_eq!(reply.status, 503);
            assert!(reply.says("Not available just now") && reply.all("set-cookie").count() == 0, "{reply:?}");
            let seconds: u32 = reply.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&seconds));
        }
        let reply = json.join().unwrap();
        assert_eq!((reply.status, reply.json()["status"].as_u64()), (503, Some(503)));
        assert!(reply.header("retry-after").is_some());
    });
    assert!(server.client().post("/login", &[]).status == 422, "what writes nothing goes on");
    lock.roll_back();
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"), "it heals by itself");
    assert_eq!(server.sessions(), 2, "nothing was done of what was refused");
}

#[test]
fn a_short_lock_is_waited_for() {
    let server = Server::seeded();
    let mut lock = server.connection();
    lock.lock();
    std::thread::scope(|scope| {
        let login = scope.spawn(|| server.client().log_in("roy", "roy"));
        for _ in 0..5 {
            assert_eq!(server.client().get("/login").status, 200);
        }
        assert!(!login.is_finished(), "it waits");
        lock.roll_back();
        assert_eq!(login.join().unwrap().leads_to(), (303, "/"));
    });
}

#[test]
fn a_refresh_token_that_was_never_issued_waits_for_no_lock() {
    let server = Server::seeded();
    let mut lock = server.connection();
    lock.lock();
    let made_up = json!({ "refresh_token": "A".repeat(43) });
    std::thread::scope(|scope| {
        let refresh = || server.client().call("POST", "/api/v1/tokens/refresh", &made_up).status;
        let refreshes = [(); 32].map(|()| scope.spawn(refresh));
        for refresh in refreshes {
            assert_eq!(refresh.join().unwrap(), 401, "while the database is locked");
        }
    });
    lock.roll_back();
}

/// Strangers who may wait to write.
const WAITING_STRANGERS: usize = 128;

/// Those who have their turn: in a SQLite file one, while on PostgreSQL some wait for its lock.
fn turns(server: &Server) -> usize {
    if server.postgres().is_some() { 4 } else { 1 }
}

#[test]
fn when_many_wait_to_write_pages_answer_and_one_too_many_is_told_at_once() {
    // Fewer threads than those that wait: waiting must not need one.
    let server =
        Server::prepare().with("ROCKET_MAX_BLOCKING", "8").with("ROCKET_LOG_LEVEL", "debug").and_seed().and_start();
    // Which writes too, and would take one of the turns.
    wait_for("the first sweep", || server.stderr().contains("expired rows were removed").then_some(()));
    let mut admin = server.admin();
    let roy = server.client().program("roy", "roy");
    let token = json!({ "refresh_token": server.client().pair("python", "python")["refresh_token"] });
    let mut lock = server.connection();
    lock.lock();
    std::thread::scope(|scope| {
        let (tell, replies) = mpsc::channel();
        let waiting = WAITING_STRANGERS + turns(&server);
        let strangers = waiting + 20;
        for _ in 0..strangers {
            let (tell, mut client, token) = (tell.clone(), server.client(), &token);
            scope.spawn(move || tell.send(client.call("POST", "/api/v1/tokens/refresh", token)).unwrap());
        }
        for _ in waiting..strangers {
            let refused = replies.recv().unwrap();
            assert_eq!((refused.status, refused.header("retry-after")), (503, Some("10")), "{refused:?}");
            assert!(!refused.says("Reference"), "there is no line for each");
        }
        assert!(admin.get("/").says("Hello, Admin!"));
        let new = json!({ "title": "Wait", "due": "2030-01-31" });
        let todo = scope.spawn(move || roy.clone().call("POST", "/api/v1/todos", &new).status);
        assert!(admin.get("/todos").says("Todos"));
        assert!(replies.try_recv().is_err(), "the others wait");
        lock.roll_back();
        assert_eq!(todo.join().unwrap(), 201, "strangers don't take the places of people who are signed in");
        let statuses: Vec<u16> = replies.iter().take(waiting).map(|reply| reply.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "the token is good for one");
        assert!(statuses.iter().all(|status| [200, 401].contains(status)), "{statuses:?}");
    });
    wait_for("the log to have counted them", || {
        (server.turned_away("too many wait for the database") == 20).then_some(())
    });
}

#[test]
fn a_broken_database_makes_nobody_a_stranger() {
    let server = Server::seeded();
    let mut admin = server.admin();
    server.execute("ALTER TABLE sessions RENAME TO hidden");
    for path in ["/", "/login", "/logout"] {
        let reply = admin.get(path);
        assert_eq!((reply.status, reply.all("set-cookie").count()), (503, 0), "{path}");
        assert!(reply.header("retry-after").is_some() && reply.says("Reference:"), "{path}");
        assert_eq!(admin.json().get(path).status, 503, "{path}");
    }
    assert_eq!(admin.post("/logout", &[]).status, 503, "nobody is told that they are out while the row may be there");
    assert!(admin.jar.contains_key("session"), "the cookie is kept");
    assert_eq!(server.client().get("/login").status, 200, "a stranger needs no database");
    assert_eq!(server.client().log_in("roy", "roy").status, 503);
    server.execute("ALTER TABLE hidden RENAME TO sessions");
    assert!(admin.is_signed_in(), "it heals by itself");
}

#[test]
fn a_login_that_cannot_be_recorded_does_not_happen() {
    let server = Server::seeded();
    server.execute("ALTER TABLE audit_events RENAME TO hidden");
    for (name, password) in [("roy", "roy"), ("roy", "wrong"), ("nobody", "wrong")] {
        let reply = server.client().log_in(name, password);
        assert_eq!((reply.status, reply.all("set-cookie").count()), (503, 0), "{name}");
    }
    server.execute("ALTER TABLE hidden RENAME TO audit_events");
    assert_eq!(server.sessions(), 0, "the change and its record are one");
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
}

#[test]
fn a_missing_users_table_is_no_wrong_password() {
    let server = Server::seeded();
    server.execute("ALTER TABLE users RENAME TO hidden");
    let reply = server.client().log_in("roy", "roy");
    assert_eq!(reply.status, 503);
    assert!(!reply.says("Wrong username/email or password"));
}
