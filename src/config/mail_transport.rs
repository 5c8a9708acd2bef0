//! `mail_transport`: which way mail goes.

use serde::{Deserialize, Serialize};

/// Which way mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// None is sent.
    Off,
    /// To the server of `smtp_url`.
    Smtp,
    /// Into the log, for trying out.
    Log,
}
