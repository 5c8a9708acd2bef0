//! `POST /todos/<id>/done`, `POST /todos/<id>/undone`: admins say what is done.

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use super::form::ButtonForm;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::http::Site;
use crate::http::who::Admin;
use crate::todos::{self, Viewer};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::CheckedForm;
use crate::web::page::SeeOther;

#[post("/todos/<id>/done", data = "<form>")]
async fn create(
    admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: Source,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source, Viewer::of(admin.0), id, true).await?;
    Flash::TodoDone.leave(jar, site);
    Ok(SeeOther(form.0.next))
}

#[post("/todos/<id>/undone", data = "<form>")]
async fn destroy(
    admin: Admin<'_>,
    id: String,
    form: CheckedForm<ButtonForm>,
    source: Source,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<SeeOther, Error> {
    todos::set_done(accounts, &source, Viewer::of(admin.0), id, false).await?;
    Flash::TodoUndone.leave(jar, site);
    Ok(SeeOther(form.0.next))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![create, destroy]
}
