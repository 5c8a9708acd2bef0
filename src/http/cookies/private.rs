//! What all our cookies have in common: Rocket encrypts and signs them.

use rocket::http::{Cookie, SameSite};

use crate::http::{CookieName, Site};

/// A cookie that only this host gets, only by http, and not with the forms of other sites.
pub fn private(site: &Site, name: CookieName, value: String) -> Cookie<'static> {
    // An explicit "no expiry": Rocket would put a week.
    Cookie::build((site.cookie_name(name), value))
        .path("/")
        .http_only(true)
        .secure(site.origins.https())
        .same_site(SameSite::Lax)
        .expires(None)
        .build()
}
