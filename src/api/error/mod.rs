//! The errors of the API: why a handler refuses a request or fails. The answer is a problem document (RFC 9457).

mod document;
mod sources;

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder};

use super::captcha::{CaptchaDocument, PROBLEM};
use crate::accounts::password::Full;
use crate::accounts::throttle::Wait;
use crate::http::challenge::{self, Fault};
use crate::http::failure::{self, Cause};
use crate::http::pace;
use crate::texts::Message;

pub use document::{ProblemDocument, document};

/// Why a handler refuses a request or fails.
#[derive(Debug)]
pub struct Error {
    status: Status,
    detail: Option<String>,
    fields: Vec<(String, String)>,
    wait: Option<Wait>,
    /// The cause of a failure, for the log.
    cause: Option<Cause>,
    /// What is wrong with the access token, if it is the reason.
    fault: Option<Fault>,
    /// A member that only some documents have.
    extra: Option<Box<Extra>>,
}

/// A member that the documents of only some errors have.
#[derive(Debug)]
enum Extra {
    /// The OAuth error code.
    Code(&'static str),
    /// The id of the captcha to solve first.
    Captcha(String),
}

impl Error {
    /// An error of this status, with a sentence that says what to do next.
    pub fn new(status: Status, detail: &str) -> Error {
        let detail = Some(detail.to_owned());
        Error { status, detail, fields: Vec::new(), wait: None, cause: None, fault: None, extra: None }
    }

    /// 400 with an OAuth error code (RFC 6749, 5.2).
    pub fn oauth(code: &'static str, detail: &str) -> Error {
        Error { extra: Some(Box::new(Extra::Code(code))), ..Error::new(Status::BadRequest, detail) }
    }

    /// The same error for an OAuth client. The token endpoint has no code that asks to try again later, so this uses
    /// the one of the authorization endpoint (RFC 6749, 4.1.2.1), with the status 429 or 503, which says more.
    pub fn for_oauth(self) -> Error {
        let (status, code) = match self.status.code {
            401 | 403 => (Status::BadRequest, "invalid_grant"),
            429 | 503 => (self.status, "temporarily_unavailable"),
            _ => (self.status, "invalid_request"),
        };
        Error { status, extra: Some(Box::new(Extra::Code(code))), ..self }
    }

    /// 401 for a failed login. It does not tell whether the name or the password is wrong.
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

    /// 422 for several fields, each for its own reason.
    pub fn invalid_fields(wrong: &[(&str, Message)]) -> Error {
        let fields = wrong.iter().map(|(field, message)| ((*field).to_owned(), message.to_string())).collect();
        Error { fields, ..Error::invalid("", "") }
    }

    /// 422 for several fields, for the same reason.
    pub fn all_invalid(fields: &[&str], message: &str) -> Error {
        let fields = fields.iter().map(|field| ((*field).to_owned(), message.to_owned())).collect();
        Error { fields, ..Error::invalid("", message) }
    }

    /// 409 for a field whose value is already taken.
    fn taken(field: &str, message: &str) -> Error {
        Error { status: Status::Conflict, ..Error::invalid(field, message) }
    }

    /// 429.
    pub fn throttled(wait: Wait) -> Error {
        Error { wait: Some(wait), ..Error::new(Status::TooManyRequests, &wait.throttled().to_string()) }
    }

    /// 429 for an account that makes too many changes.
    pub fn too_many_changes(wait: Wait) -> Error {
        Error { wait: Some(wait), ..Error::new(Status::TooManyRequests, &pace::too_many(wait).to_string()) }
    }

    /// 403 until the captcha with this id is solved.
    pub fn captcha_required(detail: &str, id: String) -> Error {
        Error { extra: Some(Box::new(Extra::Captcha(id))), ..Error::new(Status::Forbidden, detail) }
    }

    /// 503, because more passwords wait to be checked than can be checked in time.
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

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(cause) = self.cause {
            failure::note(request, cause);
        }
        if let Some(fault) = self.fault {
            challenge::note(request, fault);
        }
        let mut document = ProblemDocument::new(self.status, self.detail, &self.fields);
        match self.extra.map(|extra| *extra) {
            Some(Extra::Code(code)) => {
                document.error_description = document.detail.clone();
                document.error = Some(code);
            }
            Some(Extra::Captcha(id)) => {
                document.r#type = PROBLEM;
                document.captcha = Some(CaptchaDocument::new(id, request));
            }
            None => {}
        }
        let mut response = document.respond_to(request)?;
        if let Some(wait) = self.wait {
            response.set_raw_header("Retry-After", wait.seconds().to_string());
        } else if self.status == Status::ServiceUnavailable {
            response.set_raw_header("Retry-After", "10");
        }
        Ok(response)
    }
}
