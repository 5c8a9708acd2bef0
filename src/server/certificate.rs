//! What a certificate of the setting `tls` says of itself: until when it is valid, for which names, and by whose word.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};

use super::listener::tls;
use crate::config::Invalid;

/// The last second that a certificate can name (RFC 5280, 4.1.2.5): one that names it does not expire.
const NEVER: u64 = 253_402_300_799;

/// The certificate of a server, and those that lead to its issuer.
pub struct Certificate {
    own: CertificateDer<'static>,
    others: Vec<CertificateDer<'static>>,
}

/// Whether a certificate is valid now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// It is.
    Now,
    /// Only from then on, in UTC.
    From(NaiveDateTime),
    /// No more since then, in UTC.
    Expired(NaiveDateTime),
}

impl Certificate {
    /// Reads what the setting `tls` names; none when it is not set.
    ///
    /// # Errors
    /// When a file can't be read or used, or the key does not belong to the certificate: then no server starts.
    pub fn read(rocket: &rocket::Config) -> Result<Option<Certificate>, Invalid> {
        let Some(settings) = rocket.tls.as_ref().filter(|_| rocket.tls_enabled()) else { return Ok(None) };
        tls::acceptor(settings)?;
        let mut all = tls::certificates(settings)?.into_iter();
        Ok(all.next().map(|own| Certificate { own, others: all.collect() }))
    }

    /// Whether it is valid at this moment.
    pub fn validity(&self) -> Validity {
        match self.judged_at(UnixTime::now(), &RootCertStore::empty()) {
            Some(CertificateError::ExpiredContext { not_after, .. }) => Validity::Expired(moment(not_after)),
            Some(CertificateError::NotValidYetContext { not_before, .. }) => Validity::From(moment(not_before)),
            _ => Validity::Now,
        }
    }

    /// When it expires, in UTC; none when it does not.
    pub fn expires_at(&self) -> Option<NaiveDateTime> {
        let end = UnixTime::since_unix_epoch(Duration::from_secs(NEVER));
        match self.judged_at(end, &RootCertStore::empty()) {
            Some(CertificateError::ExpiredContext { not_after, .. }) => Some(moment(not_after)),
            _ => None,
        }
    }

    /// Whether it is for a host: a name, or an address without brackets. A host that is neither is nobody's.
    pub fn is_for(&self, host: &str) -> bool {
        let Ok(name) = ServerName::try_from(host) else { return false };
        ParsedCertificate::try_from(&self.own).is_ok_and(|own| verify_server_name(&own, &name).is_ok())
    }

    /// Whether the file leads to an authority that this machine trusts, as most browsers do.
    pub fn leads_to_trusted(&self) -> bool {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        self.judged_at(UnixTime::now(), &roots).is_none()
    }

    /// What is wrong with it at a time, if something is. Times are looked at before anything else.
    fn judged_at(&self, time: UnixTime, roots: &RootCertStore) -> Option<CertificateError> {
        let algorithms = ring::default_provider().signature_verification_algorithms.all;
        let judged = ParsedCertificate::try_from(&self.own)
            .and_then(|own| verify_server_cert_signed_by_trust_anchor(&own, roots, &self.others, time, algorithms));
        match judged {
            Ok(()) => None,
            Err(Error::InvalidCertificate(wrong)) => Some(wrong),
            Err(_) => Some(CertificateError::BadEncoding),
        }
    }
}

fn moment(time: UnixTime) -> NaiveDateTime {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH).naive_utc()
}
