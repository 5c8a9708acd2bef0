//! The values that templates of letters can use.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::texts::{self, Given, Message};

/// The variables of a template. A letter leaves out those that it does not need.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// Where people reach this server, such as `https://login.example.com`.
    pub site: String,
    /// The username of the account.
    pub username: String,
    /// When it happened, as [`texts::moment`] has it: `28 November 2026, 06:12 UTC`.
    pub at: Value,
    /// Who did it, if it was not the owner of the account: `an administrator`.
    pub by: Option<Message>,
    /// The browser that was used, in words.
    pub browser: Option<Given>,
    /// The address of the client.
    pub address: Option<String>,
    /// The new email address; none if it was removed.
    pub email: Option<String>,
    /// The day on which something is going to happen, as [`texts::day`] has it.
    pub day: Option<Value>,
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
        let day = NaiveDate::from_ymd_opt(2030, 1, 5).unwrap_or_default();
        Facts {
            site: "https://login.example.com".to_owned(),
            username: "roy".to_owned(),
            at: texts::moment(day.and_hms_opt(12, 0, 0).unwrap_or_default()),
            by: Some(Message::new("mail-by-admin")),
            browser: Some("Firefox on Linux".into()),
            address: some("192.0.2.1"),
            email: some("roy@example.com"),
            day: Some(texts::day(day)),
            link: some("https://login.example.com/reset?token=zv0bGLW9rTqoTjY1vV0nKx0V1o4RmZk2c8yJb3e5Q6s"),
        }
    }
}
