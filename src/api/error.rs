//! Errors as JSON: RFC 9457 problem details.

use std::collections::BTreeMap;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::password::Full;
use crate::accounts::session::Revoked;
use crate::accounts::throttle::Wait;
use crate::accounts::token;
use crate::accounts::user;
use crate::accounts::version::Stale;
use crate::db;
use crate::http::arrival::Arrival;
use crate::http::challenge::{self, Fault};
use crate::http::failure::{self, Cause};
use crate::http::pace;
use crate::http::problem::Problem;
use crate::http::who::bearer;
use crate::todos;

/// Why a handler does not do what was asked.
#[derive(Debug)]
pub struct Error {
    status: Status,
    detail: Option<String>,
    fields: Vec<(String, String)>,
    wait: Option<Wait>,
    /// Of a failure, for the log.
    cause: Option<Cause>,
    /// What the access token is to blame for.
    fault: Option<Fault>,
    /// The code of OAuth, for its clients.
    code: Option<&'static str>,
}

impl Error {
    /// An error of this status, with a sentence that says what to do next.
    pub fn new(status: Status, detail: &str) -> Error {
        let detail = Some(detail.to_owned());
        Error { status, detail, fields: Vec::new(), wait: None, cause: None, fault: None, code: None }
    }

    /// 400 with a code of OAuth (RFC 6749, 5.2).
    pub fn oauth(code: &'static str, detail: &str) -> Error {
        Error { code: Some(code), ..Error::new(Status::BadRequest, detail) }
    }

    /// The same error for a client of OAuth. It has no code for a server that wants to be asked later; this is the one
    /// that other endpoints of it have (RFC 6749, 4.1.2.1), with the statuses that say more.
    pub fn for_oauth(self) -> Error {
        let (status, code) = match self.status.code {
            401 => (Status::BadRequest, "invalid_grant"),
            429 | 503 => (self.status, "temporarily_unavailable"),
            _ => (self.status, "invalid_request"),
        };
        Error { status, code: Some(code), ..self }
    }

    /// 401 for a wrong password, whatever is wrong.
    pub fn wrong_login() -> Error {
        Error::new(Status::Unauthorized, "Wrong username/email or password.")
    }

    /// 404.
    pub fn not_found() -> Error {
        Error::new(Status::NotFound, "There is no such thing, or it is not yours.")
    }

    /// 422 for one field.
    pub fn invalid(field: &str, message: &str) -> Error {
        let fields = vec![(field.to_owned(), message.to_owned())];
        Error { detail: None, fields, ..Error::new(Status::UnprocessableEntity, "") }
    }

    /// 422 for several fields, for the same reason.
    pub fn all_invalid(fields: &[&str], message: &str) -> Error {
        let fields = fields.iter().map(|field| ((*field).to_owned(), message.to_owned())).collect();
        Error { fields, ..Error::invalid("", message) }
    }

    /// 409 for a field whose value is taken.
    fn taken(field: &str, message: &str) -> Error {
        Error { status: Status::Conflict, ..Error::invalid(field, message) }
    }

    /// 429.
    pub fn throttled(wait: Wait) -> Error {
        let detail = format!("Too many attempts. Wait {}, then try again.", wait.in_words());
        Error { wait: Some(wait), ..Error::new(Status::TooManyRequests, &detail) }
    }

    /// 429 for an account that makes too many changes.
    pub fn too_many_changes(wait: Wait) -> Error {
        Error { wait: Some(wait), ..Error::new(Status::TooManyRequests, &pace::too_many(wait)) }
    }

    /// 503, because more passwords wait to be checked than there is time for.
    pub fn busy(full: Full) -> Error {
        let words = "Too many passwords wait to be checked. Wait a few seconds, then try again.";
        let cause = Some(Cause::from(&full));
        Error { wait: Some(full.0), cause, ..Error::new(Status::ServiceUnavailable, words) }
    }

    fn unavailable(cause: Cause) -> Error {
        let words = "The server is busy or can't reach its data. Try again in a minute.";
        Error { cause: Some(cause), ..Error::new(Status::ServiceUnavailable, words) }
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        if matches!(error, db::Error::OwnerGone) {
            return Error::not_found();
        }
        Error::unavailable(Cause::from(&error))
    }
}

