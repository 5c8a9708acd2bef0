//! `GET /admin/users/<id>`: one account: who it is, where it is logged in, what happened to it, and what can be done.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::budgets;
use super::view::{self, page_of, path_of};
use crate::accounts::audit::list::{self as events, Row};
use crate::accounts::session;
use crate::accounts::user::{self, User, Which};
use crate::accounts::{Accounts, user_agent};
use crate::http::who::Admin;
use crate::texts::{Given, Message};
use crate::web::account::activity_words::in_words;
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

/// How many sessions are shown here.
const SESSIONS: usize = 5;

/// How many events.
const EVENTS: usize = 10;

#[get("/admin/users/<id>")]
async fn show(admin: Admin<'_>, id: &str, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let account = user::show(accounts, Which::Id(id.to_owned())).await?;
    let former_name = user::former_name(accounts, id).await?;
    let search =
        session::Search { whose: Some(Which::Id(id.to_owned())), text: None, after: None, limit: SESSIONS as u32 + 1 };
    let (sessions, more_sessions) = page_of(session::page(accounts, search).await?, SESSIONS);
    let (current, here) = (&admin.0.session.id, path_of(id));
    let happened = events::about(accounts, id, None, EVENTS as u32).await?;
    let context = json!({
        "account": view::account(&account),
        "former_name": former_name,
        "password": password(&account.user),
        "is_self": account.user.id == admin.0.user.id,
        "sessions": sessions.iter().map(|(session, _)| view::session(session, current, &here)).collect::<Vec<_>>(),
        "more_sessions": more_sessions,
        "events": happened.iter().map(event).collect::<Vec<_>>(),
        "budgets": budgets::of(accounts, id).await?,
    });
    Ok(layout.page("admin/users/show", context))
}

/// What there is to know of the password, without the password.
fn password(user: &User) -> Value {
    let words = match user.password_format() {
        None => Message::new("admin-users-password-none"),
        Some(Ok(format)) if format.is_own() => Message::new("admin-users-password-set"),
        Some(Ok(format)) => Message::new("admin-users-password-imported").with("format", format.to_string()),
        Some(Err(unusable)) => Message::new("admin-users-password-unusable").with("why", unusable.to_string()),
    };
    json!({ "words": words, "since": user.password_set_at.map(When::from) })
}

fn event(row: &Row) -> Value {
    let by: Option<Given> = match (row.actor.as_deref(), row.actor_name.as_deref()) {
        (None, _) => None,
        (actor, _) if actor == row.target.as_deref() => None,
        (Some("operator"), _) => Some(Message::new("admin-users-by-operator").into()),
        (Some("system"), _) => Some(Message::new("admin-users-by-system").into()),
        (Some(_), Some(name)) => Some(name.into()),
        (Some(_), None) => Some(Message::new("admin-users-by-nobody").into()),
    };
    json!({
        "words": in_words(row),
        "by": by,
        "when": When::from(row.at),
        "address": row.address,
        "device": row.user_agent.as_deref().map(|text| user_agent::in_words(Some(text))),
    })
}

/// The route of this page.
pub fn routes() -> Vec<Route> {
    routes![show]
}
