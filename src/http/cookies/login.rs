//! The cookies that a login reads, and those that it sets.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::CookieJar;
use rocket::request::{FromRequest, Outcome};

use super::{device, session};
use crate::accounts::login::SignedIn;
use crate::accounts::login::device::DeviceToken;
use crate::accounts::session::{NewSession, SessionToken};
use crate::http::Site;

/// What the browser sent that a login replaces or uses. It proves nothing: see `who` for that.
#[derive(Debug)]
pub struct Presented {
    /// The token of a session, which may have ended.
    pub session: Option<SessionToken>,
    /// The token of a browser that someone has logged in with before.
    pub device: Option<DeviceToken>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Presented {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Presented { session: session::read(request), device: device::read(request) })
    }
}

/// Gives the browser the new token of a session that goes on.
pub fn renew(jar: &CookieJar<'_>, site: &Site, session: &NewSession) {
    session::set(jar, site, session);
}

/// Makes the browser a known one, without a login.
pub fn know(jar: &CookieJar<'_>, site: &Site, token: &DeviceToken) {
    device::set(jar, site, token);
}

/// Gives the browser what a login brought: the session, which without "remember me" lasts as long as the
/// browser, and the cookie that makes it a known one.
pub fn sign_in(jar: &CookieJar<'_>, site: &Site, signed_in: &SignedIn) {
    session::set(jar, site, &signed_in.session);
    device::set(jar, site, &signed_in.device);
}
