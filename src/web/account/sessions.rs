//! `/account/sessions`: where someone is logged in, and ending that.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::back::to;
use crate::accounts::Accounts;
use crate::accounts::session::{self, Kind, Session};
use crate::accounts::user::Which;
use crate::accounts::user_agent;
use crate::http::local_path::LocalPath;
use crate::http::pace::Uncounted;
use crate::http::who::CurrentUser;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, FormOf, PostedForm};
use crate::web::page::{Layout, Page, When};
use crate::web::see_other::SeeOther;

const LIST: &str = "/account/sessions";

/// A button that sends nothing but the token of the session.
#[derive(Debug)]
struct Button;

impl PostedForm for Button {
    const FIELDS: &'static [&'static str] = &[];

    fn read(_: &mut Fields) -> Button {
        Button
    }
}

impl ActsAsSession for Button {
    fn stands_at(&self, _sent_to: &str) -> LocalPath {
        LocalPath::parse(LIST).unwrap_or_else(LocalPath::home)
    }
}

/// This one comes first, then those that were used last.
#[get("/account/sessions")]
async fn index(current: CurrentUser<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let this = &current.0.session.id;
    let whose = Which::Id(current.0.user.id.clone());
    let mut sessions = session::list(accounts, Some(whose)).await?;
    sessions.sort_by_key(|(session, _)| (session.id != *this, std::cmp::Reverse(session.last_seen_at)));
    let entries: Vec<Value> = sessions.iter().map(|(session, _)| entry(session, this)).collect();
    Ok(layout.page("account/sessions", json!({ "sessions": entries })))
}

fn entry(session: &Session, this: &str) -> Value {
    json!({
        "id": session.id,
        "is_current": session.id == this,
        "device": user_agent::in_words(session.user_agent.as_deref()),
        "by_token": session.kind() == Kind::Token,
        "address": session.address,
        "since": When::from(session.created_at),
        "last_seen": When::from(session.last_seen_at),
    })
}

#[post("/account/sessions/<id>/end", data = "<sent>")]
async fn destroy(
    id: &str,
    sent: FormOf<Uncounted<CurrentUser<'_>>, Button>,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    let FormOf { who: Uncounted(CurrentUser(identity)), source, form: Button } = sent;
    // One that is gone already is as it was wanted.
    session::end_own(accounts, &source, &identity.user.id, id).await?;
    Ok(to(LIST).saying(Flash::OtherSessionEnded))
}

#[post("/account/sessions/end-others", data = "<sent>")]
async fn destroy_others(
    sent: FormOf<Uncounted<CurrentUser<'_>>, Button>,
    accounts: &State<Accounts>,
) -> Result<SeeOther, Error> {
    let FormOf { who: Uncounted(CurrentUser(identity)), source, form: Button } = sent;
    session::end_others(accounts, &source, &identity.user.id, &identity.session.id).await?;
    Ok(to(LIST).saying(Flash::OtherSessionsEnded))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![index, destroy, destroy_others]
}
