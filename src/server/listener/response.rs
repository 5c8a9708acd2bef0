//! Rocket's answer, as hyper sends it: whole, or part by part while it is being made.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use rocket::local::asynchronous::LocalResponse;
use rocket::tokio::io::AsyncReadExt;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

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
    /// Parts, and the work that makes them.
    Parts(mpsc::Receiver<io::Result<Bytes>>, Option<Working>),
}

/// Work that goes on in a task of its own, until this is dropped. Even while nobody reads the parts it takes its turn at
/// the database and gives it back.
pub(super) struct Working(JoinHandle<Option<Answer>>);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Content {
    /// The work goes on until the content is dropped.
    pub(super) fn made_by(self, work: Work) -> Content {
        match self {
            Content::Parts(parts, _) => Content::Parts(parts, Some(Working(tokio::spawn(work)))),
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
                if let Some(part) = ready!(parts.poll_recv(context)) {
                    return Poll::Ready(Some(part.map(Frame::data)));
                }
                // Work that panicked has not sent all of them.
                let Some(working) = work else { return Poll::Ready(None) };
                let done = ready!(Pin::new(&mut working.0).poll(context));
                *work = None;
                Poll::Ready(done.err().map(|error| Err(io::Error::other(error))))
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
    if answer.body().is_none() {
        return response;
    }
    match answer.into_bytes().await {
        Some(bytes) => *response.body_mut() = Content::Whole(Full::from(bytes)),
        None => return failed(always, "its body could not be read"),
    }
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

/// The answer when there is none, and why. Rocket catches what panics, so nobody should see it.
pub(super) fn failed(always: &Always, why: &str) -> Answer {
    tracing::error!("a request was answered with 500: {why}");
    let mut response = hyper::Response::new(Content::Whole(Full::default()));
    *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
    *response.headers_mut() = always.with(std::iter::empty());
    response
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http_body_util::BodyExt;
    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn a_reader_who_stalls_keeps_no_place_in_a_queue() {
        let queue = Arc::new(Semaphore::new(1));
        let turn = Arc::clone(&queue).acquire_owned().await.unwrap();
        let (to, parts) = mpsc::channel(1);
        let (waits, waiting) = tokio::sync::oneshot::channel();
        let of_work = Arc::clone(&queue);
        let work: Work = Box::pin(async move {
            let _ = waits.send(());
            drop(of_work.acquire().await);
            to.send(Ok(Bytes::from_static(b"part"))).await.ok();
            None
        });
        let content = Content::Parts(parts, None).made_by(work);
        waiting.await.unwrap();
        drop(turn);
        drop(queue.acquire().await.unwrap());
        assert_eq!(content.collect().await.unwrap().to_bytes(), "part");
    }

    #[tokio::test]
    async fn what_panics_does_not_end_like_a_whole_answer() {
        let (to, parts) = mpsc::channel::<io::Result<Bytes>>(1);
        let work: Work = Box::pin(async move {
            let _to = to;
            panic!("on purpose");
        });
        assert!(Content::Parts(parts, None).made_by(work).collect().await.is_err());
    }
}
