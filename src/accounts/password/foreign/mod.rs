//! Password hashes that other programs made. They verify until their owner logs in, who then gets one of ours.
//!
//! A stored hash comes from a row that someone imported: whatever it says, taking it apart never panics, and one
//! that asks for an absurd amount of work or memory is not taken apart at all, so that a bad row can't stop the
//! server. What has no salt (plain text, MD5 in hex) is deliberately absent: it is stored inside a bcrypt only.

mod argon2;
mod bcrypt;
pub(super) mod cost;
mod encoding;
mod md5_crypt;
mod pbkdf2;
mod phpass;
mod salted;
mod scrypt;
mod sha_crypt;
mod wordpress;
pub(super) mod wrapped;

use super::format::{Format, Unusable};
use super::weak::Weak;
use argon2::Argon2;
use bcrypt::Bcrypt;
use cost::{Work, long_password};
use md5_crypt::Md5Crypt;
use pbkdf2::Pbkdf2;
use phpass::Phpass;
use salted::Salted;
use scrypt::Scrypt;
use sha_crypt::ShaCrypt;
use wrapped::Wrapped;

/// A stored hash of another program, taken apart.
pub(super) enum Foreign {
    Bcrypt(Bcrypt),
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
    Argon2(Argon2),
    ShaCrypt(ShaCrypt),
    Phpass(Phpass),
    Md5Crypt(Md5Crypt),
    Salted(Salted),
    Wrapped(Wrapped),
}

impl Foreign {
    /// Takes a hash apart, and says which format it is of.
    ///
    /// # Errors
    /// When no password may be compared with it.
    pub fn parse(stored: &str) -> Result<(Format, Foreign), Unusable> {
        let stored = without_scheme(stored);
        if let Some(weak) = Weak::parse(stored) {
            return Err(Unusable::Weak(weak));
        }
        let format = Format::beginning(stored).ok_or(Unusable::Unknown)?;
        let hash = Foreign::read(stored).ok_or(Unusable::Damaged(format))?;
        if hash.is_bearable() { Ok((format, hash)) } else { Err(Unusable::TooDear(format)) }
    }

    /// The prefixes exclude each other, so the order means nothing.
    fn read(stored: &str) -> Option<Foreign> {
        None.or_else(|| Bcrypt::parse(stored).map(Foreign::Bcrypt))
            .or_else(|| Pbkdf2::parse(stored).map(Foreign::Pbkdf2))
            .or_else(|| Scrypt::parse(stored).map(Foreign::Scrypt))
            .or_else(|| Argon2::parse(stored).map(Foreign::Argon2))
            .or_else(|| ShaCrypt::parse(stored).map(Foreign::ShaCrypt))
            .or_else(|| Phpass::parse(stored).map(Foreign::Phpass))
            .or_else(|| Md5Crypt::parse(stored).map(Foreign::Md5Crypt))
            .or_else(|| Salted::parse(stored).map(Foreign::Salted))
            .or_else(|| Wrapped::parse(stored).map(Foreign::Wrapped))
    }

    fn is_bearable(&self) -> bool {
        match self {
            Foreign::Bcrypt(hash) => hash.is_bearable(),
            Foreign::Pbkdf2(hash) => hash.is_bearable(),
            Foreign::Scrypt(hash) => hash.is_bearable(),
            Foreign::Argon2(hash) => hash.is_bearable(),
            Foreign::ShaCrypt(hash) => hash.is_bearable(),
            Foreign::Phpass(hash) => hash.is_bearable(),
            Foreign::Md5Crypt(_) | Foreign::Salted(_) => true,
            Foreign::Wrapped(hash) => hash.is_bearable(),
        }
    }

    /// Whether the password is the one that was hashed; compares in constant time.
    pub fn matches(&self, password: &str) -> bool {
        match self {
            Foreign::Bcrypt(hash) => hash.matches(password),
            Foreign::Pbkdf2(hash) => hash.matches(password),
            Foreign::Scrypt(hash) => hash.matches(password),
            Foreign::Argon2(hash) => hash.matches(password),
            Foreign::ShaCrypt(hash) => cost::is_bearable(password) && hash.matches(password),
            Foreign::Phpass(hash) => cost::is_bearable(password) && hash.matches(password),
            Foreign::Md5Crypt(hash) => cost::is_bearable(password) && hash.matches(password),
            Foreign::Salted(hash) => hash.matches(password),
            Foreign::Wrapped(hash) => hash.matches(password),
        }
    }

    /// Whether a new hash of this password, with which it verifies, takes what its owner has always typed. What
    /// WordPress would have trimmed may have had no space around it until now, and would need it from now on.
    pub fn is_replaceable_by(&self, password: &str) -> bool {
        let trims = match self {
            Foreign::Bcrypt(hash) => hash.trims(),
            Foreign::Phpass(_) => true,
            _ => false,
        };
        !trims || wordpress::trimmed(password) == password
    }

    /// How much each try costs.
    pub fn work(&self) -> Work {
        match self {
            Foreign::Bcrypt(hash) => Work::Bcrypt(hash.cost),
            Foreign::Wrapped(hash) => Work::Bcrypt(hash.cost),
            Foreign::Pbkdf2(hash) => hash.work(),
            Foreign::ShaCrypt(hash) => hash.work(),
            Foreign::Phpass(hash) => hash.work(),
            Foreign::Scrypt(hash) => Work::Shares { number: hash.shares(), parameters: hash.parameters() },
            Foreign::Argon2(hash) => Work::Shares { number: hash.shares(), parameters: hash.parameters() },
            Foreign::Md5Crypt(_) => Work::Shares { number: 1, parameters: "MD5 crypt".into() },
            Foreign::Salted(_) => Work::Shares { number: 1, parameters: "salted".into() },
        }
    }

    /// How often that work is done for this password, if it is wrong.
    pub fn tries(&self, password: &str) -> u64 {
        match self {
            Foreign::Bcrypt(hash) => hash.tries(password),
            Foreign::Phpass(_) => phpass::spellings(password).count() as u64,
            _ => 1,
        }
    }

    /// How often at most.
    pub fn most_tries(&self) -> u64 {
        self.tries(cost::CHANGED)
    }

    /// Does the work of a try of a password of this length, for nothing.
    pub fn spend_whole(&self, length: usize) {
        std::hint::black_box(self.matches(&long_password(length)));
    }

    /// Does one share of the work of a try of a password of this length, for nothing.
    pub fn spend_share(&self, length: usize) {
        match self {
            Foreign::Pbkdf2(hash) => hash.spend_share(),
            Foreign::Scrypt(hash) => hash.spend_share(),
            Foreign::Argon2(hash) => hash.spend_share(),
            Foreign::ShaCrypt(hash) => hash.spend_share(length),
            Foreign::Phpass(hash) => hash.spend_share(length),
            Foreign::Bcrypt(_) | Foreign::Wrapped(_) | Foreign::Md5Crypt(_) | Foreign::Salted(_) => {
                self.spend_whole(length);
            }
        }
    }
}

/// LDAP servers put the name of a scheme before the hashes of other programs as well.
fn without_scheme(stored: &str) -> &str {
    let named = |name: &str| stored.split_at_checked(name.len()).filter(|(start, _)| start.eq_ignore_ascii_case(name));
    let (_, rest) = named("{CRYPT}").or_else(|| named("{ARGON2}")).unwrap_or(("", stored));
    rest
}

#[cfg(test)]
mod tests;
