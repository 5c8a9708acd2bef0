//! The headers of every response of ours, errors and static files included.

use std::borrow::Cow;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
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

const STRICT_TRANSPORT_SECURITY: &str = "Strict-Transport-Security";

/// The fairing.
pub struct SecurityHeaders;

#[rocket::async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info { name: "Security headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        apply(Site::of(request), response);
        // What a GET would have been answered with (RFC 9110, 9.3.2); of other answers the length is counted.
        if Arrival::of(request).method == Method::Head
            && let Some(length) = response.body().preset_size()
        {
            response.set_raw_header("Content-Length", length.to_string());
        }
    }
}

/// Lets one answer do more than all others may. The only way to: what is set by hand is a fault.
pub fn allow(response: &mut Response<'_>, allowances: &[Allowance]) {
    response.set_raw_header(POLICY, policy(allowances));
}

/// Sets the headers. The catcher calls it too: Rocket runs no fairing for a request that it can't parse.
pub fn apply(site: &Site, response: &mut Response<'_>) {
    if !response.headers().contains(POLICY) {
        allow(response, &[]);
    }
    response.set_raw_header("X-Content-Type-Options", "nosniff");
    response.set_raw_header("X-Frame-Options", "DENY");
    // With no-referrer Chromium sends `Origin: null` on our own forms.
    response.set_raw_header("Referrer-Policy", "same-origin");
    response.set_raw_header("Cross-Origin-Opener-Policy", "same-origin");
    response.set_raw_header("Cross-Origin-Resource-Policy", "same-origin");
    response.set_raw_header("Permissions-Policy", PERMISSIONS_POLICY);
    // Rocket's Shield sets one of its own wherever TLS is configured, on loopback too.
    response.remove_header(STRICT_TRANSPORT_SECURITY);
    if let Some(demand) = site.strict_transport_security {
        response.set_raw_header(STRICT_TRANSPORT_SECURITY, demand);
    }
    // Static files say otherwise themselves.
    if !response.headers().contains("Cache-Control") {
        response.set_raw_header("Cache-Control", "no-store");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(allowances: &[Allowance]) -> String {
        let mut response = Response::new();
        allow(&mut response, allowances);
        response.headers().get_one(POLICY).unwrap().to_owned()
    }

    #[test]
    fn an_answer_may_do_what_it_says_and_nothing_else() {
        assert_eq!(allowed(&[]), CONTENT_SECURITY_POLICY);
        assert_eq!(allowed(&[Allowance::Sound]), format!("{CONTENT_SECURITY_POLICY}; media-src 'self'"));
        let app = PublicUrl::try_from("https://app.example.com/".to_owned()).unwrap();
        assert_eq!(
            allowed(&[Allowance::Script, Allowance::FormTarget(app)]),
            format!("{CONTENT_SECURITY_POLICY} https://app.example.com; script-src 'self'"),
        );
    }
}
