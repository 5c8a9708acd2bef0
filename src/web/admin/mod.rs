//! `/admin`: the pages of those who run this server. Looking takes an admin; whatever changes something takes one who was
//! asked for the password lately, see [`act`].

pub mod act;
mod back;
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

use self::back::to;
use crate::http::who::Admin;
use crate::web::see_other::SeeOther;

#[get("/admin")]
fn index(_admin: Admin<'_>) -> SeeOther {
    to("/admin/users")
}

/// The routes of all pages of admins.
pub fn routes() -> Vec<Route> {
    [routes![index], users::routes(), sessions::routes(), invitations::routes()].concat()
}
