//! What the log says about requests: a line for each that was answered with a 5xx, and at the level `debug` one for every
//! other, too. Whatever the log or the audit tells of a request has its id, which the answer then has in `X-Request-Id`.
//!
//! Never the query, which may hold a name that someone looked for or a secret that was sent to the wrong place. Of a path
//! that a route matched, the route's own pattern is told, so that no secret in it is either.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response};

use super::arrival::Arrival;
use super::failure::{self, Cause, Flood};
use super::probe;

/// How long the failures of a flood are counted before one line says how many there were.
const COUNTED_FOR: Duration = Duration::from_secs(1);

/// The fairing.
#[derive(Default)]
pub struct RequestLog {
    passwords: Count,
    database: Count,
}

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info { name: "Request log", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if probe::is_one(request) {
            return;
        }
        let status = response.status().code;
        if status >= 500 {
            self.tell_failure(request, status);
        } else if tracing::enabled!(tracing::Level::DEBUG) {
            tell(request, status);
        }
        if let Some(id) = Arrival::of(request).known_request_id() {
            response.set_raw_header("X-Request-Id", id.to_owned());
        }
    }
}

fn tell(request: &Request<'_>, status: u16) {
    let arrival = Arrival::of(request);
    let (method, request_id, seconds) = (arrival.method, arrival.request_id(), arrival.began.elapsed().as_secs_f64());
    let path = request.route().map_or(request.uri().path().as_str(), |route| route.uri.path());
    tracing::debug!(%request_id, status, seconds, "{method} {path} {status}");
}

impl RequestLog {
    fn tell_failure(&self, request: &Request<'_>, status: u16) {
        let why = match failure::of(request) {
            Some(Cause::Flood(Flood::Passwords)) => {
                return self.passwords.one_more("more passwords come than can be checked");
            }
            Some(Cause::Flood(Flood::Database)) => return self.database.one_more("too many wait for the database"),
            Some(Cause::Told(why)) => why,
            // Everything else notes its cause.
            None => "a panic, which the lines before this one tell about",
        };
        let arrival = Arrival::of(request);
        let (method, request_id) = (arrival.method, arrival.request_id());
        let route = request.route().map_or("(no route)", |route| route.uri.path());
        tracing::error!(%request_id, status, "{method} {route} was answered with {status}: {why}");
    }
}

/// The requests that were turned away for one reason and are not logged yet.
#[derive(Clone, Default)]
struct Count(Arc<AtomicU64>);

impl Count {
    /// Counts one more. The first one schedules the line.
    fn one_more(&self, why: &'static str) {
        if self.0.fetch_add(1, Ordering::Relaxed) > 0 {
            return;
        }
        let count = Arc::clone(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(COUNTED_FOR).await;
            let requests = count.swap(0, Ordering::Relaxed);
            tracing::warn!(requests, "answered with 503 within a second, because {why}");
        });
    }
}
