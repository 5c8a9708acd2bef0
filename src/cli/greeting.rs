//! What a server says once it listens: its address, who can reach it, which data it uses, and what a proxy would need.

use std::net::SocketAddr;
use std::path::absolute;

use crate::accounts::setup::SetupToken;
use crate::config::Config;
use crate::mail::Transport;

/// The lines; the last one is the address to open.
pub(super) fn greeting(
    config: &Config,
    rocket: &rocket::Config,
    metrics: Option<SocketAddr>,
    setup: Option<&SetupToken>,
    port: u16,
) -> Vec<String> {
    let scheme = if rocket.tls_enabled() { "https" } else { "http" };
    let listens = SocketAddr::new(rocket.address, port);
    let front_door = config.origins.front_door(port);
    let public_url = if config.origins.are_set() {
        format!("public URL {front_door}")
    } else {
        format!("no public URL (it answers to {} only)", config.origins.hosts(port))
    };
    let folder = config.settings.data_dir();
    let folder = absolute(&folder).unwrap_or(folder);
    let version = env!("CARGO_PKG_VERSION");
    let mut lines = vec![format!(
        "Vestibule {version} listens on {listens} ({scheme}), {public_url}, data folder {}",
        folder.display()
    )];
    lines.extend(for_a_proxy(config, rocket));
    lines.extend(mail(config));
    lines.extend(metrics.map(|address| format!("Metrics are at http://{address}/metrics")));
    lines.extend(setup.map(|token| format!("Create the first account: {front_door}/setup?token={}", token.to_text())));
    lines.push(format!("Vestibule is ready at {front_door}"));
    lines
}

/// How mail is sent, if it is.
fn mail(config: &Config) -> Option<String> {
    let mail = config.mail.as_ref()?;
    Some(match &mail.transport {
        Transport::Smtp(server) => format!("Mail goes to {}, from {}", server.url, mail.sender),
        Transport::Log => "Mail goes into this log".to_owned(),
    })
}

/// The settings that a proxy still needs; none if there is clearly no proxy, or all is set.
pub(super) fn for_a_proxy(config: &Config, rocket: &rocket::Config) -> Option<String> {
    let mut missing = Vec::new();
    if !config.origins.are_set() {
        missing.push("set `public_url` to the address that people type");
    }
    if config.settings.trusted_proxies.is_empty() {
        missing.push("set `trusted_proxies` to the proxy's address");
    }
    if missing.is_empty() || rocket.tls_enabled() {
        return None;
    }
    let missing = missing.join(", ");
    Some(format!("Behind a proxy: {missing}, and make the proxy pass on Host and send X-Forwarded-For."))
}
