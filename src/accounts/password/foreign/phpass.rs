//! phpass' portable hashes: `$P$B<salt><digest>`, as WordPress wrote them before its version 6.8, and phpBB's `$H$…`.
//!
//! Source: `class-phpass.php` of WordPress, `crypt_private`. The letter behind the prefix says how many times MD5 is run,
//! as the power of two of its value. The prefix does not tell whether it was WordPress, so that a password which that would
//! have changed is tried as it is as well.

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

use super::cost::{Work, long_password};
use super::encoding::{hash64, hash64_value};
use super::wordpress;

/// As the original: fewer than 2^7 and more than 2^30 rounds are nobody's. Above 2^20, which takes half a second, it
/// is an absurd cost; WordPress takes 2^13.
const EXPONENTS: std::ops::RangeInclusive<u32> = 7..=30;
const MAX_EXPONENT: u32 = 20;

const SALT_CHARACTERS: usize = 8;

/// A share of the work, which takes some thousandths of a second.
const SHARE_EXPONENT: u32 = 14;

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Phpass {
    exponent: u32,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

impl Phpass {
    pub fn parse(stored: &str) -> Option<Phpass> {
        let rest = stored.strip_prefix("$P$").or_else(|| stored.strip_prefix("$H$"))?;
        let (letter, rest) = rest.split_at_checked(1)?;
        let exponent = hash64_value(letter.as_bytes()[0]).filter(|exponent| EXPONENTS.contains(exponent))?;
        let (salt, digest) = rest.split_at_checked(SALT_CHARACTERS)?;
        let digest = hash64(digest).filter(|digest| digest.len() == 16)?;
        Some(Phpass { exponent, salt: salt.into(), digest })
    }

    pub fn is_bearable(&self) -> bool {
        self.exponent <= MAX_EXPONENT
    }

    pub fn matches(&self, password: &str) -> bool {
        spellings(password).any(|spelling| self.derive(&spelling, self.exponent).ct_eq(&self.digest).into())
    }

    pub fn work(&self) -> Work {
        Work::Rounds {
            function: "phpass".into(),
            number: 1 << self.exponent,
            in_share: 1 << SHARE_EXPONENT,
            grows: true,
        }
    }

    pub fn spend_share(&self, length: usize) {
        std::hint::black_box(self.derive(&long_password(length), SHARE_EXPONENT));
    }

    fn derive(&self, password: &str, exponent: u32) -> [u8; 16] {
        let first = Md5::new().chain_update(&self.salt).chain_update(password).finalize();
        let digest = (0..1 << exponent)
            .fold(first, |digest, _| Md5::new().chain_update(digest).chain_update(password).finalize());
        digest.into()
    }
}

pub(super) fn spellings(password: &str) -> impl Iterator<Item = String> {
    let as_typed = Some(password.to_owned()).filter(|_| wordpress::spellings(password).all(|other| other != password));
    wordpress::spellings(password).chain(as_typed)
}
