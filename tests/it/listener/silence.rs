//! Connections on which nothing happens.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::support::Server;

/// A connection on which this was sent.
fn open(server: &Server, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    stream
}

/// Reads until the server closes the connection, and fails when it does not.
fn until_closed(mut stream: TcpStream) -> String {
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "it is still open"),
    }
    String::from_utf8_lossy(&said).into_owned()
}

fn request(server: &Server) -> String {
    format!("GET /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port)
}

#[test]
fn what_stays_silent_is_closed() {
    let server = Server::prepare()
        .and_seed()
        .with("VESTIBULE_SILENT_CONNECTION_SECONDS", "1")
        .with("ROCKET_KEEP_ALIVE", "1")
        .and_start();
    let nothing = open(&server, "");
    let half_a_head = open(&server, "GET / HTTP/1.1\r\nHost: 127");
    let idle = open(&server, &request(&server));
    assert_eq!(until_closed(nothing), "");
    assert!(!until_closed(half_a_head).contains("200 OK"));
    let answered = until_closed(idle);
    assert!(answered.starts_with("HTTP/1.1 200 OK") && answered.ends_with("</html>\n"), "{answered}");
}

#[test]
fn a_head_that_drips_is_closed_too() {
    let server = Server::prepare().and_seed().with("VESTIBULE_SILENT_CONNECTION_SECONDS", "1").and_start();
    let mut dripping = open(&server, "GET / HTTP/1.1\r\n");
    dripping.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let mut buffer = [0; 1024];
    for _ in 0..300 {
        // A read that times out is the pause between two drops.
        match dripping.read(&mut buffer) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
        if dripping.write_all(b"X: y\r\n").is_err() {
            return;
        }
    }
    panic!("it is still open after 30 seconds");
}

#[test]
fn a_network_with_too_many_loses_its_longest_silent_connection() {
    let server = Server::prepare().and_seed().with("VESTIBULE_CONNECTIONS_PER_NETWORK", "8").and_start();
    let mut silent: Vec<TcpStream> = (0..8).map(|_| open(&server, "")).collect();
    for _ in 0..3 {
        assert_eq!(server.client().get("/login").status, 200, "a new connection is never refused");
    }
    let oldest = silent.remove(0);
    assert_eq!(until_closed(oldest), "");
    let mut newest = silent.pop().unwrap();
    newest.write_all(request(&server).as_bytes()).unwrap();
    let mut start = [0; 15];
    newest.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK", "the others are still open");
}

#[test]
fn a_trusted_proxy_may_have_as_many_as_it_likes() {
    let server = Server::prepare()
        .and_seed()
        .with("VESTIBULE_CONNECTIONS_PER_NETWORK", "2")
        .with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .and_start();
    let idle: Vec<TcpStream> = (0..20).map(|_| open(&server, "")).collect();
    for mut connection in idle {
        connection.write_all(request(&server).as_bytes()).unwrap();
        let mut start = [0; 15];
        connection.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200 OK");
    }
}

#[test]
fn more_silent_connections_than_files_shut_nobody_out() {
    // The soft limit is raised to the hard one, and what is beyond that gives way.
    let server = Server::prepare()
        .and_seed()
        .with("VESTIBULE_CONNECTIONS_PER_NETWORK", "100000")
        .with_limit("-Sn 200")
        .with_limit("-Hn 400")
        .and_start();
    let silent: Vec<TcpStream> = (0..600).map(|_| open(&server, "")).collect();
    for _ in 0..5 {
        assert_eq!(server.client().get("/login").status, 200);
    }
    assert_eq!(server.client().log_in("roy", "roy").status, 303, "the database has files, too");
    drop(silent);
}
