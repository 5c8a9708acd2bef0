//! What the server tells its operator: the log, and numbers for monitoring.

use super::kind::Kind;
use super::section::Group;
use super::setting::{unset, word};

pub(super) const MONITORING: Group = Group {
    title: "Log and monitoring",
    note: "Prometheus reads the numbers at /metrics, on an address of their own, so that nobody reaches them \
               through the proxy; docs/deploy/monitoring.md lists them. On any address but loopback, \
               `metrics_token` has to be set.",
    settings: &[
        word("log_format", &["text", "json"], "text")
            .says("Lines of the log: for people, with those of the audit in JSON (text), or all in JSON (json)."),
        unset("metrics_address", Kind::Socket, "\"127.0.0.1:9464\"")
            .says("Where numbers for monitoring are read, with a port of its own. Unset: nowhere."),
        unset("metrics_token", Kind::Secret(TOKEN), "\"32-random-bytes-in-hex\"")
            .says("The bearer token that whoever reads the numbers has to send. Unset: none is needed, on loopback."),
    ],
};

/// What a token has to be.
const TOKEN: &str = "at least 16 characters without spaces, as `openssl rand -hex 32` prints them";
