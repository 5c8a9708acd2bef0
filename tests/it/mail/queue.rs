//! The queue: one worker sends a letter, a dead mail server keeps nobody waiting, and what can't be delivered is told.

use std::collections::BTreeSet;
use std::net::TcpListener;

use serde_json::Value;

use crate::support::{GOOD_PASSWORD, MailServer, Server, wait_for};

/// The queue as the command line shows it.
fn list(server: &Server) -> Vec<Value> {
    let shown = server.cli(&["mail", "queue", "list", "--json"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    serde_json::from_str(&shown.stdout).unwrap()
}

fn empty(server: &Server) {
    wait_for("the queue to be empty", || server.queued().is_empty().then_some(()));
}

/// Resident memory of a process, in KiB.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn what_one_server_has_in_hand_no_other_one_sends() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    server.add_with_address("zoe");
    server.set_password("zoe");
    mail.hold(true);
    server.start(&["serve"]);
    mail.wait_for(1);
    let other = server.another_node().mailing(&mail).and_start();
    wait_for("the other one to look for letters", || (mail.connections() == 2).then_some(()));
    server.set_password("zoe");
    mail.wait_for(2);
    other.let_a_second_pass();
    let letters = list(&server);
    assert!(letters.iter().all(|letter| letter["state"] == "sending" && letter["tries"] == 1), "{letters:?}");
    mail.hold(false);
    empty(&server);
    assert_eq!(mail.taken().len(), 2);
}

#[test]
fn of_two_servers_one_sends_a_letter() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    let names: Vec<String> = (0..12).map(|nth| format!("user{nth:02}")).collect();
    for name in &names {
        server.add_with_address(name);
        server.set_password(name);
    }
    mail.hold(true);
    server.start(&["serve"]);
    let other = server.another_node().mailing(&mail).and_start();
    // Each has one in hand, and no third one is taken while they wait.
    mail.wait_for(2);
    let sending = list(&server).iter().filter(|letter| letter["state"] == "sending").count();
    assert_eq!((sending, mail.taken().len()), (2, 2));
    mail.hold(false);
    empty(&server);
    let taken = mail.taken();
    let ids: BTreeSet<&str> = taken.iter().map(|letter| letter.id()).collect();
    let to: BTreeSet<&str> = taken.iter().flat_map(|letter| letter.to()).collect();
    assert_eq!((taken.len(), ids.len(), to.len()), (12, 12, 12), "{}", other.stderr());
}

#[test]
fn what_the_mail_server_refuses_for_good_is_told_in_the_audit() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("nobody");
    assert_eq!(server.client().log_in("nobody", GOOD_PASSWORD).leads_to(), (303, "/"));
    let given_up = |server: &Server| server.audit().into_iter().find(|event| event.starts_with("mail.given_up"));
    let event = wait_for("the audit", || given_up(&server));
    assert_eq!(event, "mail.given_up: new_device: 550 5.1.1 no such mailbox");
    let target = "SELECT username FROM users JOIN audit_events ON target = users.id WHERE event = 'mail.given_up'";
    assert_eq!(server.sql(target), ["nobody"]);
    let letters = list(&server);
    assert_eq!(
        (letters.len(), &letters[0]["state"], &letters[0]["to"]),
        (1, &"given up".into(), &"nobody@example.com".into())
    );
    assert_eq!(
        (&letters[0]["last_error"], letters[0]["tries"].as_u64()),
        (&"550 5.1.1 no such mailbox".into(), Some(1))
    );
    let table = server.cli(&["mail", "queue", "list"]).stdout;
    assert!(table.contains("given up") && table.lines().all(|line| line.chars().count() <= 80), "{table}");

    let retried = server.cli(&["mail", "queue", "retry", "nobody@example.com"]);
    assert_eq!((retried.code, retried.stderr.as_str()), (0, "Due now: 1 message.\n"));
    wait_for("another try", || (mail.refusals() == 2).then_some(()));
    let id = letters[0]["id"].as_str().unwrap();
    wait_for("it to be given up again", || (list(&server)[0]["state"] == "given up").then_some(()));
    assert_eq!(server.cli(&["mail", "queue", "drop", id]).stderr, "Removed: 1 message.\n");
    assert_eq!(list(&server).len(), 0);
    assert_eq!(server.cli(&["mail", "queue", "drop", id]).code, 3, "it is gone");
    for event in ["mail.retried: 1 letter", "mail.dropped: 1 letter"] {
        assert!(server.audit().iter().any(|row| row == event), "{event}: {:?}", server.audit());
    }
    let mut browser = server.client().browsing();
    browser.log_in("nobody", GOOD_PASSWORD);
    let activity = browser.get("/account/activity");
    assert!(activity.says("A message to the account’s email address could not be delivered"), "{}", activity.body);
}

