//! Stopping: connections that do nothing are not waited for.

use std::io::Write;
use std::net::TcpStream;

use crate::support::Server;

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
