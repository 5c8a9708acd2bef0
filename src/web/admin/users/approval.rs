//! `/admin/users/<id>/approve` and `/admin/users/<id>/reject`: yes or no to an account that waits.

use rocket::{Route, State, get, post, routes};

use super::act::{Act, Answer};
use super::view::{USERS, path_of};
use crate::accounts::Accounts;
use crate::accounts::user::{Which, approval};
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::back::to;
use crate::web::admin::button::Button;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

const APPROVE: Act = Act {
    name: "approve",
    title: "admin-users-approve-title",
    means: "admin-users-approve-means",
    button: "admin-users-approve-button",
    is_danger: false,
};

const REJECT: Act = Act {
    name: "reject",
    title: "admin-users-reject-title",
    means: "admin-users-reject-means",
    button: "admin-users-reject-button",
    is_danger: true,
};

#[get("/admin/users/<id>/approve")]
async fn ask_to_approve(
    _admin: RecentAdmin<'_>,
    id: &str,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    APPROVE.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/approve", data = "<sent>")]
async fn approve(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = approval::approve(accounts, &sent.source, Which::Id(id.to_owned()))
        .await
        .map(|account| Done::Approved(account.user.username));
    APPROVE.answer(outcome, sent.form.back_or(&path_of(id)), accounts, id, &layout).await
}

#[get("/admin/users/<id>/reject")]
async fn ask_to_reject(
    _admin: RecentAdmin<'_>,
    id: &str,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    REJECT.ask(accounts, id, &layout).await
}

#[post("/admin/users/<id>/reject", data = "<sent>")]
async fn reject(id: &str, sent: ActOf<'_, Button>, layout: Layout<'_>, accounts: &State<Accounts>) -> Answer {
    let outcome = approval::reject(accounts, &sent.source, Which::Id(id.to_owned()))
        .await
        .map(|user| Done::Rejected(user.username));
    REJECT.answer(outcome, to(USERS), accounts, id, &layout).await
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![ask_to_approve, approve, ask_to_reject, reject]
}
