//! `/admin/users/<id>/reset-link`: a link by which the owner of an account chooses a new password. It is shown once.

use rocket::{Route, State, get, post, routes};

use super::act::Act;
use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::reset;
use crate::accounts::user::Which;
use crate::http::links::Links;
use crate::http::who::RecentAdmin;
use crate::texts::Message;
use crate::web::admin::act::ActOf;
use crate::web::admin::button::Button;
use crate::web::admin::link::Link;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const LINK: Act = Act {
    name: "reset-link",
    title: "admin-users-reset-link-title",
    means: "admin-users-reset-link-means",
    button: "admin-users-reset-link-button",
    is_danger: false,
};

#[get("/admin/users/<id>/reset-link")]
async fn ask(_admin: RecentAdmin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    LINK.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/reset-link", data = "<sent>")]
async fn create(
    id: &str,
    sent: ActOf<'_, Button>,
    layout: Layout<'_>,
    links: Links,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let issued = match reset::issue(accounts, &sent.source, Which::Id(id.to_owned())).await {
        Ok(issued) => issued,
        Err(error) => return LINK.refused(error, accounts, id, &layout).await,
    };
    let link = Link {
        title: Message::new("admin-users-reset-link-made-title"),
        url: links.reset(&issued.token),
        about: Some(issued.user.display_name),
        means: Message::new("admin-users-reset-link-made-means"),
        until: issued.expires_at,
        back: path_of(id),
    };
    Ok(link.page(&layout))
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask, create]
}
