//! The public half of a key, in the members of its JWK.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::errors::Error;

use crate::config::TokenAlgorithm;

/// The public half of a key. Each member is base64url without padding, as in a JWK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// A point on P-256 (RFC 7518, 6.2).
    Ec {
        /// Its first coordinate.
        x: String,
        /// Its second one.
        y: String,
    },
    /// RFC 7518, 6.3.
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent.
        e: String,
    },
    /// RFC 8037, 2.
    Ed25519 {
        /// The key.
        x: String,
    },
}

impl PublicKey {
    pub(super) fn ec(x: &[u8], y: &[u8]) -> PublicKey {
        PublicKey::Ec { x: URL_SAFE_NO_PAD.encode(x), y: URL_SAFE_NO_PAD.encode(y) }
    }

    pub(super) fn rsa(n: &[u8], e: &[u8]) -> PublicKey {
        PublicKey::Rsa { n: URL_SAFE_NO_PAD.encode(n), e: URL_SAFE_NO_PAD.encode(e) }
    }

    pub(super) fn ed25519(x: &[u8]) -> PublicKey {
        PublicKey::Ed25519 { x: URL_SAFE_NO_PAD.encode(x) }
    }

    /// The text that is stored: the members with a dot between them.
    pub(super) fn to_text(&self) -> String {
        match self {
            PublicKey::Ec { x, y } => format!("{x}.{y}"),
            PublicKey::Rsa { n, e } => format!("{n}.{e}"),
            PublicKey::Ed25519 { x } => x.clone(),
        }
    }

    /// Reads what was stored; none when it is not a key of this algorithm.
    pub(super) fn read(algorithm: TokenAlgorithm, text: &str) -> Option<PublicKey> {
        let two = || text.split_once('.').map(|(first, second)| (first.to_owned(), second.to_owned()));
        Some(match algorithm {
            TokenAlgorithm::Es256 => two().map(|(x, y)| PublicKey::Ec { x, y })?,
            TokenAlgorithm::Rs256 => two().map(|(n, e)| PublicKey::Rsa { n, e })?,
            TokenAlgorithm::EdDsa => PublicKey::Ed25519 { x: text.to_owned() },
        })
    }

    /// The same for the library that verifies.
    pub(super) fn decoding_key(&self) -> Result<DecodingKey, Error> {
        match self {
            PublicKey::Ec { x, y } => DecodingKey::from_ec_components(x, y),
            PublicKey::Rsa { n, e } => DecodingKey::from_rsa_components(n, e),
            PublicKey::Ed25519 { x } => DecodingKey::from_ed_components(x),
        }
    }
}
