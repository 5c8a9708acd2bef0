//! JSON for programs: the cookie session at the addresses of the pages, and `/api/v1` with bearer tokens.

pub mod approval;
pub mod audit;
pub mod body;
mod captcha;
pub mod cookie;
pub mod error;
pub mod forgot;
pub mod health;
pub mod invitations;
pub mod me;
pub mod openapi;
pub mod overview;
mod own_roles;
pub mod paging;
pub mod reset;
pub mod session;
pub mod settings;
pub mod sign_up;
mod tagged;
pub mod todos;
pub mod tokens;
mod user_edit;
pub mod users;

use rocket::{Route, options, routes};

use crate::http::cors;
use crate::http::features::routes_of;

/// All routes for programs.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        cookie::routes,
        tokens::routes,
        session::routes,
        sign_up::routes,
        users::routes,
        approval::routes,
        reset::routes,
        forgot::routes,
        invitations::routes,
        audit::routes,
        overview::routes,
        settings::routes,
        me::routes,
        todos::routes,
        openapi::routes,
        health::routes,
        || routes![preflight],
    ])
}

/// The preflight request that browsers send before a call from another site; `http::cors` adds the headers of the
/// answer.
#[options("/api/<_..>")]
fn preflight() -> cors::Preflight {
    cors::Preflight
}
