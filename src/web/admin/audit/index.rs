//! `GET /admin/audit`: the list, the latest first.

use rocket::http::Status;
use rocket::{Route, State, get, routes};
use serde_json::{Map, Value, json};

use super::asked::{Filters, LIST};
use crate::accounts::Accounts;
use crate::accounts::audit::filter::{Filter, Wrong};
use crate::accounts::audit::list::Row;
use crate::accounts::audit::search::{self, Found, Order, Search};
use crate::accounts::{user, user_agent};
use crate::http::who::Admin;
use crate::texts::Message;
use crate::web::account::activity_words::{in_words, tells_detail};
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

/// The number of events on a page.
const PAGE: u32 = 50;

#[get("/admin/audit?<after>&<filters..>")]
async fn index(
    _admin: Admin<'_>,
    after: Option<String>,
    filters: Filters,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let is_first = after.as_deref().is_none_or(str::is_empty);
    let (found, wrong) = match filters.asked().read() {
        Ok(filter) => find(accounts, filter, after).await?,
        Err(wrong) => (None, wrong),
    };
    let names = search::events(accounts).await?;
    let errors: Map<String, Value> = wrong.iter().map(|(name, why)| ((*name).to_owned(), why.clone().into())).collect();
    let next = found.as_ref().and_then(|found| found.next.as_deref());
    let context = json!({
        "asked": filters,
        "errors": errors,
        "choices": choices(&names, filters.event()),
        "is_filtered": filters.are_set(),
        "events": found.as_ref().map(|found| found.rows.iter().map(entry).collect::<Vec<_>>()).unwrap_or_default(),
        "first": (!is_first).then(|| filters.at(LIST, None)),
        "next": next.map(|next| filters.at(LIST, Some(next))),
        "csv": filters.at("/admin/audit.csv", None),
        "jsonl": filters.at("/admin/audit.jsonl", None),
    });
    let page = layout.page("admin/audit/index", context);
    Ok(if wrong.is_empty() { page } else { page.with_status(Status::UnprocessableEntity) })
}

/// The page; none, and why, when there is nobody of that name.
async fn find(
    accounts: &Accounts,
    filter: Filter,
    after: Option<String>,
) -> Result<(Option<Found>, Vec<Wrong>), Error> {
    let after = after.filter(|after| !after.is_empty());
    match search::page(accounts, Search { filter, order: Order::LatestFirst, after, limit: PAGE }).await {
        Ok(found) => Ok((Some(found), Vec::new())),
        Err(user::Error::NotFound(_)) => Ok((None, vec![("user", Message::new("audit-user-unknown"))])),
        Err(error) => Err(error.into()),
    }
}

/// The events that there are, each group before its own, and the chosen one in any case.
fn choices(names: &[String], chosen: &str) -> Vec<Value> {
    let mut choices: Vec<(String, String)> = Vec::new();
    for name in names {
        let group = name.split('.').next().unwrap_or_default();
        let is_group = names.iter().filter(|other| other.split('.').next() == Some(group)).count() > 1;
        if is_group && choices.iter().all(|(known, _)| known != group) {
            choices.push((group.to_owned(), format!("{group}: all")));
        }
        choices.push((name.clone(), name.clone()));
    }
    if !chosen.is_empty() && choices.iter().all(|(known, _)| known != chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices.into_iter().map(|(value, label)| json!({ "value": value, "label": label })).collect()
}

fn entry(row: &Row) -> Value {
    let words = in_words(row);
    // Some words tell the detail already.
    let detail = row.detail.as_deref().filter(|_| !tells_detail(row));
    json!({
        "words": words,
        "name": row.event,
        "detail": detail,
        "by": person(row.actor.as_deref(), row.actor_name.as_deref()),
        "user": person(row.target.as_deref(), row.target_name.as_deref()),
        "is_same": row.actor.is_some() && row.actor == row.target,
        "when": When::from(row.at),
        "address": row.address,
        "device": row.user_agent.as_deref().map(|text| user_agent::in_words(Some(text))),
        "request": row.request_id,
    })
}

/// By name and with a way to their page; one who was deleted has only an id.
fn person(id: Option<&str>, name: Option<&str>) -> Value {
    match (id, name) {
        (Some(id), Some(name)) => json!({ "name": name, "path": format!("/admin/users/{id}") }),
        (Some("operator"), None) => json!({ "name": Message::new("admin-audit-by-operator") }),
        (Some("system"), None) => json!({ "name": Message::new("admin-audit-by-system") }),
        (Some(id), None) => json!({ "id": id }),
        (None, _) => Value::Null,
    }
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
