//! Mail, as people get it and operators look after it, with a real mail server.

mod addresses;
mod by_hand;
mod encrypted;
mod killed;
mod notices;
mod pauses;
mod queue;
mod removed;
mod settings;
mod texts;

use crate::support::{GOOD_PASSWORD, Server};

impl Server {
    /// An account with an address, and [`GOOD_PASSWORD`].
    pub fn add_with_address(&self, username: &str) {
        self.add_user_with(username, &["--email", &format!("{username}@example.com")]);
    }

    /// Sets a password by the command line, of which the owner is told.
    pub fn set_password(&self, username: &str) {
        let set =
            self.cli_with_stdin(&["user", "set-password", username, "--password-stdin"], &format!("{GOOD_PASSWORD}\n"));
        assert_eq!(set.code, 0, "{set:?}");
    }

    /// The letters in the queue, by what they are about.
    pub fn queued(&self) -> Vec<String> {
        self.sql("SELECT kind FROM mail_queue WHERE given_up_at IS NULL ORDER BY created_at, id")
    }
}
