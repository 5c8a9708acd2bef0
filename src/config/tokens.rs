//! What access tokens are signed with, and whom they are for.

use serde::{Deserialize, Serialize};

/// An algorithm of signatures, by its name in JOSE (RFC 7518, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum TokenAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA of 2048 bits, PKCS #1 v1.5, with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl TokenAlgorithm {
    /// All of them.
    pub const ALL: [TokenAlgorithm; 3] = [TokenAlgorithm::Es256, TokenAlgorithm::Rs256, TokenAlgorithm::EdDsa];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            TokenAlgorithm::Es256 => "ES256",
            TokenAlgorithm::Rs256 => "RS256",
            TokenAlgorithm::EdDsa => "EdDSA",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<TokenAlgorithm> {
        TokenAlgorithm::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}

/// Whom a token is for: an address or a name, of 1 to 128 visible characters of ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Audience(String);

impl TryFrom<String> for Audience {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Audience, &'static str> {
        let fits = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Audience(text)) } else { Err("it needs 1 to 128 visible characters of ASCII") }
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> String {
        audience.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_short_and_visible() {
        let is_one = |text: &str| Audience::try_from(text.to_owned()).is_ok();
        assert!(is_one("https://api.example.com/") && is_one("orders") && is_one(&"x".repeat(128)));
        assert!(!is_one("") && !is_one("a b") && !is_one("a\n") && !is_one("ä") && !is_one(&"x".repeat(129)));
    }

    #[test]
    fn an_algorithm_has_one_name_everywhere() {
        for algorithm in TokenAlgorithm::ALL {
            assert_eq!(serde_json::to_value(algorithm).unwrap(), algorithm.as_str());
            assert_eq!(TokenAlgorithm::named(algorithm.as_str()), Some(algorithm));
        }
        assert_eq!(TokenAlgorithm::named("HS256"), None);
    }
}
