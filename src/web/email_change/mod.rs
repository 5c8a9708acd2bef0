//! What the letters about a change of the address lead to: confirming the new one, and undoing the change. Both work for
//! whoever has the link, logged in or not. The form is in `account::email`.

mod confirm;
mod undo;

use rocket::Route;
use rocket::http::Status;
use serde_json::json;

use super::error::Error;
use super::form::{Fields, PostedForm, WorksForEveryone};
use super::one_time_link::no_more;
use super::page::{Layout, Page};
use crate::accounts::user;
use crate::accounts::user::email_change::LinkRefused;

/// A button that sends nothing: what it is about is in the cookie of the link.
struct Button;

impl PostedForm for Button {
    const FIELDS: &'static [&'static str] = &[];

    fn read(_: &mut Fields) -> Button {
        Button
    }
}

impl WorksForEveryone for Button {}

fn refusal(layout: &Layout<'_>, refused: LinkRefused) -> Result<Page, Error> {
    match refused {
        LinkRefused::WrongLink => Ok(no_more(layout)),
        // Only whoever reads the mail of this address gets here.
        LinkRefused::User(user::Error::EmailTaken) => {
            Ok(layout.page("email_change/taken", json!({})).with_status(Status::Conflict))
        }
        LinkRefused::User(error) => Err(error.into()),
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    [confirm::routes(), undo::routes()].concat()
}
