//! `/admin/audit`: who did what to whom, when and from where, in pages and as files.

mod asked;
mod export;
mod index;

use rocket::Route;

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    [index::routes(), export::routes()].concat()
}
