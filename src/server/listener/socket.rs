//! The socket, before anybody can connect and when nobody can any more.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::numbers::Numbers;
use super::tls;
use crate::config::Invalid;

/// How many connections wait at most until they are accepted.
const BACKLOG: u32 = 1024;

/// An address of our own, at which nobody can connect yet: a proxy goes on to another node, and does not wait for a start
/// that may fail.
pub struct Bound {
    socket: TcpSocket,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

/// A listening socket, before anything is served on it.
pub struct Listener {
    pub(super) socket: TcpListener,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) numbers: Arc<Numbers>,
}

impl Bound {
    /// Takes the address of Rocket's settings.
    ///
    /// # Errors
    /// When nobody can listen at the address, or the certificate or its key can't be used.
    pub fn new(rocket: &rocket::Config) -> Result<Bound, Invalid> {
        let tls = rocket.tls.as_ref().filter(|_| rocket.tls_enabled()).map(tls::acceptor).transpose()?;
        let address = SocketAddr::new(rocket.address, rocket.port);
        let socket = bind(address).map_err(|error| cannot(address, &error))?;
        Ok(Bound { socket, address, tls })
    }

    /// The port; the system chose one when the setting was 0.
    pub fn port(&self) -> u16 {
        self.socket.local_addr().map_or(0, |address| address.port())
    }

    /// From here on people can connect.
    ///
    /// # Errors
    /// When somebody else came first who began to start at the same time.
    pub fn listen(self) -> Result<Listener, Invalid> {
        let socket = self.socket.listen(BACKLOG).map_err(|error| cannot(self.address, &error))?;
        Ok(Listener { socket, tls: self.tls, numbers: Arc::default() })
    }
}

impl Listener {
    /// What it counts.
    pub(in crate::server) fn numbers(&self) -> Arc<Numbers> {
        Arc::clone(&self.numbers)
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Connections of the server that was here before don't keep the address.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

fn cannot(address: SocketAddr, error: &io::Error) -> Invalid {
    Invalid(format!(
        "can't listen on {address}: {error}. Choose another `address` or `port` in Rocket.toml or with ROCKET_PORT"
    ))
}

/// The connections that were not accepted yet, one after the other: no more than can have waited, since newcomers join
/// them. The socket is closed when this is dropped.
pub(super) fn left(socket: TcpListener) -> impl Iterator<Item = (TcpStream, SocketAddr)> {
    let socket = socket.into_std().ok();
    // The system lets one more wait than it was asked for.
    let accepted = std::iter::from_fn(move || socket.as_ref()?.accept().ok()).take(BACKLOG as usize + 1);
    accepted.filter_map(|(stream, peer)| Some((of_the_runtime(stream).ok()?, peer)))
}

fn of_the_runtime(stream: std::net::TcpStream) -> io::Result<TcpStream> {
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}
