//! A JSON document that a browser keeps as a file.

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;

/// A document, and the name of its file: ASCII letters, digits, dots and dashes.
#[derive(Debug)]
pub struct Attachment<T> {
    /// The name of the file.
    pub name: String,
    /// The document.
    pub document: T,
}

impl<'r, T: Serialize> Responder<'r, 'static> for Attachment<T> {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let text = serde_json::to_string_pretty(&self.document).map_err(|_| Status::InternalServerError)?;
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        Response::build()
            .header(ContentType::JSON)
            .raw_header("Content-Disposition", disposition)
            .sized_body(text.len(), std::io::Cursor::new(text))
            .ok()
    }
}
