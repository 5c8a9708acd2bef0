//! `/admin/audit`: who did what to whom, when and from where, in pages and as files.

mod asked;
mod export;
mod index;

use rocket::Route;

use crate::http::features::routes_of;

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes_of(&[index::routes, export::routes])
}
