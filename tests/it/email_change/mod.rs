//! Changing one's own email address: with mail by a link, and without it at once.

mod by_mail;
mod counted;
mod races;
mod silent;
mod undone;

use serde_json::json;

use crate::support::{Client, GOOD_PASSWORD, MailServer, Reply, Server, Taken};

/// A server with accounts that have an address.
fn with_people(mail: &MailServer, names: &[&str]) -> Server {
    let server = Server::prepare().mailing(mail).and_start();
    for name in names {
        server.add_user_with(name, &["--email", &format!("{name}@example.com")]);
    }
    server
}

/// Asks for another address.
fn ask(program: &mut Client, email: &str) {
    let asked = program.call("PATCH", "/api/v1/me", &json!({ "email": email }));
    assert_eq!(asked.status, 202, "{}", asked.body);
}

/// What the letters are about.
const CONFIRM: &str = "Confirm your email address";
const CHANGED: &str = "Your email address was changed";
const TAKEN: &str = "Somebody entered your email address";

/// Changes an address by its link, and answers the letter that went to the former one.
fn change(server: &Server, mail: &MailServer, program: &mut Client, email: &str) -> Taken {
    let former = program.get("/api/v1/me").json()["email"].as_str().expect("an address").to_owned();
    ask(program, email);
    assert_eq!(server.opened(&mail.letter(email, CONFIRM).link()).confirm().status, 303, "{email}");
    mail.letter(&former, CHANGED)
}

impl Client {
    /// Confirms an address by the link that was opened.
    fn confirm(&mut self) -> Reply {
        self.post("/email/confirm", &[])
    }

    /// Undoes a change by the link that was opened.
    fn undo(&mut self) -> Reply {
        self.post("/email/undo", &[])
    }
}

impl Server {
    /// The address of an account.
    fn email_of(&self, name: &str) -> String {
        self.sql(&format!("SELECT coalesce(email, 'none') FROM users WHERE username = '{name}'")).remove(0)
    }

    /// A program that an account has logged in with just now.
    fn program_of(&self, name: &str) -> Client {
        self.client().program(name, GOOD_PASSWORD)
    }
}
