//! A connection to a running server that is kept from one request to the next: a new one for each would use up the
//! ports of this machine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Where requests are sent to.
pub struct Wire {
    port: u16,
    kept: Option<TcpStream>,
}

impl Wire {
    pub fn to(port: u16) -> Wire {
        Wire { port, kept: None }
    }

    /// Sends the head of a request, and answers status and head of the answer. Its request must not be HEAD.
    pub fn ask(&mut self, head: &[u8]) -> (u16, String) {
        // A connection that was kept may have been closed since.
        let kept = self.kept.take().and_then(|stream| Wire::try_ask(stream, head));
        let (status, head, stream) = kept.or_else(|| Wire::try_ask(self.open(), head)).expect("an answer");
        self.kept = (!head.contains("connection: close")).then_some(stream);
        (status, head)
    }

    fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_nodelay(true).expect("it is a socket");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("it is a socket");
        stream
    }

    /// None when the connection ended before the answer did.
    fn try_ask(mut stream: TcpStream, head: &[u8]) -> Option<(u16, String, TcpStream)> {
        stream.write_all(head).ok()?;
        let (mut answer, mut buffer) = (Vec::new(), [0; 16 * 1024]);
        loop {
            if let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") {
                let head = std::str::from_utf8(&answer[..end]).expect("headers are ASCII").to_ascii_lowercase();
                let length = head.split("\r\ncontent-length: ").nth(1).and_then(|rest| rest.lines().next());
                let length: usize = length.map_or(0, |length| length.parse().expect("a number"));
                if answer.len() >= end + 4 + length {
                    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
                    return Some((status, head, stream));
                }
            }
            match stream.read(&mut buffer) {
                Ok(length @ 1..) => answer.extend_from_slice(&buffer[..length]),
                _ => return None,
            }
        }
    }
}
