//! `/admin/users/<id>/lift-throttle`: clearing the attempts at someone's password.

use rocket::{Route, State, get, post, routes};

use super::act::{Act, Answer};
use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::throttle;
use crate::accounts::user::{self, Which};
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const LIFT: Act = Act {
    name: "lift-throttle",
    title: "admin-users-lift-throttle-title",
    means: "admin-users-lift-throttle-means",
    button: "admin-users-lift-throttle-button",
    is_danger: false,
};

#[get("/admin/users/<id>/lift-throttle")]
async fn ask(_admin: RecentAdmin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    LIFT.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/lift-throttle", data = "<sent>")]
async fn destroy(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = lift(accounts, &sent.source, id).await.map(Done::ThrottleLifted);
    LIFT.answer(outcome, sent.form.back_or(&path_of(id)), accounts, id, &layout).await
}

/// Answers the username.
async fn lift(accounts: &Accounts, source: &Source, id: &str) -> Result<String, user::Error> {
    let which = Which::Id(id.to_owned());
    let user = user::show(accounts, which.clone()).await?.user;
    throttle::forget(accounts, source, Some(which)).await?;
    Ok(user.username)
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask, destroy]
}
