//! Accepts connections, and hands each request to Rocket once it has arrived whole.
//!
//! Rocket's own loop limits neither headers nor silence nor the number of connections, and it parses some headers
//! before any code of ours runs, with memory that grows with the square of their length. So this one speaks HTTP itself,
//! with hyper as Rocket does, and dispatches through Rocket's client for requests from within the process.

mod activity;
mod connection;
mod connections;
mod io;
mod limits;
mod numbers;
mod open_files;
mod request;
mod response;
mod shared;
mod socket;
pub(super) mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rocket::local::asynchronous::Client;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::accounts::throttle::Network;
use crate::config::Config;
use crate::http::Site;
use crate::http::headers::Always;
use connections::Connections;
pub(super) use numbers::Numbers;
pub use open_files::connections as connections_allowed;
use shared::Server;
pub use socket::{Bound, Listener};

/// How long to wait after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(50);

impl Listener {
    /// Serves until Rocket is told to shut down, and answers once the connections have ended. Requests that run then
    /// have `shutdown.grace` seconds to finish, and `shutdown.mercy` more until their connections are closed.
    pub async fn serve(self, client: Client, config: &Config) {
        let settings = &config.settings;
        let rocket = client.rocket().config();
        let (grace, mercy) = (rocket.shutdown.grace, rocket.shutdown.mercy);
        let keep_alive = Some(rocket.keep_alive).filter(|seconds| *seconds > 0);
        let most = open_files::connections().min(settings.connections as usize);
        let mut shutdown = client.rocket().shutdown();
        let server = Arc::new(Server {
            always: Always::new(&Site::new(config)),
            client,
            connections: Connections::new(most, settings.connections_per_network as usize, Arc::clone(&self.numbers)),
            numbers: self.numbers,
            silence: Duration::from_secs(settings.silent_connection_seconds.into()),
            keep_alive: keep_alive.map(|seconds| Duration::from_secs(seconds.into())),
            trusted_proxies: settings.trusted_proxies.clone(),
        });
        loop {
            tokio::select! {
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, peer)) => start(&server, self.tls.clone(), stream, peer),
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        server.connections.close_one();
                        tokio::time::sleep(PAUSE).await;
                    }
                },
                () = &mut shutdown => break,
            }
        }
        // Whoever is connected already has sent a request, or is about to: to drop the socket would turn them away.
        for (stream, peer) in socket::left(self.socket) {
            start(&server, self.tls.clone(), stream, peer);
            // Those that the limits close make room before the next one is accepted.
            tokio::task::yield_now().await;
        }
        let ended = server.connections.ended();
        if tokio::time::timeout(Duration::from_secs(u64::from(grace) + u64::from(mercy)), ended).await.is_err() {
            tracing::warn!("some requests did not finish in time while stopping");
            server.connections.close_all();
        }
    }
}

/// Serves a connection in a task of its own.
fn start(server: &Arc<Server>, tls: Option<TlsAcceptor>, stream: TcpStream, peer: SocketAddr) {
    let address = peer.ip().to_canonical();
    // All people behind a proxy come from its address.
    let proxy = server.trusted_proxies.iter().any(|network| network.contains(&address));
    let open = Arc::new(server.connections.add((!proxy).then(|| Network::from(address))));
    let server = Arc::clone(server);
    tokio::spawn(async move { connection::serve(&server, tls, stream, peer, &open).await });
}
