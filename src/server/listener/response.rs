//! Rocket's answer, as hyper sends it: whole, or part by part while it is being made.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use rocket::local::asynchronous::LocalResponse;
use rocket::tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use crate::http::headers::Always;

/// The most bytes of a part.
const PART: usize = 16 * 1024;

/// An answer, as hyper gets it.
pub(super) type Answer = hyper::Response<Content>;

/// The work of answering. It is done when it gives the whole answer, or nothing, because it has sent all parts of one.
pub(super) type Work = Pin<Box<dyn Future<Output = Option<Answer>> + Send>>;

/// What an answer holds.
pub(super) enum Content {
    /// All of it, in memory: most answers are small.
    Whole(Full<Bytes>),
    /// Parts, and the work that makes them, which goes on whenever the connection wants more of them.
    Parts(mpsc::Receiver<io::Result<Bytes>>, Option<Work>),
}

impl Content {
    /// The work goes on with the content.
    pub(super) fn made_by(self, work: Work) -> Content {
        match self {
            Content::Parts(parts, _) => Content::Parts(parts, Some(work)),
            whole => whole,
        }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Content::Whole(whole) => match Pin::new(whole).poll_frame(context) {
                Poll::Ready(frame) => Poll::Ready(frame.map(|frame| frame.map_err(|never| match never {}))),
                Poll::Pending => Poll::Pending,
            },
            Content::Parts(parts, work) => {
                if work.as_mut().is_some_and(|work| work.as_mut().poll(context).is_ready()) {
                    *work = None;
                }
                parts.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Content::Whole(whole) => whole.is_end_stream(),
            Content::Parts(..) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Content::Whole(whole) => whole.size_hint(),
            Content::Parts(..) => SizeHint::default(),
        }
    }
}

/// Whether the length of an answer is known from its start: it is in memory already.
pub(super) fn is_whole(answer: &LocalResponse<'_>) -> bool {
    answer.body().preset_size().is_some()
}

/// The answer with its whole body, and with the headers that every answer has.
pub(super) async fn whole(always: &Always, answer: LocalResponse<'_>) -> Answer {
    let mut response = head(always, &answer, Content::Whole(Full::default()));
    *response.body_mut() = Content::Whole(Full::from(answer.into_bytes().await.unwrap_or_default()));
    response
}

/// The answer with its headers, and this as its body.
pub(super) fn head(always: &Always, answer: &LocalResponse<'_>, content: Content) -> Answer {
    let mut response = hyper::Response::new(content);
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status().code).unwrap_or_default();
    *response.headers_mut() = always.with(answer.headers().iter());
    response
}

/// Sends the parts of an answer, each once the one before it has been taken. An error breaks the connection off, so that
/// nobody takes what they got for all of it.
pub(super) async fn send_parts(mut answer: LocalResponse<'_>, to: mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let mut part = Vec::with_capacity(PART);
        let part = match answer.read_buf(&mut part).await {
            Ok(0) => return,
            Ok(_) => Ok(Bytes::from(part)),
            Err(error) => Err(error),
        };
        let is_last = part.is_err();
        if to.send(part).await.is_err() || is_last {
            return;
        }
    }
}

/// The answer when a handler can't give one. Rocket catches what panics, so nobody should see it.
pub(super) fn failed(always: &Always) -> Answer {
    tracing::error!("a request was answered with 500: a panic, which the lines before this one tell about");
    let mut response = hyper::Response::new(Content::Whole(Full::default()));
    *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
    *response.headers_mut() = always.with(std::iter::empty());
    response
}
