//! Errors as JSON: RFC 9457 problem details.

use std::collections::BTreeMap;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use crate::http::problem::Problem;

/// The problem document of an error.
#[derive(Debug, Serialize)]
pub struct ProblemDocument {
    /// No type of its own: the status says it all.
    r#type: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
}

/// The problem of a status, with what the request's guards left.
pub fn document(status: Status, request: &Request<'_>) -> ProblemDocument {
    let problem = Problem::of(request);
    let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, message) in &problem.fields {
        errors.entry(field.clone()).or_default().push(message.clone());
    }
    let title = status.reason().unwrap_or("Error");
    ProblemDocument { r#type: "about:blank", title, status: status.code, detail: problem.detail.clone(), errors }
}

impl<'r> Responder<'r, 'static> for ProblemDocument {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = serde_json::to_string(&self).map_err(|_| Status::InternalServerError)?;
        Response::build_from(body.respond_to(request)?)
            .status(Status::new(self.status))
            .header(ContentType::new("application", "problem+json"))
            .ok()
    }
}
