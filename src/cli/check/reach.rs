//! Where the server listens, how people reach it, and how it reaches them.

use std::net::{SocketAddr, TcpListener};

use super::finding::{Finding, note, ok, wrong};
use crate::cli::greeting::for_a_proxy;
use crate::config::Config;
use crate::mail::Transport;

const ADDRESS: &str = "address";
const MAIL: &str = "mail";

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

/// Of what is odd about mail the configuration's warnings tell.
pub(super) fn mail(config: &Config) -> Finding {
    match config.mail.as_ref().map(|mail| (&mail.transport, &mail.sender)) {
        Some((Transport::Smtp(server), sender)) => {
            ok(MAIL, format!("it goes to {}, from {sender}; `vestibule mail test ADDRESS` tries it out", server.url))
        }
        Some((Transport::Log, _)) => ok(MAIL, "it goes into the log".to_owned()),
        None => note(
            MAIL,
            "none is sent: who forgets the password needs a link from an admin (`vestibule user reset-link`), and nobody \
             is told of logins; see the setting `mail_transport`"
                .to_owned(),
        ),
    }
}
