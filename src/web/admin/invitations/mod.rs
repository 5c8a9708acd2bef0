//! `/admin/invitations`: links by which people sign up whom an admin wants here.

mod form;
mod index;
mod new;
mod revoke;

use rocket::Route;

use super::view;
use crate::http::features::routes_of;

/// The routes of these pages.
pub fn routes() -> Vec<Route> {
    routes_of(&[index::routes, new::routes, revoke::routes])
}
