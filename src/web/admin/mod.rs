//! `/admin`: the pages of those who run this server. Looking takes an admin; whatever changes something takes one who was
//! asked for the password lately, see [`act`].

pub mod act;
pub mod audit;
mod back;
pub mod button;
pub mod done;
pub mod invitations;
pub mod link;
pub mod overview;
pub mod question;
mod roles;
pub mod sessions;
pub mod settings;
pub mod users;
mod view;

use rocket::Route;

use crate::http::features::routes_of;

/// The routes of all pages of admins.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        overview::routes,
        users::routes,
        sessions::routes,
        invitations::routes,
        audit::routes,
        settings::routes,
    ])
}
