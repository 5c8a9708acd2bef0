//! An HTTP client that adds nothing of its own: it sends the bytes it is told to and keeps a jar of cookies.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A browser without a window: it wants pages, unless told otherwise, and says neither Origin nor Sec-Fetch.
#[derive(Clone)]
pub struct Client {
    port: u16,
    headers: Vec<(String, String)>,
    wants_pages: bool,
    pub jar: BTreeMap<String, String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Client {
    pub fn new(port: u16) -> Client {
        Client { port, headers: Vec::new(), wants_pages: true, jar: BTreeMap::new() }
    }

    /// The same client with one more header on every request.
    pub fn with(&self, name: &str, value: &str) -> Client {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client, as a program that does not say what it accepts.
    pub fn without_accept(&self) -> Client {
        Client { wants_pages: false, ..self.clone() }
    }

    /// The same client, with the cookies of another one.
    pub fn having(mut self, other: &Client) -> Client {
        self.jar.clone_from(&other.jar);
        self
    }

    /// The same client, as one that asks for JSON.
    pub fn json(&self) -> Client {
        self.with("Accept", "application/json")
    }

    /// The same client, as a browser that follows a link or sends a form on a page of ours.
    pub fn browsing(&self) -> Client {
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        self.with("Accept", accept).with("Sec-Fetch-Site", "same-origin").with("Sec-Fetch-Mode", "navigate")
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, None, "")
    }

    /// Posts a form of these fields.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, Some("application/x-www-form-urlencoded"), &body)
    }

    /// Sends JSON.
    pub fn call(&mut self, method: &str, path: &str, body: &serde_json::Value) -> Reply {
        self.send(method, path, Some("application/json"), &body.to_string())
    }

    /// Sends a request without a body.
    pub fn bare(&mut self, method: &str, path: &str) -> Reply {
        self.send(method, path, None, "")
    }

    /// The same client, as a program with this access token.
    pub fn bearing(&self, token: &str) -> Client {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// Logs in by token, and answers the pair.
    pub fn pair(&mut self, login: &str, password: &str) -> serde_json::Value {
        let issued = self.call("POST", "/api/v1/tokens", &serde_json::json!({ "login": login, "password": password }));
        assert_eq!(issued.status, 200, "{}", issued.body);
        issued.json()
    }

    /// The same client, as a program that this user has logged in with.
    pub fn program(&self, login: &str, password: &str) -> Client {
        let pair = self.clone().pair(login, password);
        self.bearing(pair["access_token"].as_str().expect("a token"))
    }

    /// Logs in by the form.
    pub fn log_in(&mut self, username: &str, password: &str) -> Reply {
        self.post("/login", &[("username", username), ("password", password)])
    }

    /// Sends a request, with the cookies of the jar, and puts the answer's cookies into it.
    pub fn send(&mut self, method: &str, path: &str, content_type: Option<&str>, body: &str) -> Reply {
        let reply = self.raw(self.request(method, path, content_type, body).as_bytes());
        self.keep_cookies(&reply);
        reply
    }

    /// The bytes of a request, with the cookies of the jar.
    fn request(&self, method: &str, path: &str, content_type: Option<&str>, body: &str) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        let says = |header: &str| self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header));
        if !says("host") {
            head += &format!("Host: 127.0.0.1:{}\r\n", self.port);
        }
        if self.wants_pages && !says("accept") {
            head += "Accept: text/html\r\n";
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self.jar.is_empty() {
            let pairs: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head += &format!("Cookie: {}\r\n", pairs.join("; "));
        }
        if let Some(content_type) = content_type {
            head += &format!("Content-Type: {content_type}\r\n");
        }
        if !body.is_empty() || !matches!(method, "GET" | "HEAD") {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        format!("{head}\r\n{body}")
    }

    /// Sends exactly these bytes.
    pub fn raw(&self, request: &[u8]) -> Reply {
        Client::finish(self.begin(request), b"")
    }

    /// Sends a request but for the last byte of its body.
    pub fn hold_back(&self, method: &str, path: &str, content_type: &str, body: &str) -> HeldBack {
        let request = self.request(method, path, Some(content_type), body).into_bytes();
        let (last, first) = request.split_last().expect("a body");
        HeldBack { stream: self.begin(first), last: *last }
    }

    fn begin(&self, request: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        stream.write_all(request).expect("the server reads");
        stream
    }

    fn finish(mut stream: TcpStream, rest: &[u8]) -> Reply {
        stream.write_all(rest).expect("the server reads");
        let mut answer = Vec::new();
        // A server that refuses a body may close while we still send: what it said before counts.
        let _ = stream.read_to_end(&mut answer);
        Reply::parse(&answer)
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for cookie in reply.all("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').expect("name=value");
            if cookie.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A request whose last byte is still to come.
pub struct HeldBack {
    stream: TcpStream,
    last: u8,
}

impl HeldBack {
    /// Sends that byte.
    pub fn let_go(self) -> Reply {
        Client::finish(self.stream, &[self.last])
    }
}

impl Reply {
    fn parse(answer: &[u8]) -> Reply {
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer with headers");
        let head = std::str::from_utf8(&answer[..end]).expect("headers are ASCII");
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().expect("a status");
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(':').expect("name: value"))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut reply = Reply { status, headers, body: String::new() };
        let body = &answer[end + 4..];
        let body = if reply.header("transfer-encoding") == Some("chunked") { dechunk(body) } else { body.to_vec() };
        reply.body = String::from_utf8_lossy(&body).into_owned();
        reply
    }

    /// The value of a header that comes once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        assert!(values.len() <= 1, "{name} comes twice: {self:#?}");
        values.first().copied()
    }

    /// All values of a header.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The status, and where it leads.
    pub fn leads_to(&self) -> (u16, &str) {
        (self.status, self.header("location").unwrap_or(""))
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Whether the page says this, as a reader sees it.
    pub fn says(&self, text: &str) -> bool {
        self.body.replace("&#x27;", "'").replace("&#x2F;", "/").replace("&quot;", "\"").contains(text)
    }
}

fn dechunk(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    whole
}
