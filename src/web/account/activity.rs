//! `GET /account/activity`: what happened to someone's account, the latest first, in pages.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::activity_words::{by, in_words};
use crate::accounts::Accounts;
use crate::accounts::audit::list::{self, Row};
use crate::accounts::user_agent;
use crate::http::who::CurrentUser;
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

/// How many are on a page.
const PAGE: u32 = 25;

const LIST: &str = "/account/activity";

#[get("/account/activity?<after>")]
async fn index(
    current: CurrentUser<'_>,
    after: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let after = after.map(str::to_owned);
    let is_first = after.is_none();
    let mut rows = list::about(accounts, &current.0.user.id, after, PAGE + 1).await?;
    let is_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| is_more).map(|row| format!("{LIST}?after={}", row.id));
    let context = json!({
        "events": rows.iter().map(entry).collect::<Vec<_>>(),
        "first": (!is_first).then_some(LIST),
        "next": next,
    });
    Ok(layout.page("account/activity", context))
}

fn entry(row: &Row) -> Value {
    json!({
        "words": in_words(row),
        "by": by(row),
        "when": When::from(row.at),
        "address": row.address,
        "device": row.user_agent.as_deref().map(|text| user_agent::in_words(Some(text))),
        "is_refusal": is_refusal(&row.event),
    })
}

/// Whether something was refused, which may have been somebody else.
fn is_refusal(event: &str) -> bool {
    [".failed", ".throttled", ".refused", ".denied", ".reused"].iter().any(|end| event.ends_with(end))
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
