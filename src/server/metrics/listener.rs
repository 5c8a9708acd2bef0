//! Listens for those who read the numbers: few connections at a time, one request on each.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answer;
use super::sources::Sources;
use crate::config::{Invalid, Metrics};

/// How many read at a time. Others wait.
const CONNECTIONS: usize = 8;

/// How long a connection lasts at most.
const LONGEST: Duration = Duration::from_secs(10);

/// How long to wait after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(50);

/// A listening socket, before anything is served on it.
pub struct MetricsListener {
    socket: TcpListener,
    settings: Metrics,
}

impl MetricsListener {
    /// Listens where the settings say.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub async fn bind(settings: &Metrics) -> Result<MetricsListener, Invalid> {
        let address = settings.address;
        let socket = TcpListener::bind(address).await.map_err(|error| {
            Invalid(format!(
                "can't listen on {address} for metrics: {error}. Choose another `metrics_address` \
                 (VESTIBULE_METRICS_ADDRESS)"
            ))
        })?;
        Ok(MetricsListener { socket, settings: settings.clone() })
    }

    /// The address that it listens on; the system chose a port when that of the setting was 0.
    pub fn address(&self) -> SocketAddr {
        self.socket.local_addr().unwrap_or(self.settings.address)
    }

    /// Serves until it is told to stop.
    pub(in crate::server) async fn serve(self, sources: Sources, stop: impl Future<Output = ()>) {
        let shared = Arc::new((sources, self.settings.token));
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut stop = pin!(stop);
        loop {
            let accepted = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, self.socket.accept().await)
            };
            tokio::select! {
                (place, accepted) = accepted => match accepted {
                    Ok((stream, _)) => {
                        let shared = Arc::clone(&shared);
                        tokio::spawn(async move {
                            // The place is given back when the connection ends.
                            let _place = place;
                            let _ = tokio::time::timeout(LONGEST, speak(stream, &shared.0, shared.1.as_deref())).await;
                        });
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a connection for metrics could not be accepted");
                        tokio::time::sleep(PAUSE).await;
                    }
                },
                () = &mut stop => return,
            }
        }
    }
}

async fn speak(stream: TcpStream, sources: &Sources, token: Option<&str>) {
    let service = service_fn(|request: Request<Incoming>| async move {
        Ok::<_, Infallible>(answer::answer(&request, token, sources).await)
    });
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST).keep_alive(false).max_buf_size(16 * 1024);
    // What goes wrong here is the reader's to tell.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}
