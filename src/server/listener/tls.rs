//! TLS, as Rocket's setting `tls` describes it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rocket::Either;
use rocket::config::TlsConfig;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::config::Invalid;

/// The setting of the certificates.
const CERTS: &str = "tls.certs";

/// What has to be in the files, and the line that it begins with.
const CERTIFICATE: (&str, &str) = ("certificate in PEM", "-----BEGIN CERTIFICATE-----");
const PRIVATE_KEY: (&str, &str) = ("private key in PEM without a passphrase", "-----BEGIN PRIVATE KEY-----");

/// The TLS setup of the listener.
///
/// # Errors
/// When the certificate or the key can't be read, or they don't belong together.
pub(in crate::server) fn acceptor(settings: &TlsConfig) -> Result<TlsAcceptor, Invalid> {
    let certs = certificates(settings)?;
    let (certs_file, key_file) = (Pem::new(CERTS, settings.certs()), Pem::new("tls.key", settings.key()));
    let key = PrivateKeyDer::from_pem_slice(&key_file.read()?).map_err(|error| match error {
        pem::Error::NoItemsFound => key_file.lacks(PRIVATE_KEY, ""),
        error => key_file.lacks(PRIVATE_KEY, &format!(" ({error})")),
    })?;
    let provider = Arc::new(provider(settings));
    let unusable = |error: rustls::Error| match error {
        rustls::Error::InconsistentKeys(_) => Invalid(format!(
            "the private key of {key_file} does not belong to the first certificate of {certs_file}: the server's own \
             certificate comes first in that file, then those that lead to its issuer"
        )),
        error => Invalid(format!("{certs_file} and {key_file} can't be used: {error}")),
    };
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(certs, key)
        .map_err(unusable)?;
    config.ignore_client_order = settings.prefer_server_cipher_order();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.ticketer = ring::Ticketer::new().map_err(unusable)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// The server's own certificate, then those that lead to its issuer.
///
/// # Errors
/// When they can't be read.
pub(in crate::server) fn certificates(settings: &TlsConfig) -> Result<Vec<CertificateDer<'static>>, Invalid> {
    let file = Pem::new(CERTS, settings.certs());
    let certs: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&file.read()?)
        .collect::<Result<_, _>>()
        .map_err(|error| file.lacks(CERTIFICATE, &format!(" ({error})")))?;
    if certs.is_empty() { Err(file.lacks(CERTIFICATE, "")) } else { Ok(certs) }
}

/// The cipher suites that the setting names, in its order.
fn provider(settings: &TlsConfig) -> CryptoProvider {
    let ring = ring::default_provider();
    // Rocket writes the suites of TLS 1.3 without the 13 that tells them from others in rustls.
    let wanted = settings.ciphers().filter_map(|wanted| {
        let wanted = format!("{wanted:?}");
        let named =
            |known: &&rustls::SupportedCipherSuite| format!("{:?}", known.suite()).replace("TLS13", "TLS") == wanted;
        ring.cipher_suites.iter().find(named).copied()
    });
    CryptoProvider { cipher_suites: wanted.collect(), ..ring.clone() }
}

/// A file that a setting names.
struct Pem<'a> {
    key: &'static str,
    place: Either<PathBuf, &'a [u8]>,
}

impl<'a> Pem<'a> {
    fn new(key: &'static str, place: Either<PathBuf, &'a [u8]>) -> Pem<'a> {
        Pem { key, place }
    }

    fn read(&self) -> Result<Vec<u8>, Invalid> {
        match &self.place {
            Either::Left(path) => std::fs::read(path).map_err(|error| {
                Invalid(format!("{self} can't be read ({error}): use the path of a file that the server may read"))
            }),
            Either::Right(bytes) => Ok(bytes.to_vec()),
        }
    }

    fn lacks(&self, (expected, begin): (&str, &str), why: &str) -> Invalid {
        Invalid(format!("{self} has no {expected}{why}: use a file with the line {begin}"))
    }
}

impl fmt::Display for Pem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Either::Left(path) => write!(f, "{} (setting `{}`)", path.display(), self.key),
            Either::Right(_) => write!(f, "setting `{}`", self.key),
        }
    }
}
