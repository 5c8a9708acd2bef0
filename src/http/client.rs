//! Where a request comes from: the address of the client, seen through the proxies that we trust.

use std::net::IpAddr;

use ipnet::IpNet;
use rocket::Request;

use super::Site;
use super::arrival::Arrival;
use crate::accounts::audit::{Actor, Source};

/// The address of the client. `X-Forwarded-For` is read from the right, and only as far as each hop is a
/// trusted proxy: what a stranger wrote into it is never believed.
pub fn address(request: &Request<'_>) -> Option<IpAddr> {
    let peer = request.remote()?.ip().to_canonical();
    let forwarded: Vec<&str> = request.headers().get("x-forwarded-for").flat_map(|line| line.split(',')).collect();
    Some(behind_proxies(peer, &forwarded, &Site::of(request).trusted_proxies))
}

/// The address that a chain of proxies tells of: from the right, each hop as long as the one that told it is trusted.
pub fn behind_proxies(peer: IpAddr, forwarded: &[&str], trusted: &[IpNet]) -> IpAddr {
    let mut address = peer;
    for hop in forwarded.iter().rev() {
        if !trusted.iter().any(|network| network.contains(&address)) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(hop) => address = hop.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

/// The source of a request that someone sent.
pub fn of(request: &Request<'_>, actor: Actor) -> Source {
    Source {
        actor,
        address: address(request),
        user_agent: request.headers().get_one("user-agent").map(readable),
        request_id: Arrival::of(request).request_id().to_owned(),
    }
}

/// The first 255 bytes, without control characters: bytes, because strangers choose what lies in the database.
fn readable(text: &str) -> String {
    let mut readable = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        if readable.len() + c.len_utf8() > 255 {
            break;
        }
        readable.push(c);
    }
    readable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_is_cut_to_255_bytes_whatever_they_are() {
        assert_eq!(readable("Browser/1.0 \u{1b}[31m(x)"), "Browser/1.0 [31m(x)");
        assert_eq!(readable(&"x".repeat(300)), "x".repeat(255));
        assert_eq!(readable(&"\u{FFFD}".repeat(255)), "\u{FFFD}".repeat(85));
        assert_eq!(readable(&format!("x{}", "\u{FFFD}".repeat(255))).len(), 253, "a character is not cut");
    }

    #[test]
    fn forwarded_addresses_are_believed_from_the_right_and_from_trusted_proxies_only() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let seen =
            |peer: &str, forwarded: &[&str]| behind_proxies(peer.parse().unwrap(), forwarded, &trusted).to_string();
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"]), "192.0.2.1", "the peer is no proxy of ours");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", " 198.51.100.7 "]), "198.51.100.7", "the left is hearsay");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7", "10.9.9.9"]), "198.51.100.7", "two proxies");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7", "unknown"]), "10.0.0.1", "stops at what can't be read");
        assert_eq!(seen("10.0.0.1", &["::ffff:192.0.2.9"]), "192.0.2.9", "IPv4 in IPv6 clothes");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
