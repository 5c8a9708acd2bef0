//! crypt(3) with MD5: `$apr1$salt$digest`, as Apache's `htpasswd` writes it, and `$1$salt$digest`, as Unix did.
//!
//! Sources: Poul-Henning Kamp's `crypt.c` of FreeBSD; `apr_md5.c` of Apache, which differs in the prefix alone. Always a
//! thousand rounds of the digest, so a check takes a millisecond.

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

use super::encoding::hash64;

const ROUNDS: usize = 1000;

const LONGEST_SALT: usize = 8;

/// The digest's bytes in the order in which they are written.
const ORDER: [usize; 16] = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Md5Crypt {
    prefix: &'static str,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

impl Md5Crypt {
    pub fn parse(stored: &str) -> Option<Md5Crypt> {
        let prefix = ["$apr1$", "$1$"].into_iter().find(|prefix| stored.starts_with(prefix))?;
        let (salt, digest) = stored.strip_prefix(prefix)?.split_once('$')?;
        let digest = hash64(digest)?;
        let shaped = salt.len() <= LONGEST_SALT && digest.len() == ORDER.len();
        shaped.then(|| Md5Crypt { prefix, salt: salt.into(), digest })
    }

    pub fn matches(&self, password: &str) -> bool {
        let digest = self.derive(password.as_bytes());
        ORDER.map(|place| digest[place]).ct_eq(&self.digest).into()
    }

    fn derive(&self, password: &[u8]) -> [u8; 16] {
        let twice = md5(&[password, &self.salt, password]);
        let mut first = Md5::new().chain_update(password).chain_update(self.prefix).chain_update(&self.salt);
        password.chunks(twice.len()).for_each(|chunk| first.update(&twice[..chunk.len()]));
        // A byte for each bit of the length, as the original does.
        let bits = (0..usize::BITS - password.len().leading_zeros()).map(|bit| password.len() >> bit & 1);
        bits.for_each(|bit| first.update(if bit == 1 { &[0] } else { &password[..1] }));
        let mut digest: [u8; 16] = first.finalize().into();
        for round in 0..ROUNDS {
            let (before, behind): (&[u8], &[u8]) =
                if round % 2 == 1 { (password, &digest) } else { (&digest, password) };
            let salt = if round % 3 == 0 { &[] } else { self.salt.as_slice() };
            let again = if round % 7 == 0 { &[] } else { password };
            digest = md5(&[before, salt, again, behind]);
        }
        digest
    }
}

fn md5(parts: &[&[u8]]) -> [u8; 16] {
    let mut function = Md5::new();
    parts.iter().for_each(|part| function.update(part));
    function.finalize().into()
}
