//! Whose server it is, as letters say it: the variable `brand` of their templates.

use serde::Serialize;

/// What is the same in all letters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Brand {
    /// What this server is called.
    pub name: String,
    /// Whom people ask who can't log in, line by line.
    pub help: Vec<String>,
    /// What the law wants at the end of a letter.
    pub legal_links: Vec<Link>,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads: an https address, or a path on this server.
    pub address: String,
}
