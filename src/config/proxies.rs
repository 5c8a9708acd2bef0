//! `trusted_proxies`: networks, and single addresses, which are networks of one.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

/// An item of the list.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Proxy(IpNet);

/// Why a text is no proxy. The table says what to use instead.
#[derive(Debug, thiserror::Error)]
#[error("it has to be an address or a network")]
struct InvalidProxy;

impl TryFrom<String> for Proxy {
    type Error = InvalidProxy;

    fn try_from(text: String) -> Result<Proxy, InvalidProxy> {
        match text.parse::<IpAddr>() {
            Ok(address) => Ok(Proxy(address.to_canonical().into())),
            Err(_) => text.parse().map(Proxy).map_err(|_| InvalidProxy),
        }
    }
}

/// Reads the list.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let proxies = Vec::<Proxy>::deserialize(deserializer)?;
    Ok(proxies.into_iter().map(|Proxy(network)| network).collect())
}
