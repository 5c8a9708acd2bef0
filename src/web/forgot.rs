//! `GET /forgot`, `POST /forgot`: what to do without the password. With mail, whoever types the name of an account lets its
//! owner get a link; the operator's own words say whom to ask otherwise.
//!
//! What people see does not depend on whether anybody has the name.

use rocket::http::Status;
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::flash::kept_name;
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::forgot::{self, Refused};
use crate::config::HelpText;
use crate::http::Site;
use crate::http::cookies::Presented;
use crate::http::local_path::LocalPath;
use crate::http::who::StrangerSource;
use crate::texts::{Message, Worded};

/// What the page sends.
struct ForgotForm {
    username: String,
}

impl PostedForm for ForgotForm {
    const FIELDS: &'static [&'static str] = &["username"];

    fn read(fields: &mut Fields) -> ForgotForm {
        ForgotForm { username: fields.take("username").unwrap_or_default() }
    }
}

impl WorksForEveryone for ForgotForm {}

#[get("/forgot")]
fn new(layout: Layout<'_>, accounts: &State<Accounts>, site: &State<Site>) -> Page {
    page(&layout, accounts, site, "", None)
}

#[post("/forgot", data = "<form>")]
async fn create(
    form: CheckedForm<ForgotForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
) -> Result<Either<Page, SeeOther>, Error> {
    let CheckedForm(ForgotForm { username }) = form;
    let again = |error: Option<Message>| page(&layout, accounts, site, &username, error);
    let invalid = || again(Some(Refused::NoName.words())).with_status(Status::UnprocessableEntity);
    if accounts.sends_mail() && username.trim().is_empty() {
        return Ok(Either::Left(invalid()));
    }
    Ok(match forgot::request(accounts, &username, presented.device, &source.0).await {
        Ok(()) => Either::Right(SeeOther::at(LocalPath::parse("/forgot/sent").unwrap_or_else(LocalPath::home))),
        Err(Refused::NoMail) => Either::Left(again(None).with_status(Status::Forbidden)),
        Err(Refused::NoName) => Either::Left(invalid()),
        Err(Refused::Throttled(wait)) => {
            let words = Refused::Throttled(wait).words();
            Either::Left(again(None).refusing(words).with_retry_after(wait))
        }
        Err(Refused::Database(error)) => return Err(error.into()),
    })
}

/// The same whether or not a message was sent.
#[get("/forgot/sent")]
fn show(layout: Layout<'_>, site: &State<Site>) -> Page {
    layout.page("forgot/sent", json!({ "help": help(site) }))
}

fn page(layout: &Layout<'_>, accounts: &Accounts, site: &Site, username: &str, error: Option<Message>) -> Page {
    let context = json!({
        "help": help(site),
        "by_mail": accounts.sends_mail(),
        "username": kept_name(username),
        "error": error.map_or_else(|| "".into(), Value::from),
    });
    layout.page("forgot/new", context)
}

fn help(site: &Site) -> Value {
    site.help_text.iter().flat_map(HelpText::lines).collect()
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![new, create, show]
}
