//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connections::Open;
use super::io::Watched;
use super::shared::Server;
use super::{limits, request};

/// How long a server that stops waits for the first byte of those who are connected, and for a TLS handshake.
const ON_ITS_WAY: Duration = Duration::from_secs(1);

/// Serves a connection until either side ends it.
pub(super) async fn serve(
    server: &Arc<Server>,
    tls: Option<TlsAcceptor>,
    stream: TcpStream,
    peer: SocketAddr,
    open: &Arc<Open>,
) {
    // Answers are small and leave in one piece: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let _opened = server.numbers.open();
    match tls {
        None => speak(server, stream, peer, open).await,
        Some(tls) => {
            if let Some(stream) = handshake(server, tls, stream, open).await {
                speak(server, stream, peer, open).await;
            }
        }
    }
}

/// The clear stream below TLS, unless the handshake fails, takes too long, or the connection is to be closed.
async fn handshake(
    server: &Arc<Server>,
    tls: TlsAcceptor,
    stream: TcpStream,
    open: &Arc<Open>,
) -> Option<TlsStream<TcpStream>> {
    let mut shutdown = server.client.rocket().shutdown();
    let stopped = async {
        (&mut shutdown).await;
        tokio::time::sleep(ON_ITS_WAY).await;
    };
    tokio::select! {
        biased;
        accepted = tls.accept(stream) => {
            if accepted.is_err() {
                server.numbers.handshake.count();
            }
            accepted.ok()
        }
        // A client that does not finish the handshake counts as silent.
        silent = open.activity().closed(server.silence, server.silence) => {
            if silent {
                server.numbers.handshake.count();
            }
            None
        }
        () = stopped => None,
    }
}

/// Speaks HTTP/1 over what is now a clear stream.
async fn speak(
    server: &Arc<Server>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send,
    peer: SocketAddr,
    open: &Arc<Open>,
) {
    let stopping = &AtomicBool::new(false);
    let answer = service_fn(|request| async move {
        let mut answer = request::answer(server, open, peer, request).await;
        // Whoever is answered then sends the next request on another connection, instead of losing it on this one.
        if stopping.load(Ordering::Relaxed) {
            answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok::<_, Infallible>(answer)
    });
    let activity = open.activity();
    let stream = TokioIo::new(Watched::new(stream, activity));
    let mut http = Builder::new();
    // The limit for the whole head of a request, however slowly it arrives.
    http.timer(TokioTimer::new()).header_read_timeout(server.silence);
    http.keep_alive(server.keep_alive.is_some()).max_buf_size(limits::BUFFER);
    let mut connection = pin!(http.serve_connection(stream, answer));
    let mut closed = pin!(activity.closed(server.silence, server.keep_alive.unwrap_or(server.silence)));
    let mut shutdown = server.client.rocket().shutdown();
    tokio::select! {
        // What has come is read first.
        biased;
        _ = connection.as_mut() => return,
        silent = closed.as_mut() => {
            if silent {
                server.numbers.silent.count();
            }
            return;
        }
        () = &mut shutdown => stopping.store(true, Ordering::Relaxed),
    }
    // Whoever connected a moment ago may have sent a request in good faith, and hyper would not read it any more.
    if !activity.has_received() {
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = closed.as_mut() => return,
            () = tokio::time::sleep(ON_ITS_WAY) => {}
        }
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        _ = connection => {}
        _ = closed => {}
    }
}
