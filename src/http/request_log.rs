//! A line for each request, at the log level `debug`: what was asked for, and how it was answered.
//!
//! Never the query, which may hold a name that someone looked for or a secret that was sent to the wrong place. Of a path
//! that a route matched, the route's own pattern is told, so that no secret in it is either.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response};

use super::arrival::Arrival;

/// The fairing.
pub struct RequestLog;

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info { name: "Request log", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let arrival = Arrival::of(request);
        let (method, request_id) = (arrival.method, arrival.request_id());
        let path = request.route().map_or(request.uri().path().as_str(), |route| route.uri.path());
        tracing::debug!("{method} {path} {} ({request_id})", response.status().code);
    }
}
