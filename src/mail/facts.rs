//! What the texts of letters can tell.

use serde::Serialize;

/// What a template is given. What a letter does not tell stays out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// Where people reach this server, such as `https://login.example.com`.
    pub site: String,
    /// The username of the account.
    pub username: String,
    /// When it happened: `28 November 2026, 06:12 UTC`.
    pub at: String,
    /// Who did it, when it was not the owner of the account: `an administrator`.
    pub by: Option<String>,
    /// The browser that it was done with, in words.
    pub browser: Option<String>,
    /// The address of the client.
    pub address: Option<String>,
    /// The new email address; none when it was taken away.
    pub email: Option<String>,
    /// The day on which something is going to happen.
    pub day: Option<String>,
}

impl Facts {
    /// What every letter tells, and the day, which those tell that have one; for trying out a template.
    pub(super) fn least() -> Facts {
        let Facts { site, username, at, day, .. } = Facts::sample();
        Facts { site, username, at, day, ..Facts::default() }
    }

    /// Something of everything, for trying out a template.
    pub(super) fn sample() -> Facts {
        let some = |text: &str| Some(text.to_owned());
        Facts {
            site: "https://login.example.com".to_owned(),
            username: "roy".to_owned(),
            at: "5 January 2030, 12:00 UTC".to_owned(),
            by: some("an administrator"),
            browser: some("Firefox on Linux"),
            address: some("192.0.2.1"),
            email: some("roy@example.com"),
            day: some("12 January 2030"),
        }
    }
}
