//! Connections that are ended, as by a failover or by `pg_terminate_backend`.

use crate::support::wait_for;
use crate::{database, seeded};

/// Counts the connections that sleep in the midst of a change.
const SLEEPING: &str = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' \
                        AND datname = current_database()";

#[test]
fn connections_that_were_ended_cost_a_reader_nothing_and_a_writer_one_503_at_most() {
    let server = seeded();
    let mut admin = server.admin();
    for _ in 0..3 {
        // With connections of each kind in use before.
        assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
        database(&server).disconnect();
        server.let_a_second_pass();
        let read: Vec<u16> = (0..10).map(|_| admin.get("/todos").status).collect();
        assert_eq!(read, [200; 10]);
        database(&server).disconnect();
        let written: Vec<u16> = (0..5).map(|_| server.client().log_in("roy", "roy").status).collect();
        assert!(written.iter().filter(|status| **status != 303).count() <= 1, "{written:?}");
        assert!(written.iter().all(|status| [303, 503].contains(status)), "{written:?}");
    }
}

#[test]
fn a_login_whose_connection_is_ended_while_it_waits_to_write_did_not_happen() {
    let server = seeded();
    let before = server.audit();
    let mut lock = server.connection();
    lock.lock();
    std::thread::scope(|scope| {
        let login = scope.spawn(|| server.client().log_in("roy", "roy"));
        wait_for("the login to wait", || (server.waiting() > 0).then_some(()));
        database(&server).disconnect();
        let reply = login.join().unwrap();
        assert_eq!((reply.status, reply.all("set-cookie").count()), (503, 0), "{reply:?}");
    });
    lock.roll_back();
    assert_eq!((server.sessions(), server.audit()), (0, before));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
}

#[test]
fn a_change_whose_connection_is_ended_in_its_midst_leaves_nothing_half_done() {
    let server = seeded();
    let mut program = server.client().program("roy", "roy");
    // The todo has been written then, and what else belongs to the change has not.
    server.trigger("slow", "AFTER INSERT ON todos", "PERFORM pg_sleep(4)");
    let before = server.row_counts();
    std::thread::scope(|scope| {
        let made = scope.spawn(|| program.call("POST", "/api/v1/todos", &serde_json::json!({ "title": "Rest" })));
        wait_for("the change to be half done", || (server.sql(SLEEPING) == ["1"]).then_some(()));
        database(&server).disconnect();
        assert_eq!(made.join().unwrap().status, 503, "it is not tried a second time");
    });
    assert_eq!(server.row_counts(), before);
    server.connection().batch("DROP TRIGGER slow ON todos");
    assert_eq!(program.call("POST", "/api/v1/todos", &serde_json::json!({ "title": "Rest" })).status, 201);
}

#[test]
fn a_refresh_whose_connection_is_ended_in_its_midst_has_not_used_up_the_token() {
    let server = seeded();
    let token = serde_json::json!({ "refresh_token": server.client().pair("roy", "roy")["refresh_token"] });
    let refresh = || server.client().call("POST", "/api/v1/tokens/refresh", &token).status;
    // The former token has been used up then, and there is no new one yet.
    server.trigger("slow", "AFTER INSERT ON refresh_tokens", "PERFORM pg_sleep(4)");
    let before = server.row_counts();
    std::thread::scope(|scope| {
        let refreshed = scope.spawn(refresh);
        wait_for("the change to be half done", || (server.sql(SLEEPING) == ["1"]).then_some(()));
        database(&server).disconnect();
        assert_eq!(refreshed.join().unwrap(), 503);
    });
    assert_eq!(server.row_counts(), before);
    server.connection().batch("DROP TRIGGER slow ON refresh_tokens");
    assert_eq!(refresh(), 200, "it is as good as before");
}
