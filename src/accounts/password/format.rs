//! The formats of password hashes, by how they begin, and what keeps one from being verified.

use std::fmt;

use super::weak::Weak;

/// A format of password hashes that can be verified; `Display` names it and the programs that write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Format(&'static str);

/// Why a stored hash can't be verified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It begins as no format does that is known.
    #[error("of an unknown kind")]
    Unknown,
    /// It begins as one of this format, but is cut short or otherwise no hash.
    #[error("damaged or cut short ({0})")]
    Damaged(Format),
    /// Its check would take too much work or memory.
    #[error("too much work to check ({0})")]
    TooDear(Format),
    /// It is unsalted, which is too weak to be stored as it is: see [`Hasher::wrap_blocking`](super::Hasher::wrap_blocking).
    #[error("unsalted {0}")]
    Weak(Weak),
}

const OWN: Format = Format("Vestibule bcrypt-SHA256");

/// How the formats begin, and their names. An earlier one wins.
const BEGINNINGS: &[(&str, Format)] = &[
    ("$bcrypt-sha256$v=2,", OWN),
    ("$bcrypt-sha256$2", Format("passlib bcrypt-SHA256 version 1")),
    ("$bcrypt-sha256-of-md5$", Format("MD5 wrapped in bcrypt")),
    ("$bcrypt-sha256-of-sha1$", Format("SHA-1 wrapped in bcrypt")),
    ("$bcrypt-sha256-of-sha256$", Format("SHA-256 wrapped in bcrypt")),
    ("$bcrypt-sha256-of-sha512$", Format("SHA-512 wrapped in bcrypt")),
    ("bcrypt_sha256$", Format("Django bcrypt-SHA256")),
    ("bcrypt$", Format("Django bcrypt")),
    ("$wp$2", Format("WordPress bcrypt")),
    ("$2a$", Format("bcrypt")),
    ("$2b$", Format("bcrypt")),
    ("$2y$", Format("bcrypt")),
    ("pbkdf2:sha1", Format("Werkzeug PBKDF2-SHA1")),
    ("pbkdf2:sha256", Format("Werkzeug PBKDF2-SHA256")),
    ("pbkdf2:sha512", Format("Werkzeug PBKDF2-SHA512")),
    ("$pbkdf2$", Format("passlib PBKDF2-SHA1")),
    ("$pbkdf2-sha256$", Format("passlib PBKDF2-SHA256")),
    ("$pbkdf2-sha512$", Format("passlib PBKDF2-SHA512")),
    ("pbkdf2_sha1$", Format("Django PBKDF2-SHA1")),
    ("pbkdf2_sha256$", Format("Django PBKDF2-SHA256")),
    ("pbkdf2_sha512$", Format("Django PBKDF2-SHA512")),
    ("scrypt:", Format("Werkzeug scrypt")),
    ("scrypt$", Format("Django scrypt")),
    ("$scrypt$", Format("passlib scrypt")),
    ("argon2$", Format("Django Argon2")),
    ("$argon2id$", Format("Argon2")),
    ("$argon2i$", Format("Argon2")),
    ("$argon2d$", Format("Argon2")),
    ("$5$", Format("SHA-256 crypt")),
    ("$6$", Format("SHA-512 crypt")),
    ("$apr1$", Format("Apache MD5 crypt")),
    ("$1$", Format("MD5 crypt")),
    ("$P$", Format("phpass (WordPress)")),
    ("$H$", Format("phpass (phpBB)")),
    ("{SSHA}", Format("LDAP salted SHA-1")),
    ("{SSHA256}", Format("LDAP salted SHA-256")),
    ("{SSHA512}", Format("LDAP salted SHA-512")),
    ("{SMD5}", Format("LDAP salted MD5")),
    ("md5$", Format("salted MD5 (Werkzeug, Django)")),
    ("sha1$", Format("salted SHA-1 (Werkzeug, Django)")),
    ("sha256$", Format("salted SHA-256 (Werkzeug)")),
    ("sha512$", Format("salted SHA-512 (Werkzeug)")),
];

impl Format {
    /// Whether it is what new hashes are of; the cost may be another.
    pub fn is_own(self) -> bool {
        self == OWN
    }

    /// The format that begins like this, whether or not the rest is whole.
    pub(super) fn beginning(stored: &str) -> Option<Format> {
        let begins = |beginning: &str| match stored.get(..beginning.len()) {
            // The names of LDAP's schemes are the same in any case.
            Some(start) if beginning.starts_with('{') => start.eq_ignore_ascii_case(beginning),
            start => start == Some(beginning),
        };
        BEGINNINGS.iter().find(|(beginning, _)| begins(beginning)).map(|(_, format)| *format)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_names_how_each_format_begins() {
        let page = include_str!("../../../docs/password-hashes.md");
        for (beginning, format) in BEGINNINGS {
            let named =
                beginning.strip_prefix("$bcrypt-sha256").filter(|rest| rest.starts_with("-of-")).unwrap_or(beginning);
            assert!(
                page.contains(&format!("`{named}")) || page.contains(&format!("`{beginning}")),
                "{format}: {beginning}"
            );
        }
    }
}
