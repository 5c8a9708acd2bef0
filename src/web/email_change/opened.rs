//! What both pages have in common: a button, and what is shown in place of it.

use rocket::http::Status;
use serde_json::json;

use crate::accounts::user;
use crate::accounts::user::email_change::LinkRefused;
use crate::web::error::Error;
use crate::web::form::{Fields, PostedForm, WorksForEveryone};
use crate::web::one_time_link::no_more;
use crate::web::page::{Layout, Page};

/// A button that sends nothing: what it is about is in the cookie of the link.
pub(super) struct Button;

impl PostedForm for Button {
    const FIELDS: &'static [&'static str] = &[];

    fn read(_: &mut Fields) -> Button {
        Button
    }
}

impl WorksForEveryone for Button {}

/// What is shown to whoever has a link that does nothing.
pub(super) fn refusal(layout: &Layout<'_>, refused: LinkRefused) -> Result<Page, Error> {
    match refused {
        LinkRefused::WrongLink => Ok(no_more(layout)),
        // Only whoever reads the mail of this address gets here.
        LinkRefused::User(user::Error::EmailTaken) => {
            Ok(layout.page("email_change/taken", json!({})).with_status(Status::Conflict))
        }
        LinkRefused::User(error) => Err(error.into()),
    }
}
