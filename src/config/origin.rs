//! Which origins and hosts are ours: `public_url`, or loopback when it is unset.

use std::net::IpAddr;

use super::{Invalid, PublicUrl, Settings};

/// The origins that are ours. The port is that of the listening socket, known once it listens.
#[derive(Debug, Clone)]
pub enum Origins {
    /// One public origin.
    Public(PublicUrl),
    /// `127.0.0.1`, `localhost` and `[::1]`, on the port that we listen on.
    Loopback {
        /// Whether Rocket itself speaks TLS.
        https: bool,
    },
}

impl Origins {
    /// Decides from the settings and from where Rocket will listen.
    pub(super) fn new(settings: &Settings, rocket: &rocket::Config) -> Result<Origins, Invalid> {
        let tls = rocket.tls_enabled();
        match &settings.public_url {
            None if is_loopback(rocket.address) => Ok(Origins::Loopback { https: tls }),
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
            Origins::Loopback { https } => *https,
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

    /// Whether a `Host` header names us.
    pub fn is_our_host(&self, host: &str, port: u16) -> bool {
        let host = host.to_ascii_lowercase();
        let ours = |origin: &String| {
            let Some((_, ours)) = origin.split_once("://") else { return false };
            let has_port = !ours.ends_with(']') && ours.contains(':');
            host == ours || (!has_port && host.strip_prefix(ours) == Some(self.default_port()))
        };
        self.all(port).iter().any(ours)
    }

    /// The port that an origin leaves out, as `Host` may say it.
    fn default_port(&self) -> &'static str {
        if self.https() { ":443" } else { ":80" }
    }

    /// The address to tell people.
    pub fn front_door(&self, port: u16) -> String {
        self.all(port).swap_remove(0)
    }

    fn all(&self, port: u16) -> Vec<String> {
        match self {
            Origins::Public(url) => vec![String::from(url.clone())],
            Origins::Loopback { https } => {
                let (scheme, default) = if *https { ("https", 443) } else { ("http", 80) };
                let port = if port == default { String::new() } else { format!(":{port}") };
                ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{scheme}://{host}{port}")).into()
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

/// Whether an address can be reached from this machine only; an IPv4 address in IPv6 clothes counts as itself.
fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
