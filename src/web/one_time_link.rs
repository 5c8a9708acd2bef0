//! Links with a token. Opening one moves the token into a cookie, out of the address, which stays in the browser's
//! history, and changes nothing else: programs that look at links may do so.

use rocket::http::{Cookie, CookieJar, Status};
use rocket::time::Duration;
use serde_json::json;

use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::http::local_path::LocalPath;
use crate::http::{CookieName, Site, cookies};

/// The cookie that keeps the token of a link for the page that uses it. Browsers send it to that page only, which the
/// prefix `__Host-` would not allow.
#[derive(Debug, Clone, Copy)]
pub struct LinkCookie {
    name: CookieName,
    page: &'static str,
}

impl LinkCookie {
    /// A cookie of these names for the page of this path.
    pub const fn new(plain: &'static str, secure: &'static str, page: &'static str) -> LinkCookie {
        LinkCookie { name: CookieName { plain, secure }, page }
    }

    /// Keeps the token for an hour, and leads to the page.
    pub fn keep(&self, jar: &CookieJar<'_>, site: &Site, token: String) -> SeeOther {
        let mut cookie = self.cookie(site, token);
        cookie.set_max_age(Duration::hours(1));
        jar.add_private(cookie);
        SeeOther::at(LocalPath::parse(self.page).unwrap_or_else(LocalPath::home))
    }

    /// The text of the token that is kept.
    pub fn kept(&self, jar: &CookieJar<'_>, site: &Site) -> Option<String> {
        Some(jar.get_private(site.cookie_name(self.name))?.value().to_owned())
    }

    /// Removes it from the browser.
    pub fn forget(&self, jar: &CookieJar<'_>, site: &Site) {
        jar.remove_private(self.cookie(site, String::new()));
    }

    fn cookie(&self, site: &Site, value: String) -> Cookie<'static> {
        let mut cookie = cookies::private(site, self.name, value);
        cookie.set_path(self.page);
        cookie
    }
}

/// What someone sees whose link does not work: the same whether it was used, is too old or was replaced, or never was one.
pub fn no_more(layout: &Layout<'_>) -> Page {
    layout.page("one_time_link/no_more", json!({})).with_status(Status::Forbidden)
}
