//! A file that a browser keeps, sent while it is being made. Before HTTP/1.1 an answer of unknown length ends with its
//! connection, so a file that broke off looks complete (RFC 9112, 6.3 and 8): such clients get none.

use std::io::{self, Cursor};
use std::pin::Pin;
use std::task::{Context, Poll};

use rocket::Request;
use rocket::futures::stream::{Stream, StreamExt};
use rocket::http::{ContentType, Status};
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::{AsyncRead, ReadBuf};

use super::failure::{self, Cause};
use super::problem;
use crate::texts::Message;

/// What the operator is told.
const BEHIND_A_PROXY: &str = "a file that is sent in parts was asked for with HTTP/1.0. If a proxy did, make it use \
    HTTP/1.1 (nginx: proxy_http_version 1.1)";

/// A file in parts.
pub struct Streamed<S> {
    /// Its name: ASCII letters, digits, dots and dashes.
    pub name: String,
    /// What it is.
    pub content_type: ContentType,
    /// Its parts. After an error the connection breaks off, and the file is known to be incomplete.
    pub parts: S,
}

impl<'r, S> Responder<'r, 'static> for Streamed<S>
where
    S: Stream<Item = io::Result<Vec<u8>>> + Send + 'static,
{
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if request.local_cache(|| Refused(false)).0 {
            problem::note(request, Message::new("request-needs-1-1"));
            failure::note(request, Cause::Told(BEHIND_A_PROXY.to_owned()));
            return Err(Status::HttpVersionNotSupported);
        }
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        Response::build()
            .header(self.content_type)
            .raw_header("Content-Disposition", disposition)
            .streamed_body(ReaderStream::from(self.parts.map(Part::from)))
            .ok()
    }
}

/// Whether the client can't be sent parts.
struct Refused(bool);

/// Has a file in parts refused, for a client of HTTP/1.0.
pub fn refuse(request: &Request<'_>) {
    request.local_cache(|| Refused(true));
}

/// A part that is being read, or why there is none.
struct Part(io::Result<Cursor<Vec<u8>>>);

impl From<io::Result<Vec<u8>>> for Part {
    fn from(part: io::Result<Vec<u8>>) -> Part {
        Part(part.map(Cursor::new))
    }
}

impl AsyncRead for Part {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().0 {
            Ok(bytes) => Pin::new(bytes).poll_read(context, buffer),
            Err(error) => Poll::Ready(Err(io::Error::new(error.kind(), error.to_string()))),
        }
    }
}
