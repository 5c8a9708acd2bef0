//! A client that costs as little as it can: whole requests as bytes, one connection for many of them, and a source
//! address of its own (all of 127.0.0.0/8 is this machine), so that it can stand for a network.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, SocketAddrV4};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// Where clients come from whose network does not matter.
pub const ANYWHERE: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// A connection that is kept for the next request.
pub struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    pub async fn open(source: Ipv4Addr, port: u16) -> Result<Connection> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(SocketAddrV4::new(source, 0).into())?;
        let stream = socket.connect(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port).into()).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, answer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request, reads the whole answer, and tells its status.
    pub async fn ask(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let mut whole = None;
        while whole.is_none_or(|whole| self.answer.len() < whole) {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if whole.is_none() {
                whole = length(&self.answer)?;
            }
        }
        let status = self.answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        status.ok_or_else(|| Error::other("no status"))
    }

    /// The body of the last answer.
    pub fn body(&self) -> &str {
        let answer = std::str::from_utf8(&self.answer).unwrap_or_default();
        answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

/// How long an answer is with its body, once its head is there. The server and the yardstick tell the length of all
/// that they send.
fn length(answer: &[u8]) -> Result<Option<usize>> {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&answer[..end]).map_err(Error::other)?;
    let value = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim())
    });
    let body: usize = value.ok_or_else(|| Error::other("no length"))?.parse().map_err(Error::other)?;
    Ok(Some(end + 4 + body))
}

/// A request without a body.
pub fn get(port: u16, path: &str, headers: &[String]) -> Vec<u8> {
    request("GET", port, path, headers, "")
}

/// A login as JSON clients do it, which is answered with 200.
pub fn login(port: u16, cookie: Option<&str>, username: &str, password: &str) -> Vec<u8> {
    let body = serde_json::json!({ "username": username, "password": password }).to_string();
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}"));
    json("POST", port, "/login", cookie, &body)
}

/// A request whose body is JSON, with one header more.
pub fn json(method: &str, port: u16, path: &str, header: Option<String>, body: &str) -> Vec<u8> {
    let mut headers = vec!["Accept: application/json".to_owned(), "Content-Type: application/json".to_owned()];
    headers.extend(header);
    headers.push(format!("Content-Length: {}", body.len()));
    request(method, port, path, &headers, body)
}

fn request(method: &str, port: u16, path: &str, headers: &[String], body: &str) -> Vec<u8> {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n{body}").into_bytes()
}

/// One thread for all that a client does.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
