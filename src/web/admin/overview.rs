//! `GET /admin`: how many log in, who waits, what mail does, and what deserves a look.

mod chart;

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::view::{parts, path_of};
use crate::accounts::Accounts;
use crate::accounts::overview::{COUNTED, Mail, Person};
use crate::check::Finding;
use crate::check::overview::{self, VERSION};
use crate::config::Config;
use crate::http::who::Admin;
use crate::texts::{self, Message};
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

#[get("/admin")]
async fn index(
    _admin: Admin<'_>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    config: &State<Config>,
) -> Result<Page, Error> {
    let (overview, findings) = overview::read(accounts, config).await?;
    let context = json!({
        "charts": chart::of(&overview.days),
        "days": chart::table(&overview.days),
        "waiting": how_many(overview.waiting),
        "is_anyone_waiting": overview.waiting > 0,
        "first_waiting": overview.first_waiting.iter().map(person).collect::<Vec<_>>(),
        "more_waiting": overview.waiting > overview.first_waiting.len(),
        "mail": overview.mail.as_ref().map(mail),
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "version": VERSION,
    });
    Ok(layout.page("admin/overview/index", context))
}

/// A number that was counted up to a bound, in words.
fn counted(number: usize) -> Value {
    match number {
        COUNTED.. => Message::new("admin-overview-or-more").with("count", COUNTED).into(),
        number => texts::number(i64::try_from(number).unwrap_or(i64::MAX)),
    }
}

/// How many accounts wait.
fn how_many(waiting: usize) -> Message {
    match waiting {
        COUNTED.. => Message::new("admin-overview-accounts-or-more").with("count", COUNTED),
        waiting => Message::new("admin-overview-accounts").with("count", waiting),
    }
}

fn person(person: &Person) -> Value {
    json!({ "username": person.username, "name": person.name, "path": path_of(&person.id) })
}

fn mail(mail: &Mail) -> Value {
    json!({
        "waiting": counted(mail.waiting),
        "oldest": mail.oldest.map(When::from),
        "given_up": counted(mail.given_up),
        "is_any_given_up": mail.given_up > 0,
    })
}

fn finding(finding: &Finding) -> Value {
    json!({ "about": finding.about, "state": finding.state.as_str(), "says": parts(&finding.says) })
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
