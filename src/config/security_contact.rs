//! `security_contact`: where people report vulnerabilities.

use serde::{Deserialize, Serialize};
use url::Url;

/// Where people report vulnerabilities: an address for mail, a page, or a telephone number, as a URL (RFC 9116, 2.5.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct SecurityContact(Url);

/// Why a text is not such a URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like mailto:security@example.com or https://example.com/security")]
pub struct InvalidSecurityContact;

impl SecurityContact {
    /// The URL.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for SecurityContact {
    type Error = InvalidSecurityContact;

    fn try_from(text: String) -> Result<Self, InvalidSecurityContact> {
        let url = Url::parse(&text).map_err(|_| InvalidSecurityContact)?;
        let is_fine = match url.scheme() {
            "mailto" => url.path().contains('@'),
            "tel" => !url.path().is_empty(),
            scheme => scheme == "https" && url.has_host(),
        };
        if is_fine { Ok(SecurityContact(url)) } else { Err(InvalidSecurityContact) }
    }
}

impl From<SecurityContact> for String {
    fn from(contact: SecurityContact) -> String {
        contact.0.into()
    }
}
