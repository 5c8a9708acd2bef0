//! A file that a browser keeps, sent while it is being made.

use std::io::{self, Cursor};
use std::pin::Pin;
use std::task::{Context, Poll};

use rocket::Request;
use rocket::futures::stream::{Stream, StreamExt};
use rocket::http::ContentType;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::{AsyncRead, ReadBuf};

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
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        Response::build()
            .header(self.content_type)
            .raw_header("Content-Disposition", disposition)
            .streamed_body(ReaderStream::from(self.parts.map(Part::from)))
            .ok()
    }
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
