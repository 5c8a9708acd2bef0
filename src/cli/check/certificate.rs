//! Checks the certificate of the setting `tls`: the files, until when it is valid, for whom, and by whose word.

use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use url::{Host, Url};

use crate::check::{Finding, note, ok, wrong};
use crate::cli::output::moment;
use crate::config::Config;
use crate::db;
use crate::server::{Certificate, Validity};

const CERTIFICATE: &str = "certificate";

/// How many days before it expires one should have another certificate, as programs that renew them do.
const DAYS: i64 = 14;

pub(super) fn certificate(config: &Config, rocket: &rocket::Config) -> Vec<Finding> {
    let certificate = match Certificate::read(rocket) {
        Ok(Some(certificate)) => certificate,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![wrong(CERTIFICATE, error.to_string())],
    };
    let mut findings = vec![time(&certificate)];
    findings.extend(name(config, rocket, &certificate));
    if !certificate.leads_to_trusted() {
        findings.push(note(
            CERTIFICATE,
            "it does not lead to an authority that this machine trusts: browsers warn of it, unless your own authority \
             made it. If a public one did, put its intermediate certificates into the file of `tls.certs` too"
                .to_owned(),
        ));
    }
    findings.extend(open_key(rocket));
    findings
}

fn time(certificate: &Certificate) -> Finding {
    let expires_at = certificate.expires_at();
    match (certificate.validity(), expires_at) {
        (Validity::Expired(at), _) => {
            wrong(CERTIFICATE, format!("it expired on {}: renew it, and start the server again", moment(at)))
        }
        (Validity::From(at), _) => {
            wrong(CERTIFICATE, format!("it is valid from {} on only: look at the clock, too", moment(at)))
        }
        (Validity::Now, Some(at)) if at < db::now() + TimeDelta::days(DAYS) => {
            note(CERTIFICATE, format!("it expires on {}: renew it before, and start the server again then", moment(at)))
        }
        (Validity::Now, Some(at)) => ok(CERTIFICATE, format!("it can be used, and is valid until {}", moment(at))),
        (Validity::Now, None) => ok(CERTIFICATE, "it can be used, and does not expire".to_owned()),
    }
}

/// Whether it is for the host that people type.
fn name(config: &Config, rocket: &rocket::Config, certificate: &Certificate) -> Option<Finding> {
    let front_door = config.origins.front_door(rocket.port);
    let host = match Url::parse(&front_door).ok()?.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    let is_for = certificate.is_for(&host);
    (!is_for).then(|| {
        let says = format!("it is not for {host}, where people reach the server: use one whose names include that");
        wrong(CERTIFICATE, says)
    })
}

/// That other accounts of this machine can read the key.
fn open_key(rocket: &rocket::Config) -> Option<Finding> {
    let path = rocket.tls.as_ref()?.key().left()?;
    let mode = std::fs::metadata(&path).ok()?.permissions().mode() & 0o777;
    (mode & 0o006 != 0).then(|| {
        let path = path.display();
        note(
            CERTIFICATE,
            format!("its key {path} is open to other accounts of this machine (mode {mode:o}): `chmod 600 {path}`"),
        )
    })
}
