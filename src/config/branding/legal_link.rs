//! `legal_links`: what the law wants at the foot of each page, such as an imprint.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::notation::is_forbidden;

/// A link with its text, written like `Imprint <https://example.com/imprint>`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct LegalLink {
    text: String,
    address: String,
}

/// Why a text is no such link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like Imprint <https://example.com/imprint> or Imprint </imprint>")]
pub struct InvalidLegalLink;

/// The most characters of a text.
const LONGEST: usize = 40;

impl LegalLink {
    /// The most of them.
    pub const MOST: usize = 8;

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it leads: an https address, or a path on this server.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// An https address, or a path that stays on the server it is on, as a browser reads them.
fn address(typed: &str) -> Option<String> {
    if typed.contains(|c: char| c.is_whitespace() || is_forbidden(c) || c == '\\') {
        return None;
    }
    if typed.starts_with('/') {
        let here = Url::parse("https://here.invalid").ok()?;
        let url = here.join(typed).ok().filter(|url| url.origin() == here.origin())?;
        // A path may begin with two slashes once its dots are resolved.
        return Some(url[url::Position::BeforePath..].to_owned()).filter(|path| !path.starts_with("//"));
    }
    let url = Url::parse(typed).ok()?;
    let is_fine = url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none();
    is_fine.then(|| url.into())
}

impl TryFrom<String> for LegalLink {
    type Error = InvalidLegalLink;

    fn try_from(typed: String) -> Result<Self, InvalidLegalLink> {
        let (text, rest) = typed.trim().rsplit_once('<').ok_or(InvalidLegalLink)?;
        let address = rest.strip_suffix('>').and_then(address).ok_or(InvalidLegalLink)?;
        let text = text.trim();
        let is_fine = !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(is_forbidden);
        if is_fine { Ok(LegalLink { text: text.to_owned(), address }) } else { Err(InvalidLegalLink) }
    }
}

impl From<LegalLink> for String {
    fn from(LegalLink { text, address }: LegalLink) -> String {
        format!("{text} <{address}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_https_or_stay_here() {
        let read = |text: &str| LegalLink::try_from(text.to_owned());
        for (fine, leads_to) in [
            ("Imprint <https://example.com/imprint>", "https://example.com/imprint"),
            (
                "Datenschutz & mehr <https://bücher.example/a b>".replace("a b", "ä").as_str(),
                "https://xn--bcher-kva.example/%C3%A4",
            ),
            ("<b> </imprint?a=b#c>", "/imprint?a=b#c"),
            ("A </x/../y>", "/y"),
        ] {
            assert_eq!(read(fine).map(|link| link.address), Ok(leads_to.to_owned()), "{fine}");
        }
        for bad in [
            "",
            "Imprint",
            "Imprint https://example.com",
            "<https://example.com>",
            "A <http://example.com>",
            "A <javascript:alert(1)>",
            "A <JaVaScRiPt:alert(1)>",
            "A <data:text/html,x>",
            "A <//example.com/x>",
            "A </\\example.com>",
            "A </x/..//example.com>",
            "A </a b>",
            "A </a\tb>",
            "A <imprint>",
            "A <>",
            "A <https://user:s3cret@example.com/>",
            "a\u{202e}b </x>",
            "a\nb </x>",
            &format!("{} </x>", "x".repeat(41)),
        ] {
            assert_eq!(read(bad), Err(InvalidLegalLink), "{bad:?}");
        }
    }
}
