//! Who may sign up, and who solves a captcha for it.

use serde::{Deserialize, Serialize};

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Anyone.
    Open,
    /// Anyone; an admin says yes or no to each account.
    Approval,
    /// Those who have an invitation.
    Invite,
    /// Nobody without an invitation; operators make accounts.
    Closed,
}

/// Who has to solve a captcha to sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CaptchaDemand {
    /// Those whose network has tried it some times already.
    Suspicious,
    /// Everyone.
    Always,
}
