//! A stream that notes what happens on it, and gives our headers to what hyper answers by itself.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::activity::Activity;

/// How every answer begins that hyper gives by itself, to a request that it can't parse.
const BY_ITSELF: &[u8] = b"HTTP/1.1 4";

/// A header that each answer of ours has.
const OURS: &[u8] = b"content-security-policy:";

/// What such an answer lacks. It has no body, so there is nothing to protect but what browsers remember.
const HEADERS: &[u8] = b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\
    x-content-type-options: nosniff\r\nx-frame-options: DENY\r\nreferrer-policy: same-origin\r\n\
    cross-origin-opener-policy: same-origin\r\ncross-origin-resource-policy: same-origin\r\n\
    permissions-policy: camera=(), geolocation=(), microphone=()\r\ncache-control: no-store\r\n";

/// The stream of a connection.
pub(super) struct Watched<'a, S> {
    stream: S,
    activity: &'a Activity,
    /// The rest of hyper's own answer, with our headers in it.
    amended: Vec<u8>,
}

impl<'a, S> Watched<'a, S> {
    /// Notes in `activity` what happens on the stream.
    pub(super) fn new(stream: S, activity: &'a Activity) -> Watched<'a, S> {
        Watched { stream, activity, amended: Vec::new() }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<'_, S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.activity.received();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> Watched<'_, S> {
    fn note(&self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Ready(Ok(_)) => self.activity.sent(true),
            Poll::Pending => self.activity.sent(false),
            Poll::Ready(Err(_)) => {}
        }
    }

    /// Writes what is left of an amended answer.
    fn poll_amended(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.amended.is_empty() {
            let written = Pin::new(&mut self.stream).poll_write(context, &self.amended);
            self.note(&written);
            match ready!(written)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => drop(self.amended.drain(..written)),
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<'_, S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_amended(context))?;
        if let Some(amended) = amended(bytes) {
            self.amended = amended;
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_amended(context))?;
        let first = bytes.iter().find(|bytes| !bytes.is_empty()).map_or(&[][..], |bytes| bytes);
        if amended(first).is_some() {
            return self.poll_write(context, first);
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.note(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_amended(context))?;
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        // TLS takes what it can't send yet, and sends it here.
        match &flushed {
            Poll::Ready(Ok(())) => self.activity.flushed(),
            Poll::Pending => self.activity.sent(false),
            Poll::Ready(Err(_)) => {}
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_amended(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// An answer that hyper gives by itself, with our headers; none for anything else.
fn amended(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(BY_ITSELF) {
        return None;
    }
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 2;
    let ours = bytes[..end].windows(OURS.len()).any(|window| window.eq_ignore_ascii_case(OURS));
    (!ours).then(|| [&bytes[..end], HEADERS, &bytes[end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hyper_answers_by_itself_is_amended() {
        let bare = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n";
        let text = String::from_utf8(amended(bare).unwrap()).unwrap();
        assert!(text.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\ncontent-sec"));
        assert!(text.ends_with("cache-control: no-store\r\n\r\n"), "{text}");
        for other in [
            &b"HTTP/1.1 400 Bad Request\r\nContent-Security-Policy: x\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"{\"title\":\"HTTP/1.1 400\"}",
            b"",
        ] {
            assert_eq!(amended(other), None);
        }
    }
}
