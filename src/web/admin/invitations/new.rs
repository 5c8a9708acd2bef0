//! `GET /admin/invitations/new`, `POST /admin/invitations/new`: an invitation, and its link, which is shown once.

use rocket::{Route, State, get, post, routes};

use super::form::InvitationForm;
use super::view::INVITATIONS;
use crate::accounts::Accounts;
use crate::accounts::invitation;
use crate::http::links::Links;
use crate::http::who::RecentAdmin;
use crate::texts::Message;
use crate::web::admin::act::ActOf;
use crate::web::admin::link::Link;
use crate::web::error::Error;
use crate::web::form::PostedForm;
use crate::web::page::{Layout, Page};

#[get("/admin/invitations/new")]
fn new(_admin: RecentAdmin<'_>, layout: Layout<'_>) -> Page {
    let (typed, flash) = layout.opened();
    let form = typed.map_or_else(InvitationForm::default, |mut typed| InvitationForm::read(&mut typed));
    layout.page_with("admin/invitations/new", form.context(Default::default()), flash.as_ref())
}

#[post("/admin/invitations/new", data = "<sent>")]
async fn create(
    sent: ActOf<'_, InvitationForm>,
    layout: Layout<'_>,
    links: Links,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let new = match sent.form.understand() {
        Ok(new) => new,
        Err(errors) => return Ok(sent.form.page(&layout, errors)),
    };
    let (invitation, token) = invitation::create(accounts, &sent.source, new).await?;
    let link = Link {
        title: Message::new("admin-invitations-made-title"),
        url: links.invitation(&token),
        about: Some(invitation.note).filter(|note| !note.is_empty()),
        means: Message::new("admin-invitations-made-means"),
        until: invitation.expires_at,
        back: INVITATIONS.to_owned(),
    };
    Ok(link.page(&layout))
}

/// The routes of this page.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
