//! `/admin`: the pages of those who run this server. Looking takes an admin; whatever changes something takes one who was
//! asked for the password lately, see [`act`].

pub mod act;
pub mod button;
pub mod done;
pub mod invitations;
pub mod link;
pub mod question;
mod roles;
pub mod sessions;
pub mod users;
mod view;

use rocket::{Route, get, routes};

use crate::http::local_path::LocalPath;
use crate::http::who::Admin;
use crate::web::see_other::SeeOther;

#[get("/admin")]
fn index(_admin: Admin<'_>) -> SeeOther {
    to("/admin/users")
}

/// To a page of admins; to the first of them when this is no path.
pub fn to(path: &str) -> SeeOther {
    SeeOther::at(LocalPath::parse(path).unwrap_or_else(LocalPath::home))
}

/// The routes of all pages of admins.
pub fn routes() -> Vec<Route> {
    [routes![index], users::routes(), sessions::routes(), invitations::routes()].concat()
}
