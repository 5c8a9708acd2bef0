//! Where numbers for monitoring are read, and by whom. They never stand at the address that people use, and where other
//! machines may come, whoever reads them needs a token: so nobody reads them by accident.

use std::fmt;
use std::net::SocketAddr;

use rocket::figment::Figment;

use super::{Invalid, Settings, check};

/// The fewest characters of a token.
const SHORTEST: usize = 16;

/// Where numbers for monitoring are read.
#[derive(Clone)]
pub struct Metrics {
    /// The address to listen on.
    pub address: SocketAddr,
    /// What whoever asks has to show; none: nobody has to, since only this machine can.
    pub token: Option<String>,
}

/// The token is a secret.
impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").field("address", &self.address).finish_non_exhaustive()
    }
}

/// What the settings say, if numbers are read.
pub(super) fn metrics(figment: &Figment, settings: &Settings) -> Result<Option<Metrics>, Invalid> {
    let token = settings.metrics_token.clone();
    // A header holds such a text as it is.
    let can_be_sent = |token: &str| token.len() >= SHORTEST && token.bytes().all(|byte| byte.is_ascii_graphic());
    if token.as_deref().is_some_and(|token| !can_be_sent(token)) {
        return Err(check::unusable(figment, "vestibule.metrics_token"));
    }
    let Some(address) = settings.metrics_address else { return Ok(None) };
    if token.is_none() && !address.ip().to_canonical().is_loopback() {
        return Err(Invalid(format!(
            "`vestibule.metrics_address` is {address}, which other machines may reach: set `vestibule.metrics_token` too \
             (VESTIBULE_METRICS_TOKEN, or VESTIBULE_METRICS_TOKEN_FILE for the path of a file), or use an address such as \
             127.0.0.1:9464"
        )));
    }
    Ok(Some(Metrics { address, token }))
}
