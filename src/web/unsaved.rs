//! What someone sent whose session had ended, or who has to confirm with the password first: nothing of it was done, and
//! it waits until they have logged in again, or have confirmed.
//!
//! It waits in the browser, in a private cookie, which nobody can read or change. It is shown once, where its form
//! stands, and only to the account whose page the form came from; when another one logs in, it is dropped. There may be
//! a few, one for each tab that was open.

use chrono::Utc;
use rocket::Request;
use rocket::http::CookieJar;
use rocket::time::Duration;
use serde::{Deserialize, Serialize};

use super::flash::Flash;
use super::form::{Fields, Texts};
use crate::http::local_path::LocalPath;
use crate::http::{CookieName, Site, cookies};

const NAME: CookieName = CookieName { plain: "unsaved", secure: "__Host-unsaved" };

/// For how many seconds it waits.
const WAITS: i64 = 600;

/// The most that wait in one browser.
const MOST: usize = 4;

/// The most bytes that all of them have together. Encrypted they have a third more, and browsers keep at most 4096.
const MOST_BYTES: usize = 2048;

/// A form that was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    /// Whose it was: the mark in the form's token.
    mark: String,
    /// Where the form stands.
    place: String,
    /// When it came, in seconds since 1970.
    at: i64,
    why: TooEarly,
    typed: Typed,
}

/// What has to happen before such a form is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TooEarly {
    /// Its session has ended, so its sender has to log in.
    LoggedOut,
    /// Its sender has to confirm with the password.
    Unconfirmed,
}

/// What was typed into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Typed {
    /// Nothing that would be kept: it was a button.
    Nothing,
    /// The texts of its fields.
    Texts(Texts),
    /// More than a cookie holds.
    TooMuch,
}

impl Unsaved {
    /// Of a form with this mark in its token, which stands at this place, and into which this was typed.
    pub fn new(mark: &str, place: &LocalPath, why: TooEarly, typed: Texts) -> Unsaved {
        let typed = if typed.is_empty() { Typed::Nothing } else { Typed::Texts(typed) };
        Unsaved { mark: mark.to_owned(), place: place.as_str().to_owned(), at: Utc::now().timestamp(), why, typed }
    }

    /// Leaves it in the request, for [`Unsaved::of`].
    pub fn note(self, request: &Request<'_>) {
        request.local_cache(|| Some(self));
    }

    /// What was left in this request.
    pub fn of(request: &Request<'_>) -> Option<Unsaved> {
        request.local_cache(|| None::<Unsaved>).clone()
    }

    /// The page where the form stands.
    pub fn place(&self) -> LocalPath {
        LocalPath::parse(&self.place).unwrap_or_else(LocalPath::home)
    }

    /// The message for that page.
    pub fn flash(&self) -> Flash {
        match (&self.typed, self.why) {
            (Typed::Nothing, TooEarly::LoggedOut) => Flash::NothingDone,
            (Typed::Texts(_), TooEarly::LoggedOut) => Flash::NotSavedYet,
            (Typed::TooMuch, TooEarly::LoggedOut) => Flash::NotKept,
            (Typed::Nothing, TooEarly::Unconfirmed) => Flash::NothingDoneYet,
            (Typed::Texts(_), TooEarly::Unconfirmed) => Flash::ConfirmedButNotSaved,
            (Typed::TooMuch, TooEarly::Unconfirmed) => Flash::ConfirmedButNotKept,
        }
    }

    /// The message for a page with nothing but a button, whatever that sends besides.
    pub fn flash_of_button(&self) -> Flash {
        match self.why {
            TooEarly::LoggedOut => Flash::NothingDone,
            TooEarly::Unconfirmed => Flash::NothingDoneYet,
        }
    }

    /// What was typed, if it was kept.
    pub fn into_fields(self) -> Option<Fields> {
        match self.typed {
            Typed::Texts(texts) => Some(Fields::of(texts)),
            Typed::Nothing | Typed::TooMuch => None,
        }
    }

    /// Whether it still waits at this time. A clock that was set back ends the wait, too.
    fn waits_at(&self, now: i64) -> bool {
        (0..=WAITS).contains(&(now - self.at))
    }

    /// Puts it into the answer, beside those that wait already.
    pub(super) fn leave(self, jar: &CookieJar<'_>, site: &Site) {
        write(self.beside(read(jar, site)), jar, site);
    }

