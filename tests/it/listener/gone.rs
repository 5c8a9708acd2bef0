//! Clients that go away before they are answered.

use std::io::Write;
use std::net::TcpStream;

use crate::support::{Server, wait_for};

#[test]
fn an_attempt_of_a_client_that_goes_away_is_recorded() {
    // Dear enough that the client is gone before the answer is there.
    let server = Server::prepare().and_seed().with("VESTIBULE_BCRYPT_COST", "11").and_start();
    let body = "username=roy&password=wrong";
    let request = format!(
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        server.port,
        body.len()
    );
    for number in 1..=3 {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
        stream.write_all(request.as_bytes()).unwrap();
        wait_for("the attempt to be reserved", || {
            (server.sql("SELECT day_count FROM throttles") == [number.to_string()]).then_some(())
        });
        drop(stream);
        let failures = "SELECT count(*) FROM audit_events WHERE event = 'login.failed'";
        wait_for("the failure to be recorded", || (server.sql(failures) == [number.to_string()]).then_some(()));
    }
}
