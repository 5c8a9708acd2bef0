//! Whether a client wants a page or JSON.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::{Accept, MediaType, Status};
use rocket::request::{FromRequest, Outcome};

use super::methods;

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
        if sent_json || methods::is_below_api(request) {
            return Wants::Json;
        }
        match request.accept() {
            Some(accept) if rank(accept, is_json) > rank(accept, is_html) => Wants::Json,
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

/// Quality in thousandths, then how closely the type is named.
fn rank(accept: &Accept, wanted: fn(&MediaType) -> u8) -> (u32, u8) {
    // RFC 9110, 12.5.1: the most closely named range gives the quality.
    let best = accept
        .iter()
        .map(|range| (wanted(range.media_type()), range.weight_or(1.0)))
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    match best {
        Some((closeness, weight)) if closeness > 0 && weight > 0.0 => ((weight * 1000.0) as u32, closeness),
        _ => (0, 0),
    }
}

fn is_json(range: &MediaType) -> u8 {
    let named = range.sub() == "json" || range.sub().as_str().ends_with("+json");
    closeness(range, "application", named)
}

fn is_html(range: &MediaType) -> u8 {
    let named = (range.top() == "text" && range.sub() == "html") || range.sub() == "xhtml+xml";
    closeness(range, "text", named)
}

fn closeness(range: &MediaType, top: &str, named: bool) -> u8 {
    match (named, range.top() == top && range.sub() == "*", range.top() == "*") {
        (true, _, _) => 3,
        (_, true, _) => 2,
        (_, _, true) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefers_json(accept: &str) -> bool {
        let accept: Accept = accept.parse().unwrap();
        rank(&accept, is_json) > rank(&accept, is_html)
    }

    #[test]
    fn programs_get_json_and_browsers_get_pages() {
        for json in [
            "application/json",
            "application/problem+json",
            "application/json, text/plain, */*",
            "application/json, text/html;q=0.9",
            "text/html;q=0.1, application/json;q=0.2",
            "application/*",
        ] {
            assert!(prefers_json(json), "{json}");
        }
        for page in [
            "*/*",
            "text/html",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/json;q=0",
            "text/html, application/json",
            "application/json;q=0.5, */*",
            "image/png",
        ] {
            assert!(!prefers_json(page), "{page}");
        }
    }
}
