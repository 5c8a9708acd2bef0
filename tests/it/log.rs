//! The log: nothing waits for whoever reads it.

use std::sync::Mutex;

use crate::support::Server;

/// More lines than a pipe holds by itself.
const MANY: usize = 400;

#[test]
fn a_reader_of_the_log_that_stops_stops_nothing() {
    let mut unread = Server::prepare().and_seed().and_start_unread();
    let server = &unread.server;
    let numbers = Mutex::new(0..MANY);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while numbers.lock().unwrap().next().is_some() {
                    assert_eq!(server.client().log_in("roy", "wrong").leads_to(), (303, "/login"));
                }
            });
        }
    });
    let mut browser = server.signed_in("roy", "roy");
    let todo = [("title", "Read the log"), ("description", ""), ("due", "2030-01-31")];
    assert_eq!(browser.act("/todos", &todo).status, 303);
    assert_eq!(browser.post("/logout", &[]).status, 303);
    server.add_user("zoe");
    assert_eq!(server.sql("SELECT count(*) FROM audit_events WHERE event = 'login.failed'"), [MANY.to_string()]);
    unread.tell_to_stop();
    assert_eq!(unread.exit_code(), 0);
}

#[test]
fn what_waits_to_be_read_is_written_before_the_end() {
    let mut unread = Server::prepare().and_seed().and_start_unread();
    for _ in 0..MANY {
        unread.server.client().log_in("roy", "wrong");
    }
    unread.tell_to_stop();
    let said = unread.read_on();
    assert_eq!(unread.exit_code(), 0);
    let said = said.join().unwrap();
    assert_eq!(said.matches(r#""event":"login.failed""#).count(), MANY);
    assert!(!said.contains("dropped"), "it all fitted");
}
