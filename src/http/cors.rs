//! Which pages of other sites may call us (the Fetch standard's CORS protocol).
//!
//! `/api` takes bearer tokens and no cookies, so any page may call it, without credentials. The cookie JSON at
//! `/`, `/login` and `/logout` is for the origins of the setting `allowed_origins`.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Status;
use rocket::response::{self, Responder};
use rocket::{Request, Response};

use super::Site;
use super::arrival::Arrival;

/// The fairing.
pub struct Cors;

#[rocket::async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info { name: "CORS", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        apply(request, response);
    }
}

/// Sets the headers that let the calling page read the answer, if it may.
fn apply(request: &Request<'_>, response: &mut Response<'_>) {
    if is_open(request) {
        response.set_raw_header("Access-Control-Allow-Origin", "*");
        response.set_raw_header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
        response.set_raw_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Access-Token");
        response.set_raw_header("Access-Control-Expose-Headers", "Location, Retry-After, WWW-Authenticate");
        response.set_raw_header("Cross-Origin-Resource-Policy", "cross-origin");
    } else if is_cookie_json(request) && !Site::of(request).allowed_origins.is_empty() {
        response.set_raw_header("Vary", "Origin, Accept");
        if let Some(origin) = allowed_origin(request) {
            response.set_raw_header("Access-Control-Allow-Origin", origin.to_owned());
            response.set_raw_header("Access-Control-Allow-Credentials", "true");
            response.set_raw_header("Access-Control-Allow-Methods", "GET, HEAD, POST");
            response.set_raw_header("Access-Control-Allow-Headers", "Content-Type");
            response.set_raw_header("Access-Control-Expose-Headers", "Retry-After");
        }
    }
}

/// The `Origin` of the request, if the settings allow it to use the cookie JSON.
pub fn allowed_origin<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let mut origins = request.headers().get("origin");
    let (Some(origin), None) = (origins.next(), origins.next()) else { return None };
    Site::of(request).allowed_origins.iter().any(|allowed| allowed == origin).then_some(origin)
}

/// Paths that no cookie opens.
fn is_open(request: &Request<'_>) -> bool {
    let path = request.uri().path();
    Arrival::of(request).below_api || path == "/.well-known/jwks.json"
}

fn is_cookie_json(request: &Request<'_>) -> bool {
    matches!(request.uri().path().as_str(), "/" | "/login" | "/logout")
}

/// The empty answer to a browser that asks first.
pub struct Preflight;

impl<'r> Responder<'r, 'static> for Preflight {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build().status(Status::NoContent).raw_header("Access-Control-Max-Age", "600").ok()
    }
}
