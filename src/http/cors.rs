//! Which pages of other sites may call us (the Fetch standard's CORS protocol).
//!
//! `/api` takes bearer tokens and no cookies, so any page may call it, without credentials. The exception is
//! `/api/v1/session`, which takes both. What takes a password or
//! the like instead of an access token, there as at `/login`, is for our own pages and for the origins of the setting
//! `allowed_origins`: any other page could make its visitors guess passwords, each from an address of their own.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Method, Status};
use rocket::response::{self, Responder};
use rocket::{Request, Response};

use super::arrival::Arrival;
use super::{Site, methods, paths, wants};

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

/// What pages may send where an access token is all that opens, and where the origin has to be named: beside what our
/// calls need, what libraries and tracing add by themselves.
const OPEN_HEADERS: &str = "Authorization, Content-Type, If-Match, If-None-Match, X-Access-Token, X-Requested-With, \
    traceparent, tracestate";
const NAMED_HEADERS: &str = "Authorization, Content-Type, X-Requested-With, traceparent, tracestate";

/// What they may read.
const EXPOSED: &str = "ETag, Link, Location, Retry-After, WWW-Authenticate, X-Request-Id";

/// What logs in, out or signs up below `/api`, or asks for a new password: it takes no access token, so nothing shows that
/// the caller means it.
const WITHOUT_TOKEN: &[&str] =
    &["/api/v1/tokens", "/api/v1/tokens/refresh", "/api/v1/tokens/revoke", "/api/v1/users", "/api/v1/password-resets"];

/// Sets the headers that let the calling page read the answer, if it may.
fn apply(request: &Request<'_>, response: &mut Response<'_>) {
    if is_cookie_json(request) {
        wants::note_choice(response);
        if allow_named_origins(request, response) {
            response.set_raw_header("Access-Control-Allow-Credentials", "true");
        }
    } else if is_without_token(request) {
        allow_named_origins(request, response);
    } else if is_open(request) {
        response.set_raw_header("Access-Control-Allow-Origin", "*");
        response.set_raw_header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
        response.set_raw_header("Access-Control-Allow-Headers", OPEN_HEADERS);
        response.set_raw_header("Access-Control-Expose-Headers", EXPOSED);
        response.set_raw_header("Cross-Origin-Resource-Policy", "cross-origin");
    }
}

/// The same for what only the pages of `allowed_origins` may read. Answers whether this is one of them.
fn allow_named_origins(request: &Request<'_>, response: &mut Response<'_>) -> bool {
    if Site::of(request).allowed_origins.is_empty() {
        return false;
    }
    wants::vary(response, "Origin");
    let Some(origin) = allowed_origin(request) else { return false };
    response.set_raw_header("Access-Control-Allow-Origin", origin.to_owned());
    response.set_raw_header("Access-Control-Allow-Methods", "GET, HEAD, POST");
    response.set_raw_header("Access-Control-Allow-Headers", NAMED_HEADERS);
    response.set_raw_header("Access-Control-Expose-Headers", EXPOSED);
    true
}

/// The `Origin` of the request, if the settings allow its pages to log people in.
pub fn allowed_origin<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let mut origins = request.headers().get("origin");
    let (Some(origin), None) = (origins.next(), origins.next()) else { return None };
    Site::of(request).allowed_origins.iter().any(|allowed| allowed == origin).then_some(origin)
}

/// Paths that no cookie opens.
fn is_open(request: &Request<'_>) -> bool {
    let below_api = Arrival::of(request).below_api && !takes_cookie(request);
    let path = request.uri().path();
    below_api || path == "/.well-known/jwks.json" || path == "/.well-known/oauth-authorization-server"
}

fn takes_cookie(request: &Request<'_>) -> bool {
    match request.method() {
        Method::Options => paths::is_at(request, paths::WITH_COOKIE),
        _ => request.route().is_some_and(|route| route.uri.path() == paths::WITH_COOKIE),
    }
}

/// Whether a request logs in or signs up below `/api`, or a browser asks whether its page may do so.
fn is_without_token(request: &Request<'_>) -> bool {
    let posts = match request.method() {
        Method::Options => request.headers().get_one("access-control-request-method") == Some("POST"),
        method => method == Method::Post,
    };
    posts && WITHOUT_TOKEN.iter().any(|path| paths::is_at(request, path))
}

fn is_cookie_json(request: &Request<'_>) -> bool {
    matches!(request.uri().path().as_str(), "/" | "/login" | "/logout")
}

/// The empty answer to OPTIONS, such as a browser's preflight request: which methods the address accepts.
pub struct Preflight;

impl<'r> Responder<'r, 'static> for Preflight {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let allow = methods::allowed(request).ok_or(Status::NotFound)?;
        let mut response = Response::build();
        response.status(Status::NoContent).raw_header("Allow", allow);
        response.raw_header("Access-Control-Max-Age", "600").ok()
    }
}
