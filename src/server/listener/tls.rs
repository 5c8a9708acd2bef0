//! TLS, as Rocket's setting `tls` describes it.

use std::path::PathBuf;
use std::sync::Arc;

use rocket::Either;
use rocket::config::TlsConfig;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::config::Invalid;

/// What makes a connection a secret one.
///
/// # Errors
/// When the certificate or the key can't be read, or they don't belong together.
pub(super) fn acceptor(settings: &TlsConfig) -> Result<TlsAcceptor, Invalid> {
    let certs = read("tls.certs", settings.certs())?;
    let certs: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&certs)
        .collect::<Result<_, _>>()
        .map_err(|error| Invalid(format!("setting `tls.certs` holds no certificate chain in PEM: {error}")))?;
    if certs.is_empty() {
        return Err(Invalid("setting `tls.certs` names a file without a certificate in PEM".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_slice(&read("tls.key", settings.key())?)
        .map_err(|error| Invalid(format!("setting `tls.key` holds no private key in PEM: {error}")))?;
    let provider = Arc::new(provider(settings));
    let unusable = |error: rustls::Error| {
        Invalid(format!("the certificate of `tls.certs` and the key of `tls.key` can't be used: {error}"))
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

fn read(key: &str, place: Either<PathBuf, &[u8]>) -> Result<Vec<u8>, Invalid> {
    match place {
        Either::Left(path) => std::fs::read(&path).map_err(|error| {
            Invalid(format!("setting `{key}` names {}, which can't be read: {error}", path.display()))
        }),
        Either::Right(bytes) => Ok(bytes.to_vec()),
    }
}
