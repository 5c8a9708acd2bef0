//! The fields of a body as they were sent: as a JSON object, a URL-encoded form or a multipart form.

use rocket::Request;
use rocket::data::Data;
use rocket::http::{ContentType, Status};
use serde_json::Value;

use super::object::Object;
use crate::http::body::multipart::{self, Part};
use crate::http::body::{self, form};
use crate::http::problem;

/// Names and values, with repeated ones.
type Fields = Vec<(String, Value)>;

/// The forms that a call accepts besides JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    None,
    Urlencoded,
    /// URL-encoded and multipart forms.
    All,
}

impl Forms {
    pub fn of(form: bool, parts: bool) -> Forms {
        match (form, parts) {
            (false, _) => Forms::None,
            (true, false) => Forms::Urlencoded,
            (true, true) => Forms::All,
        }
    }
}

/// The kind of body that was sent.
enum Kind {
    Json,
    Form,
    Parts,
}

impl Kind {
    fn of(content_type: &ContentType, forms: Forms) -> Option<Kind> {
        match forms {
            _ if content_type.is_json() => Some(Kind::Json),
            Forms::Urlencoded | Forms::All if content_type.is_form() => Some(Kind::Form),
            Forms::All if content_type.is_form_data() => Some(Kind::Parts),
            _ => None,
        }
    }
}

/// Reads the fields, and the names of those that are uploaded files.
///
/// # Errors
/// The status of the answer: 400, 408, 413, 415.
pub(super) async fn read(
    request: &Request<'_>,
    data: Data<'_>,
    kibibytes: u64,
    forms: Forms,
) -> Result<(Fields, Vec<String>), Status> {
    let Some(kind) = request.content_type().and_then(|content_type| Kind::of(content_type, forms)) else {
        let also = if forms == Forms::None { "" } else { ", or a form" };
        problem::note(request, format!("Send JSON, as application/json{also}."));
        return Err(Status::UnsupportedMediaType);
    };
    let body = body::read(data, kibibytes).await?;
    let (read, what) = match kind {
        Kind::Json => (serde_json::from_slice(&body).ok().map(|Object(fields)| (fields, Vec::new())), "a JSON object"),
        Kind::Form => (form::parse(&body).map(|pairs| (texts(pairs), Vec::new())), "a form"),
        Kind::Parts => {
            let content_type = request.headers().get_one("content-type").unwrap_or("");
            (multipart::parse(content_type, body).await.map(told_apart), "form data in parts")
        }
    };
    read.ok_or_else(|| {
        problem::note(request, format!("The body is not {what}."));
        Status::BadRequest
    })
}

fn texts(pairs: Vec<(String, String)>) -> Fields {
    pairs.into_iter().map(|(name, text)| (name, Value::String(text))).collect()
}

fn told_apart(parts: Vec<(String, Part)>) -> (Fields, Vec<String>) {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    for (name, part) in parts {
        match part {
            Part::Text(text) => fields.push((name, Value::String(text))),
            Part::File => files.push(name),
        }
    }
    (fields, files)
}
