//! How long logins last.

use super::section::Group;
use super::setting::number;

pub(super) const SESSIONS: Group = Group {
    title: "Sessions",
    note: "A session is the login of a browser or of a program. \"Remember me\" is the box that people tick \
               when they log in.",
    settings: &[
        number("session_idle_minutes", 2..=10_080, 60).says("Minutes without use after which a session ends."),
        number("session_hours", 1..=720, 12).says("Hours after which a session ends even if it is in use."),
        number("remember_idle_days", 1..=365, 14).says("Days without use after which a \"remember me\" session ends."),
        number("remember_days", 1..=365, 30)
            .says("Days after which a \"remember me\" session ends even if it is in use."),
        number("access_token_minutes", 1..=1440, 30).says("Minutes that an access token is valid."),
        number("refresh_token_days", 1..=30, 30)
            .says("Days after which a login by token ends, even if its tokens are refreshed."),
        number("sessions_per_account", 1..=10_000, 100)
            .says("Maximum number of sessions per account. A new one beyond that ends the least recently used."),
    ],
};
