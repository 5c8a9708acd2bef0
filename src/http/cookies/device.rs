//! The cookie of a browser that someone has logged in with before. It gives no access: it only says which budget
//! of attempts a login uses up.

use rocket::Request;
use rocket::http::CookieJar;
use rocket::time::Duration;

use super::private;
use crate::accounts::login::device::DeviceToken;
use crate::http::{CookieName, Site};

const NAME: CookieName = CookieName { plain: "device", secure: "__Host-device" };

/// The token that the browser sent, if it is one of ours.
pub(super) fn read(request: &Request<'_>) -> Option<DeviceToken> {
    let cookie = request.cookies().get_private(Site::of(request).cookie_name(NAME))?;
    DeviceToken::parse(cookie.value())
}

/// Makes the browser a known device.
pub(super) fn set(jar: &CookieJar<'_>, site: &Site, token: &DeviceToken) {
    let mut cookie = private(site, NAME, token.to_text());
    cookie.set_max_age(Duration::seconds(DeviceToken::lifetime().num_seconds()));
    jar.add_private(cookie);
}
