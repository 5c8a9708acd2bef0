//! The certificate authorities that are trusted: those of the system, and an operator's own (`smtp_ca`).

use std::path::Path;
use std::sync::{Arc, OnceLock};

use lettre::transport::smtp::client::{Certificate, TlsParameters};

use super::{Error, Stage};

/// Trusted authorities besides those of the system.
#[derive(Clone, Default)]
pub struct Trust {
    own: Option<Certificate>,
    /// Created at the first connection, since reading the authorities of the system takes some milliseconds.
    ready: Arc<OnceLock<TlsParameters>>,
}

/// Why a file holds no certificates.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It can't be read.
    #[error("can't be read: {0}")]
    File(#[from] std::io::Error),
    /// There are none in it.
    #[error("holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----")]
    Empty,
}

impl Trust {
    /// Trusts the authorities in a file too.
    ///
    /// # Errors
    /// When it can't be read, or holds no certificate in PEM.
    pub fn with_file(path: &Path) -> Result<Trust, Unreadable> {
        let pem = std::fs::read(path)?;
        let mark = b"-----BEGIN CERTIFICATE-----";
        if !pem.windows(mark.len()).any(|window| window == mark) {
            return Err(Unreadable::Empty);
        }
        let own = Certificate::from_pem(&pem).map_err(|_| Unreadable::Empty)?;
        Ok(Trust { own: Some(own), ..Trust::default() })
    }

    /// The TLS parameters for a server with this name, which its certificate must be for.
    pub(super) fn parameters(&self, host: &str) -> Result<TlsParameters, Error> {
        if let Some(ready) = self.ready.get() {
            return Ok(ready.clone());
        }
        let builder = TlsParameters::builder(host.to_owned());
        let builder = self.own.iter().cloned().fold(builder, |builder, own| builder.add_root_certificate(own));
        let made = builder.build().map_err(|error| Error::of(Stage::Certificate, &error))?;
        Ok(self.ready.get_or_init(|| made).clone())
    }
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust").field("own", &self.own.is_some()).finish()
    }
}