    /// Those that wait, with this one. A button that leads to where a form waits already, such as that of a confirmation
    /// whose session has ended, says nothing more than that: the form goes on waiting in its place.
    fn beside(self, mut waiting: Vec<Unsaved>) -> Vec<Unsaved> {
        let is_same = |other: &Unsaved| (&other.mark, &other.place) == (&self.mark, &self.place);
        let place = waiting.iter().position(is_same).filter(|_| self.typed == Typed::Nothing);
        let newest = match place {
            Some(place) => Unsaved { typed: waiting.remove(place).typed, ..self },
            None => self,
        };
        waiting.insert(0, newest);
        waiting
    }

    /// Takes the one that waits for this account at this page. What waits for others is dropped.
    pub(super) fn take(mark: &str, here: &str, jar: &CookieJar<'_>, site: &Site) -> Option<Unsaved> {
        let mut waiting = read(jar, site);
        let before = waiting.len();
        waiting.retain(|unsaved| unsaved.mark == mark);
        let place = waiting.iter().position(|unsaved| without_fragment(&unsaved.place) == here);
        let taken = place.map(|place| waiting.remove(place));
        if waiting.len() < before {
            write(waiting, jar, site);
        }
        taken
    }
}

/// A browser keeps the part behind the `#` to itself.
fn without_fragment(place: &str) -> &str {
    place.split('#').next().unwrap_or(place)
}

/// Those that wait, the newest first.
fn read(jar: &CookieJar<'_>, site: &Site) -> Vec<Unsaved> {
    let Some(cookie) = jar.get_private(site.cookie_name(NAME)) else { return Vec::new() };
    let mut waiting: Vec<Unsaved> = serde_json::from_str(cookie.value()).unwrap_or_default();
    let now = Utc::now().timestamp();
    waiting.retain(|unsaved| unsaved.waits_at(now));
    waiting
}

fn write(waiting: Vec<Unsaved>, jar: &CookieJar<'_>, site: &Site) {
    let waiting = bounded(waiting);
    if waiting.is_empty() {
        jar.remove_private(cookies::private(site, NAME, String::new()));
        return;
    }
    let mut cookie = cookies::private(site, NAME, to_text(&waiting));
    cookie.set_max_age(Duration::seconds(WAITS));
    jar.add_private(cookie);
}

/// As many as a cookie holds. The oldest lose first what was typed, then themselves.
fn bounded(mut waiting: Vec<Unsaved>) -> Vec<Unsaved> {
    waiting.truncate(MOST);
    // One that is too long by itself must not cost the others theirs.
    for unsaved in &mut waiting {
        if matches!(unsaved.typed, Typed::Texts(_)) && to_text(std::slice::from_ref(unsaved)).len() > MOST_BYTES {
            unsaved.typed = Typed::TooMuch;
        }
    }
    while to_text(&waiting).len() > MOST_BYTES {
        match waiting.iter_mut().rev().find(|unsaved| matches!(unsaved.typed, Typed::Texts(_))) {
            Some(oldest) => oldest.typed = Typed::TooMuch,
            None => drop(waiting.pop()),
        }
    }
    waiting
}

fn to_text(waiting: &[Unsaved]) -> String {
    serde_json::to_string(waiting).expect("they are maps with text keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsaved(place: &str, letters: usize) -> Unsaved {
        let place = LocalPath::parse(place).unwrap();
        let typed = vec![("description".to_owned(), "\n".repeat(letters))];
        Unsaved::new(&"m".repeat(43), &place, TooEarly::LoggedOut, typed)
    }

    #[test]
    fn it_waits_ten_minutes_whatever_the_browser_keeps() {
        let unsaved = unsaved("/a", 1);
        for (seconds, waits) in [(0, true), (600, true), (601, false), (86_400, false), (-1, false)] {
            assert_eq!(unsaved.waits_at(unsaved.at + seconds), waits, "{seconds}");
        }
    }

    #[test]
    fn what_waits_fits_into_a_cookie_and_the_oldest_gives_way() {
        let kept = |waiting: Vec<Unsaved>| -> Vec<bool> {
            let bounded = bounded(waiting);
            assert!(to_text(&bounded).len() <= MOST_BYTES);
            bounded.iter().map(|unsaved| matches!(unsaved.typed, Typed::Texts(_))).collect()
        };
        assert_eq!(kept(vec![unsaved("/a", 1), unsaved("/b", 800)]), [true, true]);
        assert_eq!(kept(vec![unsaved("/a", 800), unsaved("/b", 800)]), [true, false]);
        assert_eq!(kept(vec![unsaved("/a", 1100), unsaved("/b", 800)]), [false, true], "the escapes count");
        assert_eq!(kept(vec![unsaved("/a", 1); 9]), [true; MOST]);
        let far = format!("/{}", "a".repeat(500));
        assert_eq!(kept(vec![unsaved(&far, 9); 4]), [false; 3]);
    }
}
