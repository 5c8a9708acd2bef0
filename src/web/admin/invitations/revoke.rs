//! `GET /admin/invitations/<id>/revoke`, `POST /admin/invitations/<id>/revoke`: making an invitation worthless.

use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::view::INVITATIONS;
use crate::accounts::Accounts;
use crate::accounts::invitation;
use crate::http::who::RecentAdmin;
use crate::texts::Message;
use crate::web::admin::act::ActOf;
use crate::web::admin::back::to;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::admin::question::Question;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/admin/invitations/<id>/revoke")]
async fn ask(_admin: RecentAdmin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let Some(invitation) = invitation::show(accounts, id.to_owned()).await? else {
        return Err(Error::Status(Status::NotFound));
    };
    let made = Message::new("admin-invitations-made").with("at", invitation.created_at);
    let question = Question {
        title: Message::new("admin-invitations-revoke-title"),
        about: match invitation.note {
            note if note.is_empty() => Message::new("admin-invitations-without-note").into(),
            note => note.into(),
        },
        exactly: Some(made.into()),
        means: Message::new("admin-invitations-revoke-means"),
        button: Message::new("admin-invitations-revoke-button"),
        is_danger: true,
        at: format!("{INVITATIONS}/{id}/revoke"),
        back: INVITATIONS.to_owned(),
    };
    Ok(question.page(&layout))
}

/// One that is gone already is as it was wanted.
#[post("/admin/invitations/<id>/revoke", data = "<sent>")]
async fn destroy(id: &str, sent: ActOf<'_, Button>, accounts: &State<Accounts>) -> Result<SeeOther, Error> {
    invitation::revoke(accounts, &sent.source, id.to_owned()).await?;
    Ok(to(INVITATIONS).saying(Flash::ByAdmin(Done::InvitationRevoked)))
}

/// The routes of this page.
pub fn routes() -> Vec<Route> {
    routes![ask, destroy]
}
