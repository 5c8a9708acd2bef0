//! `vestibule user reset-link`: a link with which the owner of an account chooses a new password.

use serde_json::json;

use super::super::Context;
use super::super::error::Error;
use super::super::output::{moment, print, print_json, say};
use crate::accounts::audit::Source;
use crate::accounts::reset;
use crate::accounts::user::Which;
use crate::notation::rfc3339;

pub(super) async fn link(name: String, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let links = context.links()?;
    let issued = reset::issue(&context.accounts, &Source::operator(), Which::Named(name)).await?;
    let link = links.reset(&issued.token);
    if json {
        let (username, expires_at) = (&issued.user.username, rfc3339(issued.expires_at));
        return print_json(&json!({ "username": username, "link": link, "expires_at": expires_at }));
    }
    say(&format!("A link for one new password of {}, until {}:", issued.user.username, moment(issued.expires_at)));
    print(&link)
}
