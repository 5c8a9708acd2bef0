//! PostgreSQL answers late or never: nobody waits for it without an end.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::wait_for;
use crate::{database, seeded};

/// No request takes longer, whatever the database does.
const PATIENCE: Duration = Duration::from_secs(25);

#[test]
fn a_table_that_somebody_keeps_locked_is_waited_for_some_seconds_and_no_longer() {
    let server = seeded();
    let mut admin = server.admin();
    let mut operator = server.connection();
    operator.batch("BEGIN; LOCK TABLE todos IN ACCESS EXCLUSIVE MODE");
    let began = Instant::now();
    assert_eq!(admin.get("/todos").status, 503);
    assert!((Duration::from_secs(2)..PATIENCE).contains(&began.elapsed()), "{:?}", began.elapsed());
    assert_eq!(admin.get("/account").status, 200, "what needs no todos goes on");
    operator.roll_back();
    assert_eq!(admin.get("/todos").status, 200);
}

#[test]
fn a_frozen_server_hangs_no_request() {
    let server = seeded();
    let mut admin = server.admin();
    server.let_a_second_pass();
    let connections = "SELECT pid FROM pg_stat_activity WHERE application_name = 'vestibule' \
                       AND datname = current_database()";
    let frozen = server.sql(connections);
    assert!(!frozen.is_empty(), "it is connected");
    let signal = |name: &str| {
        let sent = Command::new("kill").arg(name).args(&frozen).status().expect("kill runs");
        assert!(sent.success(), "{name} {frozen:?}");
    };
    signal("-STOP");
    let answers: Vec<(u16, Duration)> = std::thread::scope(|scope| {
        let ask = |number: usize| {
            let mut client = if number % 2 == 0 { admin.clone() } else { server.client() };
            let server = &server;
            move || {
                let began = Instant::now();
                let reply = if number % 2 == 0 { client.get("/todos") } else { client.log_in("roy", "roy") };
                assert!(server.client().get("/healthz").status == 200);
                (reply.status, began.elapsed())
            }
        };
        let asked: Vec<_> = (0..8).map(|number| scope.spawn(ask(number))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap()).collect()
    });
    signal("-CONT");
    for (status, time) in &answers {
        assert!([200, 303, 503].contains(status) && *time < PATIENCE, "{answers:?}");
    }
    wait_for("it to go on", || (admin.get("/todos").status == 200).then_some(()));
    assert!(server.stderr().contains("503") && database(&server).name().starts_with("test_"));
}