impl From<Stale> for Error {
    fn from(stale: Stale) -> Error {
        Error::new(Status::PreconditionFailed, &stale.to_string())
    }
}

impl From<Revoked> for Error {
    fn from(revoked: Revoked) -> Error {
        match revoked {
            Revoked::Session => {
                Error { fault: Some(Fault::InvalidToken), ..Error::new(Status::Unauthorized, bearer::NOT_VALID) }
            }
            Revoked::Admin => Error::new(Status::Forbidden, &revoked.to_string()),
        }
    }
}

impl From<token::Error> for Error {
    fn from(error: token::Error) -> Error {
        match error {
            token::Error::Database(error) => error.into(),
            token::Error::User(error) => error.into(),
            token::Error::Revoked(revoked) => revoked.into(),
            token::Error::Disabled(_) => Error::new(Status::Conflict, &error.to_string()),
            token::Error::Key(_) => Error::unavailable(Cause::from(&error)),
        }
    }
}

impl From<user::Error> for Error {
    fn from(error: user::Error) -> Error {
        let words = error.to_string();
        match error {
            user::Error::NotFound(_) => Error::not_found(),
            user::Error::UsernameTaken => Error::taken("username", &words),
            user::Error::EmailTaken => Error::taken("email", &words),
            user::Error::LastAdmin => Error::new(Status::Conflict, &words),
            user::Error::Stale(stale) => stale.into(),
            user::Error::Revoked(revoked) => revoked.into(),
            user::Error::Database(error) => error.into(),
        }
    }
}

impl From<todos::Error> for Error {
    fn from(error: todos::Error) -> Error {
        let words = error.to_string();
        match error {
            todos::Error::NotFound => Error::not_found(),
            todos::Error::AdminsOnly => Error::new(Status::Forbidden, &words),
            todos::Error::TooMany(_) => Error::new(Status::Conflict, &words),
            todos::Error::LoginNeeded => Error::new(Status::Unauthorized, &words),
            todos::Error::Stale(stale) => stale.into(),
            todos::Error::Revoked(revoked) => revoked.into(),
            todos::Error::Database(error) => error.into(),
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(cause) = self.cause {
            failure::note(request, cause);
        }
        if let Some(fault) = self.fault {
            challenge::note(request, fault);
        }
        let mut document = ProblemDocument::new(self.status, self.detail, &self.fields);
        document.error_description = self.code.and(document.detail.clone());
        document.error = self.code;
        let mut response = document.respond_to(request)?;
        if let Some(wait) = self.wait {
            response.set_raw_header("Retry-After", wait.seconds().to_string());
        } else if self.status == Status::ServiceUnavailable {
            response.set_raw_header("Retry-After", "10");
        }
        Ok(response)
    }
}

/// An error, as RFC 9457 describes it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `about:blank`: the status says it all.
    r#type: &'static str,
    /// The name of the status.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What happened, and what to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
    /// The code of OAuth (RFC 6749, 5.2), when the request was one of its.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    /// `detail` once more, where clients of OAuth look for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_description: Option<String>,
}

impl ProblemDocument {
    fn new(status: Status, detail: Option<String>, fields: &[(String, String)]) -> ProblemDocument {
        let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (field, message) in fields {
            errors.entry(field.clone()).or_default().push(message.clone());
        }
        let title = status.reason().unwrap_or("Error");
        let (error, error_description) = (None, None);
        ProblemDocument { r#type: "about:blank", title, status: status.code, detail, errors, error, error_description }
    }
}

/// The problem of a status, with what the request's guards left.
pub fn document(status: Status, request: &Request<'_>) -> ProblemDocument {
    let problem = Problem::of(request);
    ProblemDocument::new(status, problem.detail.clone(), &problem.fields)
}

impl<'r> Responder<'r, 'static> for ProblemDocument {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = serde_json::to_string(&self).map_err(|_| Status::InternalServerError)?;
        let mut response = Response::build_from(body.respond_to(request)?);
        response.status(Status::new(self.status)).header(ContentType::new("application", "problem+json"));
        // RFC 9110, 15.5.2 asks for it.
        if let Some(challenge) = challenge::of(request, self.status).filter(|_| Arrival::of(request).below_api) {
            response.raw_header("WWW-Authenticate", challenge);
        }
        response.ok()
    }
}
