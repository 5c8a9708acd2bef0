//! The answers of the cookie session.

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder};
use rocket::serde::json::Json;
use serde_json::{Value, json};

/// `{"message": …}`, possibly with more members.
pub(super) struct Message(pub Status, pub Value);

impl Message {
    pub(super) fn new(status: Status, message: &str) -> Message {
        Message(status, json!({ "message": message }))
    }
}

impl<'r> Responder<'r, 'static> for Message {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        (self.0, Json(self.1)).respond_to(request)
    }
}
