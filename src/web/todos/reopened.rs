//! `GET /todos/<id>`, `/todos/<id>/done` and `/todos/<id>/undone`: only forms are sent to these addresses. A form that
//! failed leaves its address in the browser; whoever opens it from there gets back to the page with the form.

use rocket::{Route, get, routes};

use super::view::LIST;
use crate::http::local_path::LocalPath;
use crate::http::who::CurrentUser;
use crate::web::see_other::SeeOther;

#[get("/todos/<id>")]
fn edit(_current: CurrentUser<'_>, id: &str) -> SeeOther {
    lead_to(&format!("{LIST}/{id}/edit"))
}

#[get("/todos/<_>/done")]
fn done(_current: CurrentUser<'_>) -> SeeOther {
    lead_to(LIST)
}

#[get("/todos/<_>/undone")]
fn undone(_current: CurrentUser<'_>) -> SeeOther {
    lead_to(LIST)
}

fn lead_to(path: &str) -> SeeOther {
    SeeOther::at(LocalPath::parse(path).unwrap_or_else(LocalPath::home))
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, done, undone]
}
