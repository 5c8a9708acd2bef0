//! `/todos`: todos, each person's own, and everyone's for admins. Who may do what is decided in `todos`.

mod delete;
mod done;
mod edit;
mod form;
mod index;
mod new;
mod reopened;
mod view;

use rocket::Route;

use crate::http::features::routes_of;

pub(super) use view::entry;

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[index::routes, new::routes, edit::routes, delete::routes, done::routes, reopened::routes])
}
