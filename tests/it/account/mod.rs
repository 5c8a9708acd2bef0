mod activity;
mod confirm;
mod csrf;
mod deletion;
mod details;
mod export;
mod password;
mod races;
mod security_txt;
mod sessions;

use crate::support::Server;

/// Makes every login older than what counts as recent.
fn let_logins_age(server: &Server) {
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
}
