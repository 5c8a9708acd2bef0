//! The page that asks before an admin does something: what it is about, what it means, and the button.

use rocket::http::Status;
use serde_json::json;

use super::button::Button;
use crate::accounts::user;
use crate::texts::{Given, Message, Worded};
use crate::web::error::Error;
use crate::web::form::PostedForm;
use crate::web::page::{Layout, Page};
use crate::web::unsaved::Unsaved;

const TEMPLATE: &str = "admin/question";

/// What is asked.
#[derive(Debug)]
pub struct Question {
    /// The question, such as "Disable this account?".
    pub title: Message,
    /// Whom or what it is about, as people call it.
    pub about: Given,
    /// The same, more exactly, such as the username.
    pub exactly: Option<Given>,
    /// What it means.
    pub means: Message,
    /// What the button says.
    pub button: Message,
    /// Whether it takes something away.
    pub is_danger: bool,
    /// The address of the page, and of its form.
    pub at: String,
    /// The page to go back to, whatever the answer is.
    pub back: String,
}

impl Question {
    /// The page. When the button was pressed elsewhere, and a confirmation came in between, it still leads back there.
    pub fn page(&self, layout: &Layout<'_>) -> Page {
        let unsaved = layout.take_unsaved();
        let flash = unsaved.as_ref().map(Unsaved::flash_of_button).or_else(|| layout.take_flash());
        let button = unsaved.and_then(Unsaved::into_fields).map(|mut fields| Button::read(&mut fields));
        let mut context = self.context(true);
        if let Some(next) = button.as_ref().and_then(Button::next) {
            context["question"]["back"] = next.into();
        }
        layout.page_with(TEMPLATE, context, flash.as_ref())
    }

    /// The page again, when it can't be done: it says why, and has no button.
    ///
    /// # Errors
    /// Those that are no answer to the question.
    pub fn refused(&self, layout: &Layout<'_>, error: user::Error) -> Result<Page, Error> {
        let why = why_not(error)?;
        Ok(layout.page(TEMPLATE, self.context(false)).refusing(why).with_status(Status::Conflict))
    }

    fn context(&self, can_be_done: bool) -> serde_json::Value {
        json!({ "question": {
            "title": self.title,
            "about": self.about,
            "exactly": self.exactly,
            "means": self.means,
            "button": self.button,
            "is_danger": self.is_danger,
            "at": self.at,
            "back": self.back,
            "can_be_done": can_be_done,
        } })
    }
}

/// Why something about an account can't be done, for the admin who wants it.
///
/// # Errors
/// Those that have a page of their own.
pub fn why_not(error: user::Error) -> Result<Message, Error> {
    match error {
        user::Error::LastAdmin
        | user::Error::NotWaiting(_)
        | user::Error::Disabled(_)
        | user::Error::UsernameTaken
        | user::Error::EmailTaken
        | user::Error::Stale(_) => Ok(error.words()),
        user::Error::NotFound(_) | user::Error::Revoked(_) | user::Error::Database(_) => Err(error.into()),
    }
}
