//! The values that templates of letters can use.

use serde::Serialize;

/// The variables of a template. A letter leaves out those that it does not need.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// Where people reach this server, such as `https://login.example.com`.
    pub site: String,
    /// The username of the account.
    pub username: String,
    /// When it happened: `28 November 2026, 06:12 UTC`.
    pub at: String,
    /// Who did it, if it was not the owner of the account: `an administrator`.
    pub by: Option<String>,
    /// The browser that was used, in words.
    pub browser: Option<String>,
    /// The address of the client.
    pub address: Option<String>,
    /// The new email address; none if it was removed.
    pub email: Option<String>,
    /// The day on which something is going to happen.
    pub day: Option<String>,
    /// A link to open, in letters that have one.
    pub link: Option<String>,
}

impl Facts {
    /// The values that every letter has, and the day and the link, which some need; for trying out a template.
    pub(super) fn least() -> Facts {
        let Facts { site, username, at, day, link, .. } = Facts::sample();
        Facts { site, username, at, day, link, ..Facts::default() }
    }

    /// A value for every variable, for trying out a template.
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
            link: some("https://login.example.com/reset?token=zv0bGLW9rTqoTjY1vV0nKx0V1o4RmZk2c8yJb3e5Q6s"),
        }
    }
}
