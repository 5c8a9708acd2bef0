//! Signing up where mail is sent: the account is made by the link that went to its address.

mod confirmed;
mod kinds;
mod links;
mod passwords;
mod silent;
mod vouched;

use serde_json::json;

use crate::support::{Client, GOOD_PASSWORD, MailServer, Reply, Server, wait_for};

/// What the letters are about.
const CONFIRM: &str = "Confirm your email address";
const TAKEN: &str = "You have an account already";

/// What whoever has not opened the link is told after the right password.
const LOOK: &str = "Look for the message that we sent to your email address";

/// A server that sends mail, where anyone may sign up, with an account that has this address.
fn with_ann(mail: &MailServer) -> Server {
    let server = open(mail).and_start();
    let ann = ["user", "add", "ann", "--email", "ann@example.com", "--password-stdin"];
    assert_eq!(server.cli_with_stdin(&ann, "a password of her own\n").code, 0);
    server
}

/// The settings for that.
fn open(mail: &MailServer) -> Server {
    Server::prepare().mailing(mail).and_open().with("VESTIBULE_CAPTCHA_AFTER_SIGN_UPS", "1000")
}

/// Signs up as a program.
fn by_api(server: &Server, username: &str, email: &str) -> Reply {
    let body = json!({ "username": username, "email": email, "password": GOOD_PASSWORD });
    server.client().call("POST", "/api/v1/users", &body)
}

/// Signs up on the page.
fn by_page(browser: &mut Client, username: &str, email: &str) -> Reply {
    browser.sign_up(&[("username", username), ("email", email), ("password", GOOD_PASSWORD)])
}

/// A browser that has opened the link of a sign-up with this free address.
fn opened(server: &Server, mail: &MailServer, email: &str) -> Client {
    server.opened(&mail.letter(email, CONFIRM).link())
}

/// Waits until everything was sent.
fn all_sent(server: &Server) {
    wait_for("the letters to be sent", || (server.sql("SELECT count(*) FROM mail_queue") == ["0"]).then_some(()));
}

/// How many letters about this an address has got.
fn count(mail: &MailServer, to: &str, subject: &str) -> usize {
    mail.taken().iter().filter(|letter| letter.to() == [to] && letter.subject() == subject).count()
}

impl Client {
    /// Makes the account by the link that was opened.
    fn confirms(&mut self) -> Reply {
        self.confirms_with(GOOD_PASSWORD)
    }

    /// The same with this password.
    fn confirms_with(&mut self, password: &str) -> Reply {
        self.post("/signup/confirm", &[("password", password)])
    }
}

impl Server {
    /// The usernames of all accounts, in the order in which they were made.
    fn names(&self) -> Vec<String> {
        self.sql("SELECT username FROM users ORDER BY id")
    }
}
