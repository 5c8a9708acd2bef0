//! What a browser or program says it is, in words for the owner of a login: "Firefox on Windows".
//!
//! It is what the sender claims, and proves nothing. Only common ones are told apart: browsers pretend to be each
//! other, so the order of the rows matters, and parsers that know all of them are large and grow old.

use crate::texts::{Given, Message};

/// What each browser has in its user agent that those further down don't have, and its name.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// The same for systems, with the keys of their names: a phone with Android is a Linux too, and an iPhone is like Mac OS X.
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "user-agent-iphone"),
    ("iPad", "user-agent-ipad"),
    ("Android", "user-agent-android"),
    ("CrOS", "user-agent-chromeos"),
    ("Windows", "user-agent-windows"),
    ("Macintosh", "user-agent-mac"),
    ("Linux", "user-agent-linux"),
];

/// The most characters of a program's name.
const LONGEST: usize = 40;

/// The browser and its system, or the program; "An unknown program" for whoever says nothing.
pub fn in_words(user_agent: Option<&str>) -> Given {
    let text = user_agent.unwrap_or_default();
    let of = |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| text.contains(sign)).map(|(_, name)| *name);
    // Every browser begins so, for the sake of servers of the nineties.
    if !text.starts_with("Mozilla/5.0") {
        let name = text.split(['/', ' ', '(']).next().unwrap_or_default();
        let name: String = name.chars().take(LONGEST).collect();
        return if name.is_empty() { Message::new("user-agent-unknown-program").into() } else { name.into() };
    }
    let system = of(SYSTEMS).map(Message::new);
    let words = match (of(BROWSERS), system) {
        (Some(browser), Some(system)) => {
            Message::new("user-agent-both").with("browser", browser).with("system", system)
        }
        (Some(browser), None) => return browser.into(),
        (None, Some(system)) => Message::new("user-agent-unknown-on").with("system", system),
        (None, None) => Message::new("user-agent-unknown-browser"),
    };
    words.into()
}

/// The same for a letter, whose reader trusts what it says: whoever logs in writes the name of their program, which a
/// mail program could show as a link.
pub fn in_words_of_a_letter(user_agent: Option<&str>) -> Given {
    let is_plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '));
    match in_words(user_agent) {
        Given::Text(name) if !is_plain(&name) => Message::new("user-agent-some-program").into(),
        words => words,
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, in_words_of_a_letter};

    #[test]
    fn no_link_of_a_stranger_gets_into_a_letter() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        for (user_agent, words) in [
            ("www.evil.example", "A program"),
            ("https:evil.example", "A program"),
            ("evil\u{2024}example/1", "A program"),
            ("me@evil", "A program"),
            ("python-requests/2.31", "python-requests"),
            (firefox, "Firefox on Linux"),
            ("", "An unknown program"),
        ] {
            assert_eq!(in_words_of_a_letter(Some(user_agent)).to_string(), words, "{user_agent}");
        }
    }

    #[test]
    fn common_browsers_are_told_apart() {
        let apple = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (user_agent, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".to_owned(), "Firefox on Linux"),
            ("Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0".to_owned(), "Firefox on Android"),
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {apple} Chrome/126.0.0.0 Safari/537.36"),
                "Chrome on Windows",
            ),
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {apple} Chrome/126.0.0.0 Safari/537.36 Edg/126.0"),
                "Edge on Windows",
            ),
            (
                format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/17.4 Safari/605.1.15"),
                "Safari on a Mac",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {webkit} Version/17.4 Mobile Safari/604.1"
                ),
                "Safari on an iPhone",
            ),
            (
                format!("Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) {webkit} CriOS/126.0 Mobile Safari/604.1"),
                "Chrome on an iPad",
            ),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {apple} Chrome/126.0 Safari/537.36"),
                "Chrome on ChromeOS",
            ),
            ("Mozilla/5.0 (Windows NT 10.0) Something/1".to_owned(), "A browser on Windows"),
            ("Mozilla/5.0".to_owned(), "An unknown browser"),
            ("curl/8.5.0".to_owned(), "curl"),
            ("python-requests/2.31".to_owned(), "python-requests"),
            ("My App (beta)".to_owned(), "My"),
            ("x".repeat(200), &"x".repeat(40)),
            (" /".to_owned(), "An unknown program"),
        ] {
            assert_eq!(in_words(Some(&user_agent)).to_string(), words, "{user_agent}");
        }
        assert_eq!(in_words(None).to_string(), "An unknown program");
    }
}
