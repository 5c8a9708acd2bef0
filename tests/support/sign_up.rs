//! The sign-up page, as a person without JavaScript uses it.

use super::{Client, GOOD_PASSWORD, Reply, Server};

impl Server {
    /// A server where anyone may sign up, as quickly as they like, with the sample accounts.
    pub fn open_to_all() -> Server {
        Server::prepare().and_open().and_seed().and_start()
    }

    /// The settings for that.
    pub fn and_open(self) -> Server {
        self.with("VESTIBULE_REGISTRATION", "open").with("VESTIBULE_SIGN_UP_SECONDS", "0")
    }
}

impl Client {
    /// Opens the sign-up page and sends its form with these fields.
    pub fn sign_up(&mut self, fields: &[(&str, &str)]) -> Reply {
        let opened = self.hidden("/signup", "opened");
        let shown = [("opened", opened.as_str()), ("website", "")];
        let shown = shown.into_iter().filter(|(name, _)| !fields.iter().any(|(known, _)| known == name));
        let all: Vec<(&str, &str)> = shown.chain(fields.iter().copied()).collect();
        self.post("/signup", &all)
    }

    /// The same with a good password.
    pub fn sign_up_as(&mut self, username: &str) -> Reply {
        self.sign_up(&[("username", username), ("name", ""), ("email", ""), ("password", GOOD_PASSWORD)])
    }
}