#[test]
fn what_it_refuses_for_now_is_tried_for_a_day() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    for name in ["later", "quota", "relay"] {
        server.add_with_address(name);
        server.set_password(name);
    }
    wait_for("all tries", || (mail.refusals() == 3).then_some(()));
    let waiting = wait_for("all to wait", || {
        Some(list(&server)).filter(|letters| letters.iter().all(|letter| letter["state"] == "waiting"))
    });
    assert!(waiting.iter().all(|letter| letter["tries"] == 1 && letter["next_try_at"].is_string()), "{waiting:?}");
    // The others go on.
    server.add_with_address("zoe");
    server.set_password("zoe");
    assert_eq!(mail.wait_for(1)[0].to(), ["zoe@example.com"]);
    assert_eq!(mail.refusals(), 3, "they wait for a minute");
    let past = "'2020-01-01 00:00:00.000000'";
    server.execute(&format!("UPDATE mail_queue SET next_try_at = {past}"));
    wait_for("another try", || (mail.refusals() == 6).then_some(()));
    wait_for("all to wait", || list(&server).iter().all(|letter| letter["state"] == "waiting").then_some(()));
    server.execute(&format!("UPDATE mail_queue SET next_try_at = {past}, give_up_at = {past}"));
    wait_for("the end of the day", || list(&server).iter().all(|letter| letter["state"] == "given up").then_some(()));
    let events = server.audit().into_iter().filter(|event| event.starts_with("mail.given_up: password_changed: 4"));
    assert_eq!(events.count(), 1, "{:?}", server.audit());
    server.execute(&format!("UPDATE mail_queue SET given_up_at = {past}"));
    let mut server = server;
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    wait_for("the sweep", || list(&server).is_empty().then_some(()));
}

#[test]
fn ten_thousand_letters_and_a_dead_mail_server_keep_nobody_waiting() {
    // It accepts connections and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtps://localhost:{}", silent.local_addr().unwrap().port());
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail).with("VESTIBULE_SMTP_URL", &url);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    server.add_with_address("zoe");
    let letter = "00".repeat(1000);
    server.execute(&format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000)
         INSERT INTO mail_queue (id, kind, recipient, letter, created_at, next_try_at, give_up_at, tries)
         SELECT 'letter' || n, 'x', 'x@example.com', '{letter}', '2020-01-01 00:00:00', '2020-01-01 00:00:00',
                '2099-01-01 00:00:00', 0 FROM n"
    ));
    server.start(&["serve"]);
    let connection = silent.accept().unwrap();
    let before = memory(server.id());
    for _ in 0..50 {
        assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
        assert_eq!(server.client().get("/login").status, 200);
    }
    server.set_password("zoe");
    assert_eq!(server.sql("SELECT count(*) FROM mail_queue"), ["10002"], "a new device, and a new password");
    silent.set_nonblocking(true).unwrap();
    assert!(silent.accept().is_err(), "one connection, whatever comes");
    assert_eq!(server.sql("SELECT coalesce(sum(tries), 0) FROM mail_queue"), ["0"], "no letter has made any work");
    let grown = memory(server.id()).saturating_sub(before);
    assert!(grown < 20 * 1024, "{grown} KiB more");
    drop(connection);
    wait_for("the warning", || {
        server.stderr().contains("mail waits, because the mail server can't be used").then_some(())
    });
    assert_eq!(server.terminate(), 0, "nor does it keep the server from stopping");
}

#[test]
fn letters_that_were_tried_for_a_day_are_given_up_together_while_the_mail_server_is_dead() {
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_SMTP_URL", &format!("smtps://localhost:{dead}"));
    let server = server.and_start();
    for name in ["ann", "bob", "zoe", "una"] {
        server.add_with_address(name);
        server.set_password(name);
    }
    server.execute(
        "UPDATE mail_queue SET give_up_at = '2020-01-01 00:00:00', \
         tries = CASE recipient WHEN 'una@example.com' THEN 0 ELSE 1 END WHERE recipient <> 'zoe@example.com'",
    );
    wait_for("two to be given up", || (server.queued().len() == 2).then_some(()));
    server.let_a_second_pass();
    let waiting = "SELECT recipient FROM mail_queue WHERE given_up_at IS NULL ORDER BY recipient";
    assert_eq!(server.sql(waiting), ["una@example.com", "zoe@example.com"], "what was never tried waits");
    let audit = server.audit();
    assert_eq!(
        audit.iter().filter(|event| event.starts_with("mail.given_up: password_changed: ")).count(),
        2,
        "{audit:?}"
    );
    assert!(server.stderr().matches("the mail server can't be used").count() == 1, "told once: {}", server.stderr());
}

#[test]
fn a_letter_is_unreadable_in_the_database_and_of_no_use_with_another_key() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    server.add_with_address("zoe");
    server.set_password("zoe");
    let stored = server.sql("SELECT letter FROM mail_queue").remove(0);
    assert!(!stored.contains("password") && stored.len() > 200, "{stored}");
    std::fs::remove_file(server.folder().join("data/secret_key")).unwrap();
    server = server.with("VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE", "true").and_start();
    let said = wait_for("it to be given up", || server.audit().into_iter().find(|e| e.starts_with("mail.given_up")));
    assert!(said.contains("it was encrypted with another secret key"), "{said}");
    assert_eq!(mail.taken().len(), 0);
}
