//! bcrypt of other programs: as it is, behind passlib's first SHA-256, and in the wrappings of Django and WordPress.
//!
//! Sources: crypt(5) for `$2a$ $2b$ $2y$`; passlib's `bcrypt_sha256` (version 1; version 2 is our own format, and
//! exists with 2b only); Django's `BCryptPasswordHasher` and `BCryptSHA256PasswordHasher`; `wp_hash_password` of WordPress 6.8 (`$wp$2y$…`). `$2x$`, which marks
//! hashes of a broken library, is deliberately absent.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use ::bcrypt::bcrypt;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};
use subtle::ConstantTimeEq;

use super::super::bcrypt_sha256::COSTS;
use super::encoding::{bcrypt_base64, number};
use super::wordpress;
use crate::notation::hex;

/// What bcrypt hashes at most. Longer passwords are cut there, in the middle of a letter if need be: the original
/// libraries do so, and the password of their users has to verify.
const MAX_BYTES: usize = 72;

const SALT_CHARACTERS: usize = 22;

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Bcrypt {
    pub cost: u32,
    before: Before,
    salt: [u8; 16],
    digest: [u8; 23],
}

/// What happens to the password before bcrypt.
enum Before {
    Nothing,
    /// SHA-256, in base64.
    PasslibV1,
    /// SHA-256, in lower-case hex.
    Django,
    /// HMAC-SHA-384 with a fixed key, in base64.
    WordPress,
}

impl Bcrypt {
    pub fn parse(stored: &str) -> Option<Bcrypt> {
        let (before, rest) = if let Some(rest) = stored.strip_prefix("$bcrypt-sha256$") {
            // `2b,12$salt$digest`: passlib spells the same parts in its own way.
            let (cost, rest) = rest.strip_prefix("2a,").or_else(|| rest.strip_prefix("2b,"))?.split_once('$')?;
            let (salt, digest) = rest.split_once('$')?;
            (Before::PasslibV1, (cost, salt, digest))
        } else if let Some(rest) = stored.strip_prefix("bcrypt_sha256$") {
            (Before::Django, modular(rest)?)
        } else if let Some(rest) = stored.strip_prefix("$wp") {
            (Before::WordPress, modular(rest)?)
        } else {
            (Before::Nothing, modular(stored.strip_prefix("bcrypt$").unwrap_or(stored))?)
        };
        let (cost, salt, digest) = rest;
        Some(Bcrypt {
            cost: number(cost).filter(|cost| cost >= COSTS.start())?,
            before,
            salt: bcrypt_base64(salt)?.try_into().ok()?,
            digest: bcrypt_base64(digest)?.try_into().ok()?,
        })
    }

    pub fn is_bearable(&self) -> bool {
        COSTS.contains(&self.cost)
    }

    pub fn tries(&self, password: &str) -> u64 {
        match self.before {
            Before::WordPress => wordpress::spellings(password).count() as u64,
            _ => 1,
        }
    }

    /// Whether it verifies with more or less space around the password.
    pub fn trims(&self) -> bool {
        matches!(self.before, Before::WordPress)
    }

    pub fn matches(&self, password: &str) -> bool {
        match self.before {
            Before::WordPress => wordpress::spellings(password).any(|spelling| self.matches_exactly(&spelling)),
            _ => self.matches_exactly(password),
        }
    }

    fn matches_exactly(&self, password: &str) -> bool {
        let (key, acceptable) = match self.before {
            // bcrypt repeats its key, NUL between: "ab" and "ab\0ab" would be one password. The work is done all
            // the same, so that a refusal takes as long as a wrong password.
            Before::Nothing => (password.as_bytes().to_vec(), !password.contains('\0')),
            Before::PasslibV1 => (STANDARD.encode(Sha256::digest(password)).into_bytes(), true),
            Before::Django => (hex(&Sha256::digest(password)).into_bytes(), true),
            Before::WordPress => {
                let mut mac = Hmac::<Sha384>::new_from_slice(b"wp-sha384").expect("HMAC takes keys of any length");
                mac.update(password.as_bytes());
                (STANDARD.encode(mac.finalize().into_bytes()).into_bytes(), true)
            }
        };
        let key: Vec<u8> = key.into_iter().chain([0]).take(MAX_BYTES).collect();
        let same = bcrypt(self.cost, self.salt, &key)[..self.digest.len()].ct_eq(&self.digest);
        bool::from(same) && acceptable
    }
}

/// Cost, salt and digest of `$2b$12$<salt><digest>`.
fn modular(text: &str) -> Option<(&str, &str, &str)> {
    let rest = ["$2a$", "$2b$", "$2y$"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
    let (cost, rest) = rest.split_once('$')?;
    let (salt, digest) = rest.split_at_checked(SALT_CHARACTERS)?;
    Some((cost, salt, digest))
}
