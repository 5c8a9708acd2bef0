//! `POST /todos/<id>/done`, `POST /todos/<id>/undone`: admins say what is done.

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use super::form::ButtonForm;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::http::Site;
use crate::http::guards::Admin;
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
    set(accounts, admin, id, true, source).await?;
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
    set(accounts, admin, id, false, source).await?;
    Flash::TodoUndone.leave(jar, site);
    Ok(SeeOther(form.0.next))
}

async fn set(accounts: &Accounts, admin: Admin<'_>, id: String, done: bool, source: Source) -> Result<(), Error> {
    let viewer = Viewer::of(admin.0);
    let set = move |work: &mut Work<'_>| todos::set_done(work, &viewer, &id, done);
    accounts.write(&source, set).await?;
    Ok(())
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![create, destroy]
}
