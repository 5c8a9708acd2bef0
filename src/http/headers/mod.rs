//! The headers of every response of ours, errors and static files included.

use std::borrow::Cow;

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Method, Status};
use rocket::{Request, Response};

use super::Site;
use super::arrival::Arrival;
use crate::config::PublicUrl;

/// What one answer may do beyond the policy of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowance {
    /// Send its forms to this origin, too.
    FormTarget(PublicUrl),
    /// Play sounds of ours.
    Sound,
    /// Run script files of ours.
    Script,
}

/// Nothing but our own style sheet, images, heading face and forms; no script at all. Forms come last: see [`policy`].
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    font-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'";

/// The policy of all, and what is allowed on top of it.
fn policy(allowances: &[Allowance]) -> Cow<'static, str> {
    if allowances.is_empty() {
        return Cow::Borrowed(CONTENT_SECURITY_POLICY);
    }
    let mut policy = CONTENT_SECURITY_POLICY.to_owned();
    for allowance in allowances {
        if let Allowance::FormTarget(origin) = allowance {
            policy.push(' ');
            policy.push_str(&String::from(origin.clone()));
        }
    }
    for (allowance, directive) in [(Allowance::Sound, "; media-src 'self'"), (Allowance::Script, "; script-src 'self'")]
    {
        if allowances.contains(&allowance) {
            policy.push_str(directive);
        }
    }
    Cow::Owned(policy)
}

const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

const POLICY: &str = "Content-Security-Policy";

/// The headers that one answer may set differently: the policy by [`allow`], for static files how long to cache them, and
/// where access tokens count that pages of other origins may read the answer.
const OWN: [HeaderName; 3] =
    [header::CONTENT_SECURITY_POLICY, header::CACHE_CONTROL, HeaderName::from_static("cross-origin-resource-policy")];

/// The headers that every answer has, made once: an answer starts with a copy of them.
pub struct Always(HeaderMap);

impl Always {
    /// The headers of this site.
    pub fn new(site: &Site) -> Always {
        let mut headers = HeaderMap::new();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::X_FRAME_OPTIONS, "DENY");
        // With no-referrer Chromium sends `Origin: null` on our own forms.
        set(header::REFERRER_POLICY, "same-origin");
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
        set(HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY);
        set(header::CACHE_CONTROL, "no-store");
        if let Some(demand) = site.strict_transport_security {
            set(header::STRICT_TRANSPORT_SECURITY, demand);
        }
        Always(headers)
    }

    /// These headers together with an answer's own.
    pub fn with<'a>(&self, own: impl Iterator<Item = Header<'a>>) -> HeaderMap {
        let mut headers = self.0.clone();
        for header in own {
            let name = HeaderName::from_bytes(header.name().as_str().as_bytes());
            let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(header.value())) else { continue };
            if OWN.contains(&name) {
                headers.insert(name, value);
            } else if name != header::STRICT_TRANSPORT_SECURITY {
                // That one Rocket's Shield sets wherever TLS is configured, on loopback too.
                headers.append(name, value);
            }
        }
        headers
    }
}

/// The fairing that tells the length of what a GET would have been answered with (RFC 9110, 9.3.2); of other answers
/// the length is counted.
pub struct LengthForHead;

#[rocket::async_trait]
impl Fairing for LengthForHead {
    fn info(&self) -> Info {
        Info { name: "Length for HEAD", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        // 304 says nothing about a body (RFC 9110, 8.6).
        if Arrival::of(request).method == Method::Head
            && response.status() != Status::NotModified
            && let Some(length) = response.body().preset_size()
        {
            response.set_raw_header("Content-Length", length.to_string());
        }
    }
}

/// A picture that somebody else has drawn: opened by itself, it draws and does nothing else.
const POLICY_OF_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/// Lets nothing in an answer run, send or load anything, even where the policy of all would allow it.
pub fn isolate(response: &mut Response<'_>) {
    response.set_raw_header(POLICY, POLICY_OF_PICTURES);
}

/// Allows one answer more than all others. Nothing but this and [`isolate`] may set the policy.
pub fn allow(response: &mut Response<'_>, allowances: &[Allowance]) {
    response.set_raw_header(POLICY, policy(allowances));
}

#[cfg(test)]
mod tests;
