//! `log_format`: what the lines of the log look like.

use serde::{Deserialize, Serialize};

/// What the lines of the log look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people; those of the audit are JSON.
    Text,
    /// Each line is an object in JSON.
    Json,
}
