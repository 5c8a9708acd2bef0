//! Where the server listens, for how many, and how people reach it.

use std::net::{SocketAddr, TcpListener};

use crate::check::{Finding, note, ok, wrong};
use crate::cli::greeting::for_a_proxy;
use crate::config::Config;
use crate::server::connections_allowed;

const ADDRESS: &str = "address";
const FILES: &str = "open files";

pub(super) fn address(config: &Config, rocket: &rocket::Config) -> Vec<Finding> {
    let listens = SocketAddr::new(rocket.address, rocket.port);
    let mut findings = vec![match (config.is_served(), TcpListener::bind(listens)) {
        (Err(error), _) => wrong(ADDRESS, error.to_string()),
        (Ok(true), _) => ok(ADDRESS, "a server runs on this data folder".to_owned()),
        (Ok(false), Ok(_)) => ok(ADDRESS, format!("{listens} is free for the server")),
        (Ok(false), Err(error)) => wrong(
            ADDRESS,
            format!("the server can't listen on {listens}: {error}; see the settings `address` and `port`"),
        ),
    }];
    findings.push(match config.origins.are_set() {
        true => ok(ADDRESS, format!("people reach it at {}", config.origins.front_door(rocket.port))),
        false => note(
            ADDRESS,
            format!(
                "it answers to {} only; others reach it once `public_url` is set",
                config.origins.hosts(rocket.port)
            ),
        ),
    });
    findings.extend(for_a_proxy(config, rocket).map(|hint| note(ADDRESS, hint)));
    findings
}

/// A system that allows fewer open files than the settings want connections.
pub(super) fn open_files(config: &Config) -> Option<Finding> {
    let (allowed, wanted) = (connections_allowed(), config.settings.connections as usize);
    (allowed < wanted).then(|| {
        let says = format!(
            "the system lets this account open files for {allowed} connections, fewer than `connections` ({wanted}): \
             raise the limit (`ulimit -n`, or LimitNOFILE= of systemd), or lower the setting"
        );
        note(FILES, says)
    })
}
