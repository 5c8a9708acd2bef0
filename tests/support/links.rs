//! One-time links, as an operator makes them and people open them.

use super::{Client, Reply, Server, Taken};

/// The path of a link, whatever port the command line was told.
pub fn path_of(link: &str) -> String {
    let rest = link.trim().split_once("://").expect("a URL").1;
    format!("/{}", rest.split_once('/').expect("a path").1)
}

impl Server {
    /// The path of a new link for a new password of this user.
    pub fn reset_link(&self, name: &str) -> String {
        let made = self.cli(&["user", "reset-link", name]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        path_of(&made.stdout)
    }

    /// The path of a new invitation.
    pub fn invite(&self, terms: &[&str]) -> String {
        let made = self.cli(&[&["invite", "create"], terms].concat());
        assert_eq!(made.code, 0, "{}", made.stderr);
        path_of(&made.stdout)
    }

    /// A browser that has opened this link, and was sent on.
    pub fn opened(&self, link: &str) -> Client {
        let mut browser = self.client().browsing();
        assert_eq!(browser.get(link).status, 303, "{link}");
        browser
    }
}

impl Taken {
    /// The path of the link to this page in a letter.
    pub fn link_to(&self, page: &str) -> String {
        let text = self.text();
        let link = text.split_whitespace().find(|word| word.contains(&format!("{page}?token=")));
        path_of(link.unwrap_or_else(|| panic!("no link to {page}: {text}")))
    }
}

impl Client {
    /// Chooses this password by the link that was opened.
    pub fn reset_to(&mut self, password: &str) -> Reply {
        self.post("/reset", &[("new_password", password), ("repeated_password", password)])
    }
}
