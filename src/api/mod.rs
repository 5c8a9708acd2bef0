//! JSON for programs: the cookie session at the pages' own addresses, and `/api/v1` with bearer tokens.

pub mod approval;
pub mod body;
mod captcha;
pub mod cookie;
pub mod error;
pub mod health;
pub mod invitations;
pub mod me;
pub mod openapi;
mod own_roles;
pub mod paging;
pub mod reset;
pub mod session;
pub mod sign_up;
mod tagged;
pub mod todos;
pub mod tokens;
mod user_edit;
pub mod users;

use rocket::{Route, options, routes};

use crate::http::cors;

/// All routes for programs.
pub fn routes() -> Vec<Route> {
    [
        cookie::routes(),
        tokens::routes(),
        session::routes(),
        sign_up::routes(),
        users::routes(),
        approval::routes(),
        reset::routes(),
        invitations::routes(),
        me::routes(),
        todos::routes(),
        openapi::routes(),
        health::routes(),
        routes![preflight],
    ]
    .concat()
}

/// What a browser asks before a page of another site may call: `http::cors` puts the answer into the headers.
#[options("/api/<_..>")]
fn preflight() -> cors::Preflight {
    cors::Preflight
}
