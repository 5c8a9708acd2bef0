//! Problem documents: errors as RFC 9457 describes them.

use std::collections::BTreeMap;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::captcha::CaptchaDocument;
use crate::http::arrival::Arrival;
use crate::http::challenge;
use crate::http::problem::Problem;

/// An error, as RFC 9457 describes it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `about:blank`: the status says it all. `urn:vestibule:captcha-required`: solve the captcha, then call again.
    pub(super) r#type: &'static str,
    /// The name of the status.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What happened, and what to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
    /// The code of OAuth (RFC 6749, 5.2), when the request was one of its.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<&'static str>,
    /// `detail` once more, where clients of OAuth look for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_description: Option<String>,
    /// The captcha that is to be solved first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) captcha: Option<CaptchaDocument>,
}

impl ProblemDocument {
    pub(super) fn new(status: Status, detail: Option<String>, fields: &[(String, String)]) -> ProblemDocument {
        let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (field, message) in fields {
            errors.entry(field.clone()).or_default().push(message.clone());
        }
        let title = status.reason().unwrap_or("Error");
        let (error, error_description, captcha) = (None, None, None);
        ProblemDocument {
            r#type: "about:blank",
            title,
            status: status.code,
            detail,
            errors,
            error,
            error_description,
            captcha,
        }
    }
}

/// The problem of a status, with what the request's guards left.
pub fn document(status: Status, request: &Request<'_>) -> ProblemDocument {
    let problem = Problem::of(request);
    let fields: Vec<_> = problem.fields.iter().map(|(name, message)| (name.clone(), message.to_string())).collect();
    ProblemDocument::new(status, problem.detail.as_ref().map(ToString::to_string), &fields)
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
