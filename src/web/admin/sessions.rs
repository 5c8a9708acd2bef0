//! `/admin/sessions`: who is logged in, by which browser or program, since when, and ending one of them.

use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::act::ActOf;
use super::button::Button;
use super::done::Done;
use super::question::Question;
use super::view::{self, SESSIONS, address, page_of};
use crate::accounts::session::{self, Ending, Search, Session};
use crate::accounts::user::{self, Which};
use crate::accounts::{Accounts, user_agent};
use crate::http::local_path::LocalPath;
use crate::http::who::{Admin, RecentAdmin};
use crate::texts::Message;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// How many are on a page.
const PAGE: usize = 50;

#[get("/admin/sessions?<whose>&<after>")]
async fn index(
    admin: Admin<'_>,
    whose: Option<&str>,
    after: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let whose = whose.unwrap_or_default().trim();
    let search = Search {
        whose: (!whose.is_empty()).then(|| Which::Named(whose.to_owned())),
        text: None,
        after: after.map(str::to_owned),
        limit: PAGE as u32 + 1,
    };
    let (found, is_known) = match session::page(accounts, search).await {
        Ok(found) => (found, true),
        Err(user::Error::NotFound(_)) => (Vec::new(), false),
        Err(error) => return Err(error.into()),
    };
    let (sessions, is_more) = page_of(found, PAGE);
    let listed = |after: &str| address(SESSIONS, &[("whose", whose), ("after", after)]);
    let next = sessions.last().filter(|_| is_more).map(|(session, _)| listed(&session.id));
    let here = listed(after.unwrap_or_default());
    let current = &admin.0.session.id;
    let context = json!({
        "sessions": sessions.iter().map(|found| entry(found, current, &here)).collect::<Vec<_>>(),
        "whose": whose,
        "is_known": is_known,
        "first": after.is_some().then(|| listed("")),
        "next": next,
    });
    Ok(layout.page("admin/sessions/index", context))
}

fn entry((session, username): &(Session, String), current: &str, here: &str) -> Value {
    let mut entry = view::session(session, current, here);
    entry["username"] = username.as_str().into();
    entry
}

#[get("/admin/sessions/<id>/end?<next>")]
async fn ask(
    _admin: RecentAdmin<'_>,
    id: &str,
    next: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let Some((session, username)) = session::show(accounts, id.to_owned()).await? else {
        return Err(Error::Status(Status::NotFound));
    };
    let question = Question {
        title: Message::new("admin-sessions-end-title"),
        about: user_agent::in_words(session.user_agent.as_deref()),
        exactly: Some(username.into()),
        means: Message::new("admin-sessions-end-means"),
        button: Message::new("admin-sessions-end-session"),
        is_danger: true,
        at: format!("{SESSIONS}/{id}/end"),
        back: next.and_then(LocalPath::parse).map_or(SESSIONS.to_owned(), |next| next.as_str().to_owned()),
    };
    Ok(question.page(&layout))
}

/// One that is gone already is as it was wanted.
#[post("/admin/sessions/<id>/end", data = "<sent>")]
async fn destroy(id: &str, sent: ActOf<'_, Button>, accounts: &State<Accounts>) -> Result<SeeOther, Error> {
    session::end(accounts, &sent.source, Ending::One(id.to_owned())).await?;
    Ok(sent.form.back_or(SESSIONS).saying(Flash::ByAdmin(Done::SessionEnded)))
}

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes![index, ask, destroy]
}
