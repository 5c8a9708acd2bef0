//! Where to go after a login: a path of ours, never another site.

use percent_encoding::percent_decode_str;
use url::{Position, Url};

/// A path with its query and its fragment, as a browser would read it, that stays on this host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

/// The most bytes of a path that is kept. Ours are shorter.
const MAX_LENGTH: usize = 512;

impl LocalPath {
    /// The home page.
    pub fn home() -> LocalPath {
        LocalPath("/".to_owned())
    }

    /// Reads what a link or a form says; none when it does not stay here. What logs in or out or
    /// asks for the password is no place to go to either.
    pub fn parse(text: &str) -> Option<LocalPath> {
        let suspicious = |c: char| c == '\\' || c.is_control();
        if !text.starts_with('/') || text.len() > MAX_LENGTH || text.contains(suspicious) {
            return None;
        }
        // The URL standard's own parser decides, so that we and the browser agree: `//x` and `/.//x` leave.
        let here = Url::parse("http://here.invalid/").expect("it is a URL");
        let url = here.join(text).ok()?;
        if url.origin() != here.origin() || url.path().starts_with("//") {
            return None;
        }
        let path = percent_decode_str(url.path()).decode_utf8_lossy();
        if matches!(path.trim_end_matches('/'), "/login" | "/logout" | "/confirm") {
            return None;
        }
        Some(LocalPath(url[Position::BeforePath..].to_owned()))
    }

    /// The path to the sign-up page that leads back here.
    pub fn by_way_of_sign_up(&self) -> LocalPath {
        self.by_way_of("/signup")
    }

    /// The path to the login page that leads back here.
    pub fn by_way_of_login(&self) -> LocalPath {
        self.by_way_of("/login")
    }

    fn by_way_of(&self, page: &str) -> LocalPath {
        if self.is_home() {
            return LocalPath(page.to_owned());
        }
        let next: String = url::form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        LocalPath(format!("{page}?next={next}"))
    }

    /// The same for a browser that kept no cookies of its last login: the page says so.
    pub fn by_way_of_login_without_cookies(&self) -> LocalPath {
        let LocalPath(login) = self.by_way_of_login();
        let separator = if login.contains('?') { '&' } else { '?' };
        LocalPath(format!("{login}{separator}cookies=refused"))
    }

    /// The path to the page that asks for the password and leads back here.
    pub fn by_way_of_confirmation(&self) -> LocalPath {
        let next: String = url::form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        LocalPath(format!("/confirm?next={next}"))
    }

    /// Whether it is the home page, where a login leads by default.
    pub fn is_home(&self) -> bool {
        self.0 == "/"
    }

    /// The text for a Location header or a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_ours_are_kept() {
        for good in ["/", "/todos", "/todos?sort=due&order=asc", "/a%20b", "/a?next=%2F%2Fevil.example", "/a?b#c"] {
            assert_eq!(LocalPath::parse(good).unwrap().as_str(), good);
        }
        assert_eq!(LocalPath::parse("/zoë#ö").unwrap().as_str(), "/zo%C3%AB#%C3%B6");
    }

    #[test]
    fn nothing_leads_away() {
        for bad in [
            "",
            "todos",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            "/.//evil.example",
            "/x/..//evil.example",
            "/%2e//evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "http:/evil.example",
            " /x",
            "/\0",
            "/logout",
            "/login?next=/",
            "/x/../logout",
            "/logout/",
            "/logout#x",
            "/confirm?next=/todos",
            "/%6cogout",
            "/lo%67in",
        ] {
            assert_eq!(LocalPath::parse(bad), None, "{bad:?}");
        }
        assert_eq!(LocalPath::parse(&format!("/{}", "a".repeat(3000))), None);
    }
}
