//! `GET /`: whether someone is logged in.

use rocket::http::Status;
use rocket::{Route, get, options, routes};
use serde_json::json;

use super::message::Message;
use crate::http::cors::Preflight;
use crate::http::wants::WantsJson;
use crate::http::who::Visitor;

#[get("/", rank = 1)]
fn show(_wants: WantsJson, visitor: Visitor<'_>) -> Message {
    match visitor {
        Visitor::Stranger => Message::new(Status::Unauthorized, "Unauthorized"),
        Visitor::SignedIn(identity) => {
            Message(Status::Ok, json!({ "message": "You are already logged in", "username": identity.user.username }))
        }
    }
}

#[options("/")]
fn preflight() -> Preflight {
    Preflight
}

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    routes![show, preflight]
}
