//! Whether a client wants a page or JSON.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::accept::Accept;
use super::arrival::Arrival;

/// What a client prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// A page.
    Html,
    /// JSON.
    Json,
}

impl Wants {
    /// Always JSON below `/api/`, and for what was sent as JSON. Else by the `Accept` header: the greater quality wins; at the same quality, the type that is named beats the
    /// one that only a wildcard covers, and then the page wins.
    pub fn of(request: &Request<'_>) -> Wants {
        let sent_json = request.content_type().is_some_and(|content_type| content_type.is_json());
        if sent_json || Arrival::of(request).below_api {
            return Wants::Json;
        }
        match Accept::of(request) {
            Some(accept) if accept.json > accept.html => Wants::Json,
            _ => Wants::Html,
        }
    }
}

/// Lets a JSON handler answer at a page's address: forwards those who want the page to the page's handler.
#[derive(Debug, Clone, Copy)]
pub struct WantsJson(());

#[rocket::async_trait]
impl<'r> FromRequest<'r> for WantsJson {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        match Wants::of(request) {
            Wants::Json => Outcome::Success(WantsJson(())),
            Wants::Html => Outcome::Forward(Status::NotFound),
        }
    }
}
