//! The pauses that a mail server gets which wants fewer letters or can't be used, and what the log says about them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::support::{MailServer, Server, wait_for};

#[test]
fn a_mail_server_that_wants_fewer_letters_is_given_a_pause() {
    for (name, tried, connections) in [("later", 5, 1), ("closes", 2, 2)] {
        let mail = MailServer::start();
        let mut server = Server::prepare().mailing(&mail);
        assert_eq!(server.cli(&["migrate"]).code, 0);
        for nth in 0..8 {
            server.add_with_address(&format!("{name}{nth}"));
            server.set_password(&format!("{name}{nth}"));
        }
        server.start(&["serve"]);
        wait_for("the pause", || server.stderr().contains("mail waits, because the mail server").then_some(()));
        server.let_a_second_pass();
        assert_eq!((mail.refusals(), mail.connections()), (tried, connections), "{name}: {}", server.stderr());
        assert_eq!(server.queued().len(), 8, "{name}: they wait");
        wait_for("the next one", || (mail.refusals() > tried).then_some(()));
    }
}

#[test]
fn letters_that_are_refused_hold_up_no_other_one_for_long() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    for nth in 0..12 {
        server.add_with_address(&format!("later{nth}"));
        server.set_password(&format!("later{nth}"));
    }
    server.start(&["serve"]);
    wait_for("the pause", || server.stderr().contains("refuses one letter after the other").then_some(()));
    server.add_with_address("zoe");
    server.set_password("zoe");
    assert!(mail.wait_for(1)[0].text().contains("zoe"));
}

/// Takes one connection that only says hello, until it ends.
fn greet(listener: &TcpListener) {
    let (stream, _) = listener.accept().unwrap();
    let mut answers = stream.try_clone().unwrap();
    answers.write_all(b"220 ready\r\n").unwrap();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        let answer: &[u8] = if line.starts_with("QUIT") { b"221 bye\r\n" } else { b"250 localhost\r\n" };
        if answers.write_all(answer).is_err() {
            return;
        }
    }
}

#[test]
fn the_log_tells_of_a_second_time_that_the_mail_server_is_out() {
    let once = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = once.local_addr().unwrap().port();
    drop(once);
    let mail = MailServer::start();
    let url = format!("smtp://localhost:{port}?tls=none");
    let server = Server::prepare().mailing(&mail).with("VESTIBULE_SMTP_URL", &url).and_start();
    let told = |times| (server.stderr().matches("mail waits, because the mail server").count() == times).then_some(());
    wait_for("the first time", || told(1));
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    greet(&listener);
    wait_for("its end", || server.stderr().contains("mail goes out again").then_some(()));
    drop(listener);
    server.add_with_address("zoe");
    server.set_password("zoe");
    wait_for("the second time", || told(2));
}
