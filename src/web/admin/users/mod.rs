//! `/admin/users`: the accounts, and each one's page with what can be done about it.

mod act;
mod approval;
mod budgets;
mod delete;
mod edit;
mod form;
mod index;
mod reset;
mod sessions;
mod show;
mod standing;
mod throttle;

use rocket::Route;

use super::view;
use crate::http::features::routes_of;

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        index::routes,
        show::routes,
        edit::routes,
        approval::routes,
        standing::routes,
        sessions::routes,
        reset::routes,
        throttle::routes,
        delete::routes,
    ])
}
