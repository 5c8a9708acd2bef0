//! Whether a client wants a page or JSON.

use std::convert::Infallible;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Response};

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
    /// A page for those whose `Accept` names HTML, as every browser's does, unless it wants JSON more. JSON for everyone
    /// else, for what was sent as JSON, and always below `/api/`.
    pub fn of(request: &Request<'_>) -> Wants {
        let sent_json = request.content_type().is_some_and(|content_type| content_type.is_json());
        if sent_json || Arrival::of(request).below_api {
            return Wants::Json;
        }
        match Accept::of(request) {
            Some(accept) if accept.wants_page() => Wants::Html,
            _ => Wants::Json,
        }
    }
}

/// Says that an answer would be another one for another `Accept` (RFC 9110, 12.5.5).
pub fn note_choice(response: &mut Response<'_>) {
    vary(response, "Accept");
}

/// Adds to the headers by which an answer varies.
pub(super) fn vary(response: &mut Response<'_>, by: &'static str) {
    match response.headers().get_one("Vary") {
        None => drop(response.set_raw_header("Vary", by)),
        Some(known) if known.split(',').any(|name| name.trim().eq_ignore_ascii_case(by)) => {}
        Some(known) => {
            let both = format!("{known}, {by}");
            response.set_raw_header("Vary", both);
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
