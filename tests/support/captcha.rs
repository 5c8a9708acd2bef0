//! Captchas, whose answers the tests learn as the server does: from the id and the secret key of its data folder.

use vestibule::accounts::Accounts;
use vestibule::accounts::captcha::Captcha;

use super::{Client, Reply, Server, in_process};

/// What knows the answers of a server.
pub struct Answers(pub Accounts);

impl Answers {
    /// Of this server, which has been started.
    pub fn of(server: &Server) -> Answers {
        Answers(in_process::beside(server).1)
    }

    /// The signs of a captcha.
    pub fn to(&self, id: &str) -> String {
        Captcha::of(&self.0, id).expect("it is ours and not over").text()
    }
}

impl Reply {
    /// The value of a hidden field of this page.
    pub fn hidden(&self, field: &str) -> String {
        let value = self.body.split(&format!("name=\"{field}\" value=\"")).nth(1);
        let value = value.unwrap_or_else(|| panic!("the page has no hidden {field}: {}", self.body));
        value.split('"').next().unwrap().to_owned()
    }

    /// Whether this page asks for a captcha.
    pub fn asks_for_captcha(&self) -> bool {
        self.body.contains("name=\"captcha\"")
    }
}

impl Client {
    /// The value of a hidden field of a page.
    pub fn hidden(&mut self, path: &str, field: &str) -> String {
        self.get(path).hidden(field)
    }
}
