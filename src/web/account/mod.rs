//! `/account`: what people look at and change about their own account.

mod activity;
pub(in crate::web) mod activity_words;
mod back;
mod delete;
mod email;
mod export;
mod index;
mod name;
mod password;
mod sessions;

use rocket::Route;

use crate::http::features::routes_of;

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        index::routes,
        name::routes,
        email::routes,
        password::routes,
        sessions::routes,
        activity::routes,
        export::routes,
        delete::routes,
    ])
}
