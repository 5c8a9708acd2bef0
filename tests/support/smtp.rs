//! A mail server of the test's own, with a certificate of its own authority: aiosmtpd, in Python.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;

use super::Server;
use super::links::path_of;
use super::waiting::wait_for;

/// A running mail server. It is stopped when this is dropped.
pub struct MailServer {
    folder: TempDir,
    child: Child,
    lines: Arc<Mutex<Vec<Value>>>,
    encryption: &'static str,
    wants_login: bool,
    pub port: u16,
}

/// A letter that the server has taken.
#[derive(Debug, Clone)]
pub struct Taken(Value);

impl MailServer {
    /// One that speaks TLS from the start, and wants a login.
    pub fn start() -> MailServer {
        MailServer::like("tls", "right", true)
    }

    /// One that is encrypted so (`tls`, `starttls`, `plain`), whose certificate is `right` or `wrong`.
    pub fn like(encryption: &'static str, certificate: &str, wants_login: bool) -> MailServer {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = Command::new("python3")
            .args(["-W", "ignore", "-c", include_str!("smtp_server.py"), encryption, certificate])
            .arg(if wants_login { "auth" } else { "open" })
            .arg(folder.path())
            .env("PYTHONPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-python"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is needed for this test: scripts/test installs what it needs");
        let lines = Arc::<Mutex<Vec<Value>>>::default();
        let (stdout, heard) = (BufReader::new(child.stdout.take().unwrap()), Arc::clone(&lines));
        let mut stdin = child.stdin.take().unwrap();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let line: Value = serde_json::from_str(&line).expect("it prints JSON");
                let waits = line["heard"] == true;
                heard.lock().unwrap().push(line);
                // It answers its client when it knows that this was heard. One that was stopped asks no more.
                if waits && stdin.write_all(b"\n").is_err() {
                    break;
                }
            }
        });
        let port = wait_for("the mail server (scripts/test installs aiosmtpd)", || {
            lines.lock().unwrap().iter().find_map(|line| line["port"].as_u64())
        });
        MailServer { folder, child, lines, encryption, wants_login, port: port as u16 }
    }

    /// Its address, with the right login.
    pub fn url(&self) -> String {
        let login = if self.wants_login { "login%40example.com:p%2Fw%401@" } else { "" };
        match self.encryption {
            "tls" => format!("smtps://{login}localhost:{}", self.port),
            "starttls" => format!("smtp://{login}localhost:{}", self.port),
            _ => format!("smtp://{login}localhost:{}?tls=none", self.port),
        }
    }

    /// The file with its authority.
    pub fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// All letters that it has been given so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.lines.lock().unwrap().iter().filter(|line| line["to"].is_array()).cloned().map(Taken).collect()
    }

    /// Waits until there are so many.
    #[track_caller]
    pub fn wait_for(&self, count: usize) -> Vec<Taken> {
        wait_for(&format!("{count} letters"), || Some(self.taken()).filter(|taken| taken.len() >= count))
    }

    /// Waits for the letter about this to this address; of several the last one so far.
    #[track_caller]
    pub fn letter(&self, to: &str, subject: &str) -> Taken {
        wait_for(&format!("{subject:?} to {to}"), || {
            self.taken().into_iter().rfind(|letter| letter.to() == [to] && letter.subject() == subject)
        })
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.lines.lock().unwrap().iter().filter(|line| line["connected"] == true).count()
    }

    /// How often an address was refused.
    pub fn refusals(&self) -> usize {
        self.lines.lock().unwrap().iter().filter(|line| line["refused"].is_string()).count()
    }

    /// Takes letters from here on without confirming them, or confirms them again.
    pub fn hold(&self, on: bool) {
        let file = self.folder.path().join("hold");
        let done = if on { std::fs::write(&file, "") } else { std::fs::remove_file(&file) };
        done.expect("the file is there or not");
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Taken {
    /// The recipients, as they were told beside the message.
    pub fn to(&self) -> Vec<&str> {
        self.0["to"].as_array().unwrap().iter().map(|to| to.as_str().unwrap()).collect()
    }

    /// All values of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let all = self.0["headers"].as_array().unwrap().iter();
        all.filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name))
            .map(|header| header[1].as_str().unwrap())
            .collect()
    }

    /// The subject.
    pub fn subject(&self) -> &str {
        self.headers("Subject")[0]
    }

    /// The id that is the same each time a letter is sent.
    pub fn id(&self) -> &str {
        self.headers("Message-ID")[0]
    }

    /// The text, decoded, with its lines joined.
    pub fn text(&self) -> String {
        self.0["text"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The path of the link with a token that it has.
    #[track_caller]
    pub fn link(&self) -> String {
        let text = self.text();
        let link = text.split(' ').find(|word| word.contains("token=")).unwrap_or_else(|| panic!("a link: {text}"));
        path_of(link)
    }

    /// The message as it came.
    pub fn raw(&self) -> &str {
        self.0["raw"].as_str().unwrap()
    }
}

impl Server {
    /// Sends its mail to that server.
    pub fn mailing(self, mail: &MailServer) -> Server {
        self.with("VESTIBULE_MAIL_TRANSPORT", "smtp")
            .with("VESTIBULE_MAIL_FROM", "Example <login@example.com>")
            .with("VESTIBULE_SMTP_URL", &mail.url())
            .with("VESTIBULE_SMTP_CA", mail.ca().to_str().unwrap())
    }
}
