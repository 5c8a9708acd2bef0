//! `X-Forwarded-For`: nobody gets to be somebody else by what they write into it.

use std::net::IpAddr;

use ipnet::IpNet;
use proptest::sample::select;
use vestibule::http::client::behind_proxies;

use crate::{inputs, run};

const SAMPLES: &[&str] = &["198.51.100.7, 10.0.0.2", "2001:db8::7,::1", "unknown, 10.0.0.3", "::ffff:10.0.0.4"];
const PIECES: &[&str] = &[
    ",",
    ", ",
    "10.0.0.1",
    "10.9.9.9",
    "::1",
    "::ffff:10.0.0.1",
    "198.51.100.7",
    "2001:db8::7",
    "[::1]",
    ":80",
    "unknown",
    "\"",
    ".",
];
const PEERS: &[&str] = &["10.0.0.1", "::1", "::ffff:10.0.0.1", "192.0.2.1", "2001:db8::1"];

#[test]
fn an_address_is_believed_only_when_a_trusted_proxy_says_so() {
    let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let read = |hop: &str| hop.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical());
    run::fuzz((select(PEERS), inputs::text(SAMPLES, PIECES)), |(peer, header)| {
        let peer = peer.parse::<IpAddr>().unwrap().to_canonical();
        let hops: Vec<&str> = header.split(',').collect();
        let seen = behind_proxies(peer, &hops, &trusted);
        // The hops that tell of a client, each told by a trusted one, from the right.
        let mut told = vec![peer];
        while let Some(hop) = hops.len().checked_sub(told.len()).filter(|_| is_trusted(told[told.len() - 1])) {
            match read(hops[hop]) {
                Some(address) => told.push(address),
                None => break,
            }
        }
        assert_eq!(Some(&seen), told.last(), "{peer} {header:?}");
        assert!(seen == peer || is_trusted(peer), "a stranger was believed: {header:?}");
    });
}
