//! `/admin/users/<id>/delete`: deleting an account and all that belongs to it.

use rocket::{Route, State, get, post, routes};

use super::act::{Act, Answer};
use super::view::USERS;
use crate::accounts::Accounts;
use crate::accounts::user::{self, Which};
use crate::accounts::version::Expected;
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::back::to;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const DELETE: Act = Act {
    name: "delete",
    title: "admin-users-delete-title",
    means: "admin-users-delete-means",
    button: "admin-users-delete-button",
    is_danger: true,
};

/// The last admin can't be deleted, which is said before anyone presses the button.
#[get("/admin/users/<id>/delete")]
async fn ask(_admin: RecentAdmin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    match user::check_removable(accounts, Which::Id(id.to_owned())).await {
        Ok(_) => DELETE.ask(accounts, id, &layout).await,
        Err(error) => DELETE.refused(error, accounts, id, &layout).await,
    }
}

#[post("/admin/users/<id>/delete", data = "<sent>")]
async fn destroy(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let deleted = user::delete(accounts, &sent.source, Which::Id(id.to_owned()), Expected::default()).await;
    let outcome = deleted.map(|user| Done::Deleted(user.username));
    DELETE.answer(outcome, to(USERS), accounts, id, &layout).await
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask, destroy]
}
