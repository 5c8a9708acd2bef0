//! SHA-crypt, which Linux keeps its passwords in: `$5$rounds=535000$salt$digest` and `$6$…`.
//!
//! Sources: Ulrich Drepper's "Unix crypt using SHA-256 and SHA-512"; passlib's `sha256_crypt` and `sha512_crypt`. Without
//! `rounds=` there are 5000. Fewer than 1000 are deliberately absent: glibc takes them for 1000, passlib and libxcrypt
//! refuse them.

use ::sha_crypt::{Params, sha256_crypt, sha512_crypt};
use subtle::ConstantTimeEq;

use super::cost::{Work, long_password};
use super::encoding::{hash64, number};

/// Some seconds of work. What passlib chooses by itself is a third of it.
const MAX_ROUNDS: u32 = 2_000_000;

const LONGEST_SALT: usize = 16;

/// A share of the work, which takes some hundredths of a second.
const SHARE_ROUNDS: u32 = 20_000;

/// The digest's bytes in the order in which they are written.
const ORDER_256: [usize; 32] = [
    20, 10, 0, 11, 1, 21, 2, 22, 12, 23, 13, 3, 14, 4, 24, 5, 25, 15, 26, 16, 6, 17, 7, 27, 8, 28, 18, 29, 19, 9, 30,
    31,
];
const ORDER_512: [usize; 64] = [
    42, 21, 0, 1, 43, 22, 23, 2, 44, 45, 24, 3, 4, 46, 25, 26, 5, 47, 48, 27, 6, 7, 49, 28, 29, 8, 50, 51, 30, 9, 10,
    52, 31, 32, 11, 53, 54, 33, 12, 13, 55, 34, 35, 14, 56, 57, 36, 15, 16, 58, 37, 38, 17, 59, 60, 39, 18, 19, 61, 40,
    41, 20, 62, 63,
];

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct ShaCrypt {
    function: Function,
    rounds: u32,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Function {
    Sha256,
    Sha512,
}

impl ShaCrypt {
    pub fn parse(stored: &str) -> Option<ShaCrypt> {
        let (function, rest) = match stored.strip_prefix("$5$") {
            Some(rest) => (Function::Sha256, rest),
            None => (Function::Sha512, stored.strip_prefix("$6$")?),
        };
        let (rounds, rest) = match rest.strip_prefix("rounds=") {
            Some(rest) => rest.split_once('$')?,
            None => ("5000", rest),
        };
        let (salt, digest) = rest.split_once('$')?;
        let (rounds, digest) = (number(rounds).filter(|rounds| *rounds >= Params::ROUNDS_MIN)?, hash64(digest)?);
        let shaped = salt.len() <= LONGEST_SALT && digest.len() == function.order().len();
        shaped.then(|| ShaCrypt { function, rounds, salt: salt.into(), digest })
    }

    pub fn is_bearable(&self) -> bool {
        self.rounds <= MAX_ROUNDS
    }

    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, self.rounds).ct_eq(&self.digest).into()
    }

    pub fn work(&self) -> Work {
        let function = format!("SHA-crypt {:?}", self.function);
        Work::Rounds { function, number: self.rounds, in_share: SHARE_ROUNDS, grows: true }
    }

    pub fn spend_share(&self, length: usize) {
        std::hint::black_box(self.derive(&long_password(length), SHARE_ROUNDS));
    }

    fn derive(&self, password: &str, rounds: u32) -> Vec<u8> {
        let params = Params::new(rounds).expect("what is bearable is valid");
        let digest = match self.function {
            Function::Sha256 => sha256_crypt(password.as_bytes(), &self.salt, params).to_vec(),
            Function::Sha512 => sha512_crypt(password.as_bytes(), &self.salt, params).to_vec(),
        };
        self.function.order().iter().map(|place| digest[*place]).collect()
    }
}

impl Function {
    fn order(self) -> &'static [usize] {
        match self {
            Function::Sha256 => &ORDER_256,
            Function::Sha512 => &ORDER_512,
        }
    }
}
