//! The headers of every response of ours, errors and static files included.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::{Request, Response};

use super::Site;
use super::arrival::Arrival;

/// Nothing but our own style sheet, images and forms; no script at all.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

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

/// Sets the headers. The catcher calls it too: Rocket runs no fairing for a request that it can't parse.
pub fn apply(site: &Site, response: &mut Response<'_>) {
    response.set_raw_header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
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
