//! A domain whose email addresses people may sign up with.

use serde::{Deserialize, Serialize};
use url::Host;

/// A domain such as `example.com`, in lower case and in ASCII (RFC 5890).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailDomain(String);

impl EmailDomain {
    /// The domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmailDomain {
    type Error = &'static str;

    fn try_from(text: String) -> Result<EmailDomain, &'static str> {
        let spelled_plainly = !text.contains(['%', '@', '*']) && !text.starts_with('.') && !text.ends_with('.');
        match Host::parse(&text) {
            Ok(Host::Domain(domain)) if spelled_plainly => Ok(EmailDomain(domain)),
            _ => Err("it needs to be a domain such as example.com"),
        }
    }
}

impl From<EmailDomain> for String {
    fn from(domain: EmailDomain) -> String {
        domain.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_stands_behind_the_at() {
        let read = |text: &str| EmailDomain::try_from(text.to_owned()).map(String::from);
        assert_eq!(read("Example.com").as_deref(), Ok("example.com"));
        assert_eq!(read("bücher.example").as_deref(), Ok("xn--bcher-kva.example"));
        for bad in ["", "@example.com", "roy@example.com", "*.example.com", ".example.com", "example.com.", "10.0.0.1"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
