//! `/admin/users/<id>/end-sessions`: logging someone out everywhere.

use rocket::{Route, State, get, post, routes};

use super::act::{Act, Answer};
use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::session::{self, Ending};
use crate::accounts::user::{self, Which};
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const END: Act = Act {
    name: "end-sessions",
    title: "admin-users-end-sessions-title",
    means: "admin-users-end-sessions-means",
    button: "admin-users-end-sessions-button",
    is_danger: true,
};

#[get("/admin/users/<id>/end-sessions")]
async fn ask(_admin: RecentAdmin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    END.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/end-sessions", data = "<sent>")]
async fn destroy(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = end(accounts, &sent.source, id).await.map(Done::SessionsEnded);
    END.answer(outcome, sent.form.back_or(&path_of(id)), accounts, id, &layout).await
}

/// Answers the username.
async fn end(accounts: &Accounts, source: &Source, id: &str) -> Result<String, user::Error> {
    let which = Which::Id(id.to_owned());
    let user = user::show(accounts, which.clone()).await?.user;
    session::end(accounts, source, Ending::AllOf(which)).await?;
    Ok(user.username)
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask, destroy]
}
