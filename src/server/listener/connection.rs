//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::connections::Open;
use super::io::Watched;
use super::shared::Server;
use super::{limits, request};

/// How long a server that stops waits for the first byte of those who are connected.
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
            // A client that does not finish the handshake counts as silent.
            match tokio::time::timeout(server.silence, tls.accept(stream)).await {
                Ok(Ok(stream)) => speak(server, stream, peer, open).await,
                Ok(Err(_)) | Err(_) => server.numbers.handshake.count(),
            }
        }
    }
}

/// Speaks HTTP/1 over what is now a clear stream.
async fn speak(
    server: &Arc<Server>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send,
    peer: SocketAddr,
    open: &Arc<Open>,
) {
    let answer =
        service_fn(|request| async move { Ok::<_, Infallible>(request::answer(server, open, peer, request).await) });
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
        () = &mut shutdown => {}
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
