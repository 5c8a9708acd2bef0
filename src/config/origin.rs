//! Which origins and hosts are ours: `public_url`, or loopback when it is unset.

use std::net::IpAddr;

use super::{Invalid, PublicUrl, Settings};

/// The names by which this machine reaches itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The origins that are ours. The port is that of the listening socket, known once it listens.
#[derive(Debug, Clone)]
pub enum Origins {
    /// One public origin.
    Public(PublicUrl),
    /// The address that we listen on, `127.0.0.1`, `localhost` and `[::1]`, on the port that we listen on.
    Loopback {
        /// Where we listen.
        address: IpAddr,
        /// Whether Rocket itself speaks TLS.
        https: bool,
    },
}

impl Origins {
    /// Decides from the settings and from where Rocket will listen.
    pub(super) fn new(settings: &Settings, rocket: &rocket::Config) -> Result<Origins, Invalid> {
        let tls = rocket.tls_enabled();
        match &settings.public_url {
            None if is_loopback(rocket.address) => {
                Ok(Origins::Loopback { address: rocket.address.to_canonical(), https: tls })
            }
            None => Err(Invalid(format!(
                "`address` is {}, which others can reach: set `vestibule.public_url` \
                 to the address that people type, such as https://login.example.com",
                rocket.address
            ))),
            Some(url) if url.is_https() || url.is_loopback() || settings.allow_insecure_http => {
                Ok(Origins::Public(url.clone()))
            }
            Some(url) => Err(Invalid(format!(
                "`vestibule.public_url` is {}, so passwords would cross the network in the clear: use https \
                 (Rocket's `tls` or a proxy), or insist with `vestibule.allow_insecure_http = true`",
                String::from(url.clone())
            ))),
        }
    }

    /// Whether people reach us by https; then cookies are `Secure`.
    pub fn https(&self) -> bool {
        match self {
            Origins::Public(url) => url.is_https(),
            Origins::Loopback { https, .. } => *https,
        }
    }

    /// Whether only this machine reaches us by that name.
    pub fn is_loopback(&self) -> bool {
        match self {
            Origins::Public(url) => url.is_loopback(),
            Origins::Loopback { .. } => true,
        }
    }

    /// Whether browsers may be told to insist on https for years. Not for loopback: there the next program on the
    /// same name may have no https at all.
    pub fn public_https(&self) -> bool {
        self.https() && !self.is_loopback()
    }

    /// Whether an `Origin` header names us.
    pub fn is_our_origin(&self, origin: &str, port: u16) -> bool {
        self.all(port).iter().any(|ours| ours == origin)
    }

    /// Whether a `Host` header names us. Asked of every request, so nothing is allocated.
    pub fn is_our_host(&self, host: &str, port: u16) -> bool {
        let default = if self.https() { 443 } else { 80 };
        let Some((name, given)) = name_and_port(host, default) else { return false };
        match self {
            Origins::Public(url) => url.is_at(name, given),
            Origins::Loopback { address, .. } => {
                let is_name = LOOPBACK.iter().any(|ours| ours.eq_ignore_ascii_case(name));
                given == port && (is_name || name.parse() == Ok(*address))
            }
        }
    }

    /// Whether `public_url` is set.
    pub fn are_set(&self) -> bool {
        matches!(self, Origins::Public(_))
    }

    /// The hosts that are ours, in words.
    pub fn hosts(&self, port: u16) -> String {
        let hosts = self.all(port);
        let hosts: Vec<&str> = hosts.iter().filter_map(|origin| origin.split("://").nth(1)).collect();
        hosts.join(", ")
    }

    /// The address to tell people: `public_url`, or where we listen.
    pub fn front_door(&self, port: u16) -> String {
        self.all(port).swap_remove(0)
    }

    /// The name of this server for other machines, if it has one.
    pub fn public_name(&self) -> Option<String> {
        match self {
            Origins::Public(url) => url.name().filter(|_| !url.is_loopback()),
            Origins::Loopback { .. } => None,
        }
    }

    fn all(&self, port: u16) -> Vec<String> {
        match self {
            Origins::Public(url) => vec![String::from(url.clone())],
            Origins::Loopback { address, https } => {
                let (scheme, default) = if *https { ("https", 443) } else { ("http", 80) };
                let port = if port == default { String::new() } else { format!(":{port}") };
                let listening = match address {
                    IpAddr::V4(address) => address.to_string(),
                    IpAddr::V6(address) => format!("[{address}]"),
                };
                let others = LOOPBACK.into_iter().filter(|host| *host != listening);
                let hosts = std::iter::once(listening.as_str()).chain(others);
                hosts.map(|host| format!("{scheme}://{host}{port}")).collect()
            }
        }
    }
}

/// Whether a text can be a `Host` header at all (RFC 9110, 7.2): a name or an address, then perhaps one port.
pub fn is_host(text: &str) -> bool {
    let rest = match text.strip_prefix('[') {
        Some(address) => address.split_once(']').map(|(_, rest)| rest),
        None => text.find(':').map_or(Some(""), |colon| text.get(colon..)),
    };
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

/// The parts of a `Host` header; none for a port that nobody writes so.
fn name_and_port(host: &str, default: u16) -> Option<(&str, u16)> {
    let end = if host.starts_with('[') { host.find(']').map_or(host.len(), |end| end + 1) } else { 0 };
    match host[end..].find(':') {
        None => Some((host, default)),
        Some(colon) => {
            let (name, port) = host.split_at(end + colon);
            let port = &port[1..];
            let plain = !port.starts_with(['0', '+']);
            Some((name, port.parse().ok().filter(|_| plain)?))
        }
    }
}

/// Whether an address can be reached from this machine only; an IPv4-mapped IPv6 address counts as the IPv4 address.
fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
