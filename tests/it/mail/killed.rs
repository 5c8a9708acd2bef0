//! What was promised arrives, whatever happens to the process.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::support::{GOOD_PASSWORD, MailServer, Server};

/// Longer than the claim of a worker that was killed holds.
const PATIENCE: Duration = Duration::from_secs(180);

#[test]
fn every_letter_arrives_of_a_server_that_is_killed_twenty_times() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    let names: Vec<String> = (0..20).map(|nth| format!("user{nth:02}")).collect();
    names.iter().for_each(|name| server.add_with_address(name));
    for (nth, name) in names.iter().enumerate() {
        server.start(&["serve"]);
        // In some rounds the mail server has the letter and does not say so before the end.
        if nth % 4 == 1 {
            mail.hold(true);
        }
        assert_eq!(server.client().log_in(name, GOOD_PASSWORD).leads_to(), (303, "/"), "this promises a letter");
        let until = Instant::now() + Duration::from_millis((nth as u64 * 37) % 90);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        server.kill();
        if nth % 4 == 1 {
            mail.hold(false);
        }
    }
    server.start(&["serve"]);
    let started = Instant::now();
    let queue = "SELECT count(*) FROM mail_queue";
    while server.sql(queue) != ["0"] {
        assert!(started.elapsed() < PATIENCE, "still there: {:?}", server.cli(&["mail", "queue", "list"]));
        server.let_a_second_pass();
    }
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in mail.taken() {
        let ids = ids.entry(letter.to().join(",")).or_default();
        if !ids.iter().any(|id| id == letter.id()) {
            ids.push(letter.id().to_owned());
        }
    }
    let arrived: Vec<&str> = ids.keys().map(|to| to.split('@').next().unwrap()).collect();
    assert_eq!(arrived, names, "each has one");
    assert!(ids.values().all(|ids| ids.len() == 1), "what came twice has the same id: {ids:?}");
}
