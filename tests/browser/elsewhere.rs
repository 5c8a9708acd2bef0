//! Another site: a tiny web server on another port of this machine.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A site with pages of our choice. It answers as long as the tests run.
pub struct Elsewhere {
    port: u16,
    pages: Arc<Mutex<HashMap<String, String>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    pub fn open() -> Elsewhere {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let elsewhere = Elsewhere { port, pages: Arc::default(), heard: Arc::default() };
        let (pages, heard) = (Arc::clone(&elsewhere.pages), Arc::clone(&elsewhere.heard));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (pages, heard) = (Arc::clone(&pages), Arc::clone(&heard));
                // A browser opens connections ahead of need: one that stays silent must not hold up the next.
                thread::spawn(move || answer(stream, &pages, &heard));
            }
        });
        elsewhere
    }

    /// Puts up a page.
    pub fn with(self, path: &str, html: &str) -> Elsewhere {
        self.pages.lock().unwrap().insert(path.to_owned(), html.to_owned());
        self
    }

    /// A page's address under the host that the server has, too: to the browser the same site, another origin.
    pub fn next_door(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same page's address under another host: another site.
    pub fn far_away(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The heads of all requests so far, in lower case.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, pages: &Mutex<HashMap<String, String>>, heard: &Mutex<Vec<String>>) -> Option<()> {
    let lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = head.first()?.split(' ').nth(1)?.to_owned();
    heard.lock().unwrap().push(head.join("\n").to_lowercase());
    let (status, page) = match pages.lock().unwrap().get(&path) {
        // Without an icon of its own the browser would look for one.
        Some(page) => ("200 OK", format!("<link rel='icon' href='data:,'>{page}")),
        None => ("404 Not Found", String::new()),
    };
    let head = format!("Content-Type: text/html; charset=utf-8\r\nContent-Length: {}", page.len());
    write!(&stream, "HTTP/1.1 {status}\r\n{head}\r\nConnection: close\r\n\r\n{page}").ok()
}
