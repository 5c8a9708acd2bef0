//! The cookie session as JSON, at the addresses of the pages: `GET /`, `POST /login`, `GET` and `POST /logout`.
//!
//! The answers 200, 400 and 401 are exactly `{"message": …}`; everything else is a problem document.

mod home;
mod login;
mod logout;
mod message;

use rocket::Route;

use crate::http::features::routes_of;

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[home::routes, login::routes, logout::routes])
}
