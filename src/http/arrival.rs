//! What happens to every request before it is routed: its method is remembered, and what is not meant for us is
//! refused.
//!
//! A request fairing can't answer, so a refused request is pointed at an inner route, which does.

use std::sync::OnceLock;
use std::time::Instant;

use percent_encoding::percent_decode;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::http::{Method, Status};
use rocket::{Data, Request, Route, get, routes};

use super::mistakes::Mistakes;
use super::{Site, body, paths, probe, problem, query, reach};
use crate::config::is_host;
use crate::db;
use crate::texts::Message;

/// What is known of a request from the beginning.
#[derive(Debug)]
pub struct Arrival {
    /// The method as it was sent; Rocket turns HEAD into GET, and forms can ask for others.
    pub method: Method,
    /// When it was dispatched: it had arrived whole.
    pub began: Instant,
    /// Made when it is first needed.
    request_id: OnceLock<String>,
    /// Whether it is for the JSON below `/api/`, however its path is spelled.
    pub below_api: bool,
}

impl Arrival {
    /// The arrival of a request.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Arrival {
        request.local_cache(|| Arrival {
            method: request.method(),
            began: Instant::now(),
            request_id: OnceLock::new(),
            below_api: paths::is_below_api(request.uri()),
        })
    }

    /// The id that the audit, the log and error pages name.
    pub fn request_id(&self) -> &str {
        self.request_id.get_or_init(db::new_id)
    }

    /// The same, if it was needed before.
    pub fn known_request_id(&self) -> Option<&str> {
        self.request_id.get().map(String::as_str)
    }
}

/// The fairing.
#[derive(Default)]
pub struct Arrivals(Mistakes);

#[rocket::async_trait]
impl Fairing for Arrivals {
    fn info(&self) -> Info {
        Info { name: "Arrivals", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        Arrival::of(request);
        if probe::is_one(request) || reach::is_asked(request) {
            return;
        }
        self.0.look_at_proxy(request);
        let refusal = match (request.local_cache(|| Unfit(None)).0, check_host(request, &self.0)) {
            (Some(status), _) | (None, Err(status)) => Some(status),
            (None, Ok(())) => match query::check(request) {
                Ok(()) => check_form(request, data).await.err(),
                Err(status) => Some(status),
            },
        };
        if let Some(status) = refusal {
            request.local_cache(|| Some(Refusal(status)));
            request.set_method(Method::Get);
            request.set_uri(Origin::parse(paths::REFUSED).expect("it is a path"));
        }
    }
}

/// Why a request goes no further.
#[derive(Clone, Copy)]
struct Refusal(Status);

/// Why a request was refused before it arrived here, if it was.
struct Unfit(Option<Status>);

/// Refuses a request before it is dispatched, with this status.
pub fn refuse(request: &Request<'_>, status: Status) {
    request.local_cache(|| Unfit(Some(status)));
}

/// Whether a request was refused before it was dispatched.
pub fn is_refused(request: &Request<'_>) -> bool {
    request.local_cache(|| None::<Refusal>).is_some()
}

/// RFC 9110, 7.2: a request has one Host; another server's is answered with 421 (15.5.20).
fn check_host(request: &Request<'_>, mistakes: &Mistakes) -> Result<(), Status> {
    let mut hosts = request.headers().get("host");
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Status::BadRequest);
    };
    if !is_host(host) {
        return Err(Status::BadRequest);
    }
    // Static files are the same for everyone, and the page of a 421 needs its style sheet.
    let is_static = paths::parts(request.uri()).first().is_some_and(|first| first == "static");
    if is_static || Site::of(request).origins.is_our_host(host, request.rocket().config().port) {
        Ok(())
    } else {
        mistakes.note_host(request, host);
        Err(Status::MisdirectedRequest)
    }
}

/// Rocket lets a form that begins with `_method` change the request's method, past every check that goes by
/// method. None of our forms does.
async fn check_form(request: &Request<'_>, data: &mut Data<'_>) -> Result<(), Status> {
    if !request.content_type().is_some_and(|content_type| content_type.is_form()) {
        return Ok(());
    }
    // Rocket looks at the first 14 bytes and skips empty pairs.
    let start = tokio::time::timeout(body::PATIENCE, data.peek("&&&%5F%6D%65%74%68%6F%64".len()));
    let start = start.await.map_err(|_| Status::RequestTimeout)?;
    let first_pair = start.iter().position(|byte| *byte != b'&').unwrap_or(start.len());
    if percent_decode(&start[first_pair..]).take(7).eq(*b"_method") {
        problem::note(request, Message::new("form-changes-method"));
        return Err(Status::BadRequest);
    }
    Ok(())
}

#[get("/.refused")]
fn refused(refusal: RefusedWith) -> Status {
    refusal.0
}

/// The status that the fairing decided on.
struct RefusedWith(Status);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for RefusedWith {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, ()> {
        match *request.local_cache(|| None::<Refusal>) {
            Some(Refusal(status)) => rocket::request::Outcome::Success(RefusedWith(status)),
            None => rocket::request::Outcome::Error((Status::NotFound, ())),
        }
    }
}

/// The inner route.
pub fn routes() -> Vec<Route> {
    routes![refused]
}
