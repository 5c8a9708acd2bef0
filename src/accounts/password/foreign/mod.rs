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
mod tests;
