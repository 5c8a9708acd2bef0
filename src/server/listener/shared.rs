//! What every connection of one server shares.

use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use rocket::local::asynchronous::Client;

use super::connections::Connections;
use super::numbers::Numbers;
use crate::http::headers::Always;

/// The server, as its connections see it.
pub(super) struct Server {
    pub client: Client,
    pub connections: Connections,
    pub numbers: Arc<Numbers>,
    pub always: Always,
    /// How long a connection may be silent before it is closed.
    pub silence: Duration,
    /// The same for one that has had an answer and sends no further request; none: it is closed after the answer.
    pub keep_alive: Option<Duration>,
    pub trusted_proxies: Vec<IpNet>,
}
