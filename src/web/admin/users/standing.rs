//! `/admin/users/<id>/disable` and `/admin/users/<id>/enable`: whether an account may log in.

use rocket::{Route, State, get, post, routes};

use super::act::{Act, Answer};
use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::user::{self, Edit, Which};
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const DISABLE: Act = Act {
    name: "disable",
    title: "admin-users-disable-title",
    means: "admin-users-disable-means",
    button: "admin-users-disable-button",
    is_danger: true,
};

const ENABLE: Act = Act {
    name: "enable",
    title: "admin-users-enable-title",
    means: "admin-users-enable-means",
    button: "admin-users-enable-button",
    is_danger: false,
};

#[get("/admin/users/<id>/disable")]
async fn ask_to_disable(
    _admin: RecentAdmin<'_>,
    id: &str,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    DISABLE.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/disable", data = "<sent>")]
async fn disable(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = set_enabled(accounts, &sent.source, id, false).await.map(Done::Disabled);
    DISABLE.answer(outcome, sent.form.back_or(&path_of(id)), accounts, id, &layout).await
}

#[get("/admin/users/<id>/enable")]
async fn ask_to_enable(
    _admin: RecentAdmin<'_>,
    id: &str,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    ENABLE.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/enable", data = "<sent>")]
async fn enable(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = set_enabled(accounts, &sent.source, id, true).await.map(Done::Enabled);
    ENABLE.answer(outcome, sent.form.back_or(&path_of(id)), accounts, id, &layout).await
}

/// Answers the username.
async fn set_enabled(accounts: &Accounts, source: &Source, id: &str, enabled: bool) -> Result<String, user::Error> {
    let edit = Edit { enabled: Some(enabled), ..Edit::default() };
    Ok(user::edit(accounts, source, Which::Id(id.to_owned()), edit).await?.now.user.username)
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask_to_disable, disable, ask_to_enable, enable]
}
