//! Password hashes that other programs made. They verify until their owner logs in, who then gets one of ours.
//!
//! A stored hash comes from a row that someone imported: whatever it says, taking it apart never panics, and one
//! that asks for an absurd amount of work or memory is not taken apart at all, so that a bad row can't stop the
//! server. Formats without a salt or without stretching (plain text, MD5, `sha1$…`) are deliberately absent.

mod argon2;
mod bcrypt;
mod encoding;
mod pbkdf2;
mod scrypt;

use argon2::Argon2;
use bcrypt::Bcrypt;
use pbkdf2::Pbkdf2;
use scrypt::Scrypt;

/// A stored hash of another program, taken apart.
pub(super) enum Foreign {
    Bcrypt(Bcrypt),
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
    Argon2(Argon2),
}

/// How much the check of a hash costs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// As much as any bcrypt of this cost.
    Bcrypt(u32),
    /// What a clock has to tell.
    Shares {
        /// How many equal shares, none of which takes more than a second, make the whole.
        number: u32,
        /// What the cost depends on: all hashes of these parameters cost the same.
        parameters: String,
    },
}

impl Foreign {
    /// Takes a hash apart. The prefixes exclude each other, so the order means nothing.
    pub fn parse(stored: &str) -> Option<Foreign> {
        None.or_else(|| Bcrypt::parse(stored).map(Foreign::Bcrypt))
            .or_else(|| Pbkdf2::parse(stored).map(Foreign::Pbkdf2))
            .or_else(|| Scrypt::parse(stored).map(Foreign::Scrypt))
            .or_else(|| Argon2::parse(stored).map(Foreign::Argon2))
    }

    /// Whether the password is the one that was hashed; compares in constant time.
    pub fn matches(&self, password: &str) -> bool {
        match self {
            Foreign::Bcrypt(hash) => hash.matches(password),
            Foreign::Pbkdf2(hash) => hash.matches(password),
            Foreign::Scrypt(hash) => hash.matches(password),
            Foreign::Argon2(hash) => hash.matches(password),
        }
    }

    /// How much a check costs.
    pub fn work(&self) -> Work {
        let (number, parameters) = match self {
            Foreign::Bcrypt(hash) => return Work::Bcrypt(hash.cost),
            Foreign::Pbkdf2(hash) => (hash.shares(), hash.parameters()),
            Foreign::Scrypt(hash) => (hash.shares(), hash.parameters()),
            Foreign::Argon2(hash) => (hash.shares(), hash.parameters()),
        };
        Work::Shares { number, parameters }
    }

    /// Does the work of a check, for nothing.
    pub fn spend_whole(&self) {
        std::hint::black_box(self.matches("time spent for nobody"));
    }

    /// Does one share of the work of a check, for nothing.
    pub fn spend_share(&self) {
        match self {
            Foreign::Bcrypt(_) => self.spend_whole(),
            Foreign::Pbkdf2(hash) => hash.spend_share(),
            Foreign::Scrypt(hash) => hash.spend_share(),
            Foreign::Argon2(hash) => hash.spend_share(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longer than bcrypt and than a block of HMAC, and not all ASCII. Byte 72 is the first half of the `ä`.
    pub(super) const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxäyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";

    pub(super) fn assert_verifies(vectors: &[(&str, &str)]) {
        for (password, hash) in vectors {
            let stored = Foreign::parse(hash).unwrap_or_else(|| panic!("it is known: {hash}"));
            assert!(stored.matches(password), "{password:?} {hash}");
            assert!(!stored.matches(&format!("x{password}")), "{password:?} after another letter: {hash}");
            assert!(!stored.matches(""), "nothing: {hash}");
        }
    }

    pub(super) fn assert_unknown(hashes: &[&str]) {
        for hash in hashes {
            assert!(Foreign::parse(hash).is_none(), "{hash}");
        }
    }

    #[test]
    fn whatever_a_row_holds_nothing_panics() {
        let whole = [
            "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
            "$bcrypt-sha256$2b,4$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6",
            "bcrypt_sha256$$2b$04$Q1Q9yQHBJI7qIVY5G1JP/e53zsIwAlyy/BozsAp2qRH61zCGbR9Se",
            "pbkdf2:sha1:1$evEuFmaSPj0vCWFN$c9981c7cf418f038da7af8e63f66f2c0e31bfe9f",
            "$pbkdf2-sha256$10$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE",
            "pbkdf2_sha1$10$seasalt$jUdUmJ2ewMjW1DYjALN3gZkDXIQ=",
            "scrypt$256$seasalt$8$2$/b5QxFcBqtDSTSU/m2YyuClkjgMmso9jF2CmiZ4kWJuKtzGTXqG6OZ/KvQxRi8hpeALPAZVFP8MRyJSG+6KRyA==",
            "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$5t+qjUImRPDe4/C8TYhXkBEBnk1/UZeAzBio4/pwfZM",
        ];
        for hash in whole {
            assert!(Foreign::parse(hash).is_some(), "{hash}");
            for end in 0..hash.len() {
                let _ = Foreign::parse(&hash[..end]);
                for letter in ["ä", "$", ",", "-", "9", "\0", ""] {
                    let _ = Foreign::parse(&format!("{}{letter}{}", &hash[..end], &hash[end + 1..]));
                }
            }
        }
        assert_unknown(&["", "$", "!", "plain", "$$", "$2b$", "sha1$a$b", "md5$a$b", "ä$ö$ü"]);
    }
}
