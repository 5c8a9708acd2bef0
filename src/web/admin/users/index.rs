//! `GET /admin/users`: the accounts, by how they begin, by role and by state, in pages.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::view::{self, USERS, address};
use crate::accounts::Accounts;
use crate::accounts::user::directory::{self, Place, Search};
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, approval};
use crate::http::who::Admin;
use crate::texts::Message;
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

/// How many are on a page.
const PAGE: usize = 50;

/// Up to how many that wait are counted.
const MOST_COUNTED: u32 = 100;

#[get("/admin/users?<start>&<role>&<state>&<after>")]
async fn index(
    _admin: Admin<'_>,
    start: Option<&str>,
    role: Option<&str>,
    state: Option<&str>,
    after: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let asked = Asked { start: text(start), role: text(role), state: state.and_then(user::State::parse) };
    let role = if asked.role.is_empty() { None } else { Some(RoleName::parse(asked.role)) };
    let is_first = after.is_none();
    let found = match role.transpose() {
        Ok(role) => {
            let start = Some(asked.start.to_owned());
            let after = after.and_then(Place::parse);
            directory::page(accounts, Search { start, role, state: asked.state, after, limit: PAGE }).await?
        }
        // What can be nobody's role is nobody's.
        Err(_) => directory::Listed { users: Vec::new(), next: None },
    };
    let waiting = approval::count_waiting(accounts, MOST_COUNTED).await?;
    let context = json!({
        "users": found.users.iter().map(view::account).collect::<Vec<_>>(),
        "asked": { "start": asked.start, "role": asked.role, "state": asked.state.map(user::State::as_str) },
        "is_filtered": asked.is_filtered(),
        "states": states(),
        "here": asked.path(""),
        "first": (!is_first).then(|| asked.path("")),
        "next": found.next.map(|place| asked.path(&place.to_text())),
        "waiting": (waiting > 0 && asked.state != Some(user::State::Waiting)).then(|| how_many(waiting)),
    });
    Ok(layout.page("admin/users/index", context))
}

/// What the list was asked for.
struct Asked<'a> {
    start: &'a str,
    role: &'a str,
    state: Option<user::State>,
}

impl Asked<'_> {
    fn is_filtered(&self) -> bool {
        !self.start.is_empty() || !self.role.is_empty() || self.state.is_some()
    }

    fn path(&self, after: &str) -> String {
        let state = self.state.map_or("", user::State::as_str);
        address(USERS, &[("start", self.start), ("role", self.role), ("state", state), ("after", after)])
    }
}

fn text(typed: Option<&str>) -> &str {
    typed.unwrap_or_default().trim()
}

/// What can be chosen, with the words of the page.
fn states() -> Vec<Value> {
    let words = |state| match state {
        user::State::Enabled => "admin-users-state-active",
        user::State::Waiting => "admin-users-state-waiting",
        user::State::Disabled => "admin-users-state-disabled",
        user::State::Deleting => "admin-users-state-deleting",
    };
    user::State::ALL
        .iter()
        .map(|state| json!({ "value": state.as_str(), "label": Message::new(words(*state)) }))
        .collect()
}

fn how_many(waiting: usize) -> Message {
    let many = waiting >= MOST_COUNTED as usize;
    Message::new(if many { "admin-users-waiting-many" } else { "admin-users-waiting" }).with("count", waiting)
}

/// The route of this page.
pub fn routes() -> Vec<Route> {
    routes![index]
}
