//! Errors as pages: what happened and what to do next, without a word about how the server works inside.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder};
use rocket::{Request, Response};
use serde_json::{Value, json};

use super::page::{Page, with_layout};
use super::rendered_once::PageForStrangers;
use crate::accounts::password::Full;
use crate::accounts::session::Revoked;
use crate::accounts::token;
use crate::accounts::user;
use crate::db;
use crate::http::arrival;
use crate::http::failure;
use crate::http::problem::{self, Problem};
use crate::http::who::{LoginNeeded, Visitor};
use crate::texts::{Message, Worded};
use crate::todos;

/// The template of every error.
pub(super) const TEMPLATE: &str = "error";

/// Why a handler can't answer. The catcher makes the page.
#[derive(Debug)]
pub enum Error {
    /// The page of this status.
    Status(Status),
    /// The caller lost the right to do this after the guards let them pass.
    Revoked(Revoked),
    /// Too many passwords are waiting to be checked.
    Busy(Full),
    /// The database did not answer.
    Database(db::Error),
}

impl From<db::Error> for Error {
    /// A visitor learns only that it is not their fault.
    fn from(error: db::Error) -> Error {
        if matches!(error, db::Error::OwnerGone | db::Error::NoSuchText) {
            return Error::Status(Status::NotFound);
        }
        Error::Database(error)
    }
}

impl From<user::Error> for Error {
    fn from(error: user::Error) -> Error {
        match error {
            user::Error::NotFound(_) => Error::Status(Status::NotFound),
            user::Error::UsernameTaken
            | user::Error::EmailTaken
            | user::Error::Disabled(_)
            | user::Error::NotWaiting(_)
            | user::Error::LastAdmin
            | user::Error::Stale(_) => Error::Status(Status::Conflict),
            user::Error::Revoked(revoked) => Error::Revoked(revoked),
            user::Error::Database(error) => error.into(),
        }
    }
}

impl From<token::Error> for Error {
    fn from(error: token::Error) -> Error {
        match error {
            token::Error::User(error) => error.into(),
            token::Error::Revoked(revoked) => Error::Revoked(revoked),
            token::Error::Database(error) => error.into(),
            token::Error::Disabled(_) | token::Error::Waiting(_) => Error::Status(Status::Conflict),
            token::Error::Key(_) => Error::Status(Status::ServiceUnavailable),
        }
    }
}

impl From<todos::Error> for Error {
    fn from(error: todos::Error) -> Error {
        match error {
            todos::Error::NotFound => Error::Status(Status::NotFound),
            todos::Error::AdminsOnly => Error::Status(Status::Forbidden),
            todos::Error::TooMany(_) | todos::Error::Stale(_) => Error::Status(Status::Conflict),
            todos::Error::LoginNeeded => Error::Status(Status::Unauthorized),
            todos::Error::Revoked(revoked) => Error::Revoked(revoked),
            todos::Error::Database(error) => error.into(),
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Err(match self {
            Error::Busy(full) => {
                failure::note(request, &full);
                return Ok(busy_page(full, request));
            }
            Error::Database(error) => {
                failure::note(request, &error);
                Status::ServiceUnavailable
            }
            Error::Status(status) => status,
            Error::Revoked(Revoked::Session) => {
                request.local_cache(|| LoginNeeded(true));
                Status::Unauthorized
            }
            Error::Revoked(revoked) => {
                problem::note(request, revoked.words());
                Status::Forbidden
            }
        })
    }
}

/// The page of a status. It knows who is logged in, unless the server itself fails, when it asks the database nothing, or
/// the request is not for us, such as one for another host.
pub async fn page(status: Status, request: &Request<'_>) -> Page {
    let knows = status.code < 500 && !arrival::is_refused(request);
    let visitor = if knows { request.guard::<Visitor>().await.succeeded() } else { None };
    let (title, message) = words(status);
    let problem = Problem::of(request);
    let fields = problem.fields.iter().map(|(name, message)| {
        Message::new("error-field").with("name", name.as_str()).with("message", message.clone())
    });
    let reference = reference(status, request);
    let context = json!({
        "status": status.code,
        "title": title,
        "message": problem.detail.clone().unwrap_or(message.into()),
        "fields": fields.collect::<Vec<_>>(),
        "reference": reference,
    });
    with_layout(TEMPLATE, context, visitor.and_then(Visitor::identity), None, None).with_status(status)
}

/// A context with everything that the template can get, to try it out before anyone needs it.
pub(super) fn sample() -> Value {
    json!({ "status": 500, "title": "Title", "message": "Message", "fields": ["Field"], "reference": "0" })
}

/// The same without a template, for when an operator's own one fails.
pub fn plain_page(status: Status, request: &Request<'_>) -> Response<'static> {
    let (title, message) = words(status);
    let reference = reference(status, request).map(|id| Message::new("error-reference").with("reference", id));
    let reference = reference.map(|words| format!("<p>{words}</p>\n")).unwrap_or_default();
    let back = Message::new("error-back-to-home");
    // All of it is our own words, so that nothing needs escaping.
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <h1>{title}</h1>\n<p>{message}</p>\n{reference}<p><a href=\"/\" referrerpolicy=\"no-referrer\">{back}</a></p>\n"
    );
    Response::build().status(status).header(ContentType::HTML).sized_body(page.len(), Cursor::new(page)).finalize()
}

/// The reference by which an operator finds the failure in the log.
fn reference<'r>(status: Status, request: &'r Request<'_>) -> Option<&'r str> {
    if status.code >= 500 { failure::reference(request) } else { None }
}

/// The page for someone whose password was not checked. It is rendered once, because it is sent in floods.
fn busy_page(Full(wait): Full, request: &Request<'_>) -> Response<'static> {
    let status = Status::ServiceUnavailable;
    let page = PageForStrangers::new("login/busy", |_| json!({}));
    let mut response = page.respond_to(request).unwrap_or_else(|_| plain_page(status, request));
    response.set_status(status);
    response.set_raw_header("Retry-After", wait.seconds().to_string());
    response
}

/// A title and one or two sentences for people.
fn words(status: Status) -> (Message, Message) {
    let (title, text) = match status.code {
        400 => ("error-400-title", "error-400-text"),
        401 => ("error-401-title", "error-401-text"),
        403 => ("error-403-title", "error-403-text"),
        404 => ("error-404-title", "error-404-text"),
        405 => ("error-405-title", "error-405-text"),
        408 => ("error-408-title", "error-408-text"),
        409 => ("error-409-title", "error-409-text"),
        410 => ("error-410-title", "error-410-text"),
        413 => ("error-413-title", "error-413-text"),
        414 => ("error-414-title", "error-414-text"),
        415 => ("error-415-title", "error-415-text"),
        421 => ("error-421-title", "error-421-text"),
        422 => ("error-422-title", "error-422-text"),
        429 => ("error-429-title", "error-429-text"),
        431 => ("error-431-title", "error-431-text"),
        503 => ("error-503-title", "error-503-text"),
        505 => ("error-505-title", "error-505-text"),
        _ if status.class().is_client_error() => ("error-client-title", "error-client-text"),
        _ => ("error-server-title", "error-server-text"),
    };
    (Message::new(title), Message::new(text))
}
