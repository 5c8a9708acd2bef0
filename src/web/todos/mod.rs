//! `/todos`: what people have to do, each their own, admins everyone's. Who may do what is decided in `todos`.

mod delete;
mod done;
mod edit;
mod form;
mod index;
mod new;
mod view;

use rocket::Route;

pub(super) use view::entry;

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    [index::routes(), new::routes(), edit::routes(), delete::routes(), done::routes()].concat()
}
