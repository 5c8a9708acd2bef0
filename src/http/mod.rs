//! What pages and JSON share: who asks and from where, and what every request and response goes through.

pub mod accept;
pub mod arrival;
pub mod attachment;
pub mod body;
pub mod challenge;
pub mod client;
pub mod conditions;
pub mod cookies;
pub mod cors;
pub mod failure;
pub mod features;
pub mod headers;
pub mod identity;
pub mod links;
pub mod local_path;
pub mod logout;
pub mod methods;
pub mod metrics;
mod mistakes;
pub mod pace;
pub mod packed;
mod paths;
pub mod probe;
pub mod problem;
mod query;
pub mod reach;
pub mod refusal;
pub mod request_log;
pub mod same_origin;
mod seldom;
pub mod streamed;
pub mod wants;
pub mod who;

use ipnet::IpNet;
use rocket::Request;

use crate::accounts::Accounts;
use crate::config::{Config, HelpText, Origins, SecurityContact};

/// Where this server stands in the network. Managed by Rocket.
#[derive(Debug, Clone)]
pub struct Site {
    /// Which origins and hosts are ours.
    pub origins: Origins,
    /// Other origins whose pages may log people in, with the cookie JSON or by token.
    pub allowed_origins: Vec<String>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where people report a weakness.
    pub security_contact: Option<SecurityContact>,
    /// What people read who can't log in.
    pub help_text: Option<HelpText>,
    /// The value of `Strict-Transport-Security`; none unless `public_url` is https.
    pub strict_transport_security: Option<&'static str>,
}

/// The name of a cookie of ours.
#[derive(Debug, Clone, Copy)]
pub struct CookieName {
    /// Over plain http.
    pub plain: &'static str,
    /// Over https.
    pub secure: &'static str,
}

impl Site {
    /// The site of this configuration.
    pub fn new(config: &Config) -> Site {
        let settings = &config.settings;
        let demand =
            if settings.hsts_include_subdomains { "max-age=63072000; includeSubDomains" } else { "max-age=63072000" };
        Site {
            origins: config.origins.clone(),
            allowed_origins: settings.allowed_origins.iter().cloned().map(String::from).collect(),
            trusted_proxies: settings.trusted_proxies.clone(),
            security_contact: settings.security_contact.clone(),
            help_text: settings.help_text.clone(),
            strict_transport_security: config.origins.public_https().then_some(demand),
        }
    }

    /// The site that a request came to.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Site {
        request.rocket().state().expect("server::build manages the site")
    }

    /// A cookie's name: with the prefix that makes browsers insist on https and on this very host, when
    /// people reach us by https.
    pub fn cookie_name(&self, name: CookieName) -> &'static str {
        if self.origins.https() { name.secure } else { name.plain }
    }
}

/// The accounts of this server.
pub fn accounts<'r>(request: &'r Request<'_>) -> &'r Accounts {
    request.rocket().state().expect("server::build manages the accounts")
}
