//! The page with a link that was just made. Nobody can look it up later.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::texts::Message;
use crate::web::page::{Layout, Page, When};

/// A link that is shown once.
#[derive(Debug)]
pub struct Link {
    /// What it is.
    pub title: Message,
    /// The link itself.
    pub url: String,
    /// Who or what it is for, in words.
    pub about: Option<String>,
    /// What to do with it.
    pub means: Message,
    /// Until when it works, in UTC.
    pub until: NaiveDateTime,
    /// The page to go back to.
    pub back: String,
}

impl Link {
    /// The page.
    pub fn page(self, layout: &Layout<'_>) -> Page {
        let until = When::from(self.until);
        let Link { title, url, about, means, back, .. } = self;
        let link = json!({ "title": title, "url": url, "about": about, "means": means, "until": until, "back": back });
        layout.page("admin/link", json!({ "link": link }))
    }
}
