//! `public_url`: where people reach this server.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Where people reach this server: scheme, host and port, nothing behind them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(Url);

/// Why a text is not a public URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like https://login.example.com, without a path")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    pub(super) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The name of its host; none for an address.
    pub(super) fn name(&self) -> Option<String> {
        match self.0.host() {
            Some(Host::Domain(name)) => Some(name.to_owned()),
            _ => None,
        }
    }

    /// Whether it is this host and port.
    pub(super) fn is_at(&self, name: &str, port: u16) -> bool {
        let ours = self.0.host_str().is_some_and(|ours| ours.eq_ignore_ascii_case(name));
        ours && self.0.port_or_known_default() == Some(port)
    }

    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = InvalidPublicUrl;

    fn try_from(text: String) -> Result<Self, InvalidPublicUrl> {
        let url = Url::parse(&text).map_err(|_| InvalidPublicUrl)?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if bare && web { Ok(PublicUrl(url)) } else { Err(InvalidPublicUrl) }
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> String {
        url.0.origin().ascii_serialization()
    }
}
