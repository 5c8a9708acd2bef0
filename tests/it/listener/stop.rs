//! Starting and stopping: who can connect, and who is answered. Connections that do nothing are not waited for.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Command;

use super::tls::with_certificate;
use crate::support::{Server, wait_for};

#[test]
fn open_connections_don_t_keep_the_server_from_stopping() {
    let mut server = Server::prepare().and_seed().with("ROCKET_SHUTDOWN", "{grace=60, mercy=60}").and_start();
    let request = format!("GET /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    let open: Vec<TcpStream> = ["", request.as_str()]
        .into_iter()
        .map(|bytes| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
            stream.write_all(bytes.as_bytes()).unwrap();
            stream
        })
        .collect();
    // It gives up after 30 seconds, the server would after 60.
    assert_eq!(server.terminate(), 0);
    drop(open);
}

#[test]
fn a_handshake_that_never_begins_doesn_t_either() {
    let mut server = with_certificate(Server::prepare().and_seed())
        .with("ROCKET_SHUTDOWN", "{grace=60, mercy=60}")
        .with("VESTIBULE_SILENT_CONNECTION_SECONDS", "3600")
        .and_start();
    let open = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
    assert_eq!(server.terminate(), 0);
    drop(open);
}

fn signal(server: &Server, name: &str) {
    let sent = Command::new("kill").args([name, &server.id().to_string()]).status().expect("kill runs");
    assert!(sent.success(), "{name}");
}

#[test]
fn whoever_has_connected_when_it_is_told_to_stop_is_answered() {
    let mut server = Server::prepare().and_seed().with("ROCKET_SHUTDOWN", "{grace=60, mercy=60}").and_start();
    // It is told while it can do nothing, so that it finds all of them not accepted yet.
    signal(&server, "-STOP");
    let login = "username=roy&password=roy";
    let form = "application/x-www-form-urlencoded";
    let half: Vec<_> = (0..20).map(|_| server.client().hold_back("POST", "/login", form, login)).collect();
    signal(&server, "-TERM");
    signal(&server, "-CONT");
    for login in half {
        assert_eq!(login.let_go().leads_to(), (303, "/"));
    }
    assert_eq!(server.terminate(), 0);
    assert_eq!(server.sessions(), 20);
}

#[test]
fn whoever_sends_their_first_request_when_it_is_told_to_stop_is_answered() {
    let mut server = Server::prepare().and_seed().with("ROCKET_SHUTDOWN", "{grace=60, mercy=60}").and_start();
    let mut connected: Vec<TcpStream> =
        (0..20).map(|_| TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens")).collect();
    assert_eq!(server.client().get("/healthz").status, 200, "it has accepted those before");
    signal(&server, "-STOP");
    let request = format!("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    connected.iter_mut().for_each(|stream| stream.write_all(request.as_bytes()).unwrap());
    signal(&server, "-TERM");
    signal(&server, "-CONT");
    for mut stream in connected {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(server.terminate(), 0);
}

#[test]
fn whoever_is_answered_while_it_stops_is_told_that_the_connection_ends() {
    // On a slow machine the second of patience may be over before the request is sent: then the next one is asked.
    let answer = wait_for("an answer while it stops", || {
        let mut server = Server::prepare().and_seed().and_start();
        let mut connected = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
        assert_eq!(server.client().get("/healthz").status, 200, "it has accepted that one before");
        signal(&server, "-TERM");
        wait_for("it to accept no more", || TcpStream::connect(("127.0.0.1", server.port)).err());
        let request = format!("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
        let mut answer = String::new();
        let answered = connected.write_all(request.as_bytes()).and_then(|()| connected.read_to_string(&mut answer));
        assert_eq!(server.terminate(), 0);
        answered.ok().filter(|length| *length > 0).map(|_| answer.to_lowercase())
    });
    assert!(answer.starts_with("http/1.1 200 ") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
}

#[test]
fn nobody_can_connect_before_it_is_ready() {
    let server = Server::prepare().public("https://login.example.com").and_seed();
    let port = server.port_of_settings();
    let mut lock = server.connection();
    lock.lock();
    // It makes the first signing key, and has to wait for that.
    let mut starting = server.command(&["serve"]).spawn().expect("it starts");
    server.wait_until_they_wait(&[starting.id()]);
    let refused = TcpStream::connect(("127.0.0.1", port)).expect_err("it is not ready").kind();
    assert_eq!(refused, ErrorKind::ConnectionRefused);
    lock.roll_back();
    wait_for("it to be ready", || TcpStream::connect(("127.0.0.1", port)).ok());
    starting.kill().unwrap();
    starting.wait().unwrap();
}
