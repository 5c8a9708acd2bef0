//! The session cookie: private (encrypted and signed by Rocket), read under its exact bytes only.

use chrono::NaiveDateTime;
use percent_encoding::percent_decode_str;
use rocket::Request;
use rocket::http::CookieJar;
use rocket::time::OffsetDateTime;

use super::private;
use crate::accounts::session::{NewSession, SessionToken};
use crate::http::{CookieName, Site};

const NAME: CookieName = CookieName { plain: "session", secure: "__Host-session" };

/// The token that the browser sent; none when there is no cookie, more than one, or one that is not ours.
pub fn read(request: &Request<'_>) -> Option<SessionToken> {
    look_for(request).ok().flatten()
}

/// What a browser with only our cookie never sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// More than one session cookie.
    Doubled,
    /// One under another spelling of its name.
    Respelled,
}

impl Odd {
    /// The words for the audit.
    pub fn in_words(self) -> &'static str {
        match self {
            Odd::Doubled => "with more than one session cookie",
            Odd::Respelled => "with a session cookie under another spelling",
        }
    }
}

/// The same, with what is odd about the cookies as the error.
///
/// Rocket decodes and trims cookie names, so `%5F_Host-session` would pass for `__Host-session`, although
/// browsers protect only the latter. So the header has to hold exactly one such cookie, spelled exactly so.
///
/// # Errors
/// When it does not. Then no cookie counts.
pub fn look_for(request: &Request<'_>) -> Result<Option<SessionToken>, Odd> {
    let name = Site::of(request).cookie_name(NAME);
    let pairs = request.headers().get("cookie").flat_map(|line| line.split(';'));
    let mut spellings = pairs.map(|pair| pair.split('=').next().unwrap_or(pair)).filter(|spelling| {
        let decoded = percent_decode_str(spelling.trim()).decode_utf8_lossy();
        decoded.trim() == name
    });
    match (spellings.next(), spellings.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(Odd::Doubled),
        (Some(spelling), None) if spelling.trim_matches([' ', '\t']) != name => Err(Odd::Respelled),
        (Some(_), None) => {
            let cookie = request.cookies().get_private(name);
            Ok(cookie.and_then(|cookie| SessionToken::parse(cookie.value())))
        }
    }
}

/// Gives the browser a session, which without "remember me" lasts as long as the browser.
pub(super) fn set(jar: &CookieJar<'_>, site: &Site, new: &NewSession) {
    let mut cookie = private(site, NAME, new.token.to_text());
    if new.session.remembered {
        cookie.set_expires(to_offset(new.session.expires_at));
    }
    jar.add_private(cookie);
}

/// Removes the session cookie.
pub fn remove(jar: &CookieJar<'_>, site: &Site) {
    jar.remove_private(private(site, NAME, String::new()));
}

fn to_offset(at: NaiveDateTime) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at.and_utc().timestamp()).ok()
}
