//! `GET /`: what someone sees first after logging in.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::page::{Layout, Page, When};
use super::todos::entry;
use crate::accounts::Accounts;
use crate::accounts::login::history::Occasion;
use crate::home::{self, Home};
use crate::http::who::CurrentUser;
use crate::texts::Message;
use crate::todos::Due;

#[get("/", rank = 2)]
async fn index(current: CurrentUser<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let Home { history, todos } = home::of(accounts, current.0, Due::today()).await?;
    let session = &current.0.session;
    let context = json!({
        "todos": { "open": todos.open, "overdue": todos.overdue, "next": todos.next.as_ref().map(entry) },
        "last_login": history.last.map(occasion),
        "failures": { "count": history.failures, "last": history.last_failure.map(occasion) },
        "session": {
            "since": When::from(session.created_at),
            "address": session.address,
            "idle_end": When::from(session.ends_at()),
            "absolute_end": When::from(session.expires_at),
        },
    });
    Ok(layout.page("home/index", context))
}

fn occasion(occasion: Occasion) -> Value {
    let mut value = json!(When::from(occasion.at));
    value["address"] = occasion.address.map_or_else(|| Message::new("home-unknown-address").into(), Value::from);
    value
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![index]
}
